import { boundsOfBoth, boundsOfEither } from './bounds';
import { OPERATORS, testOf, type Field, type Operator, type Predicate } from './comparison';
import { invalidArgument } from './errors';
import { unquote } from './field-path';

/** What a filter's paths mean. */
export interface Fields {
  /** The field at a path; undefined if there cannot be one, which makes the filter invalid. */
  fieldAt(path: string): Field | undefined;
  /** @default - `log_id(…)` is not supported */
  readonly logName?: (item: object) => string | undefined;
}

/**
 * Parses the part of Google's filter language that clients of the sandbox use: comparisons of a path
 * with a value (`= != < <= > >= :`), `AND` (also implicit), `OR`, `NOT` or `-`, and parentheses.
 * Anything else is rejected, never ignored.
 *
 * Source: https://google.aip.dev/160
 *
 * @throws ApiError INVALID_ARGUMENT if the filter is not supported or names an unknown field
 */
export function parseFilter(filter: string, fields: Fields): Predicate {
  const tokens = tokenize(filter);
  if (tokens.length === 0) return () => true;
  const parser = new Parser(tokens, fields);
  const predicate = parser.expression(0);
  parser.expectEnd();
  return predicate;
}

const TOKEN =
  /\s*(?:--[^\n]*\n)?(>=|<=|!=|=~|!~|[=<>:()-]|(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s=<>!:()"']+)+)/y;
const DEEPEST = 50;

function tokenize(filter: string): string[] {
  const tokens: string[] = [];
  const text = filter.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw unparseable(text.slice(at, at + 20));
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  private at = 0;
  private readonly unknown: string[] = [];

  constructor(
    private readonly tokens: readonly string[],
    private readonly fields: Fields,
  ) {}

  expression(depth: number): Predicate {
    if (depth > DEEPEST) throw invalidArgument('The filter is nested too deeply.');
    const parts = [this.term(depth)];
    let operator: string | undefined;
    while (this.at < this.tokens.length && this.tokens[this.at] !== ')') {
      const next = this.tokens[this.at] === 'OR' ? 'OR' : 'AND';
      // Google binds OR tighter than AND, which surprises people, so parentheses are required.
      if (operator !== undefined && operator !== next) {
        throw invalidArgument('The filter mixes AND and OR; add parentheses.');
      }
      operator = next;
      if (['AND', 'OR'].includes(this.tokens[this.at] ?? '')) this.at++;
      parts.push(this.term(depth));
    }
    return operator === 'OR' ? anyOf(parts) : allOf(parts);
  }

  expectEnd(): void {
    if (this.at < this.tokens.length) throw unparseable(this.tokens[this.at] ?? '');
    // After the syntax, so that an unsupported filter is not reported as a wrong field.
    const [path] = this.unknown;
    if (path !== undefined) throw invalidArgument(`Field not found: '${path}'.`);
  }

  private term(depth: number): Predicate {
    const token = this.next();
    if (token === 'NOT' || token === '-') {
      if (depth > DEEPEST) throw invalidArgument('The filter is nested too deeply.');
      const negated = this.term(depth + 1);
      return (item) => !negated(item);
    }
    if (token === '(') {
      const inner = this.expression(depth + 1);
      if (this.next() !== ')') throw unparseable('(');
      return inner;
    }
    if (token === 'log_id' && this.tokens[this.at] === '(') return this.logId();
    return this.comparison(token);
  }

  /** log_id("cloudscheduler.googleapis.com/executions"): the log's name without its project. */
  private logId(): Predicate {
    this.at++;
    const id = encodeURIComponent(unquote(this.next()));
    if (this.next() !== ')') throw unparseable('log_id');
    const { logName } = this.fields;
    if (logName === undefined) throw unparseable('log_id');
    return (item) => logName(item)?.endsWith(`/logs/${id}`) ?? false;
  }

  private comparison(path: string): Predicate {
    const given = this.next();
    const operator = OPERATORS.find((known) => known === given);
    if (operator === undefined) throw unparseable(given);
    if (this.tokens[this.at] !== '(') return this.compare(path, operator, [unquote(this.next())]);
    // a=("x" OR "y")
    this.at++;
    const values = [unquote(this.next())];
    for (let token = this.next(); token !== ')'; token = this.next()) {
      if (token !== 'OR') throw unparseable(token);
      values.push(unquote(this.next()));
    }
    return this.compare(path, operator, values);
  }

  /** One matching value is enough. */
  private compare(path: string, operator: Operator, operands: readonly string[]): Predicate {
    const field = this.fields.fieldAt(path);
    if (field === undefined) {
      this.unknown.push(path);
      return () => false;
    }
    return anyOf(operands.map((operand) => testOf(field, operator, operand)));
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw unparseable('the end');
    return token;
  }
}

function allOf(parts: readonly Predicate[]): Predicate {
  const matches = (item: object): boolean => parts.every((part) => part(item));
  return Object.assign(matches, { bounds: parts.map(({ bounds }) => bounds).reduce(boundsOfBoth) });
}

function anyOf(parts: readonly Predicate[]): Predicate {
  const matches = (item: object): boolean => parts.some((part) => part(item));
  return Object.assign(matches, {
    bounds: parts.map(({ bounds }) => bounds).reduce(boundsOfEither),
  });
}

function unparseable(text: string): Error {
  return invalidArgument(`Unparseable filter: syntax error at ${JSON.stringify(text)}.`);
}
