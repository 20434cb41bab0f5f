import { invalidArgument } from './errors';

/** Whether an entry matches a filter. */
export type Predicate = (entry: object) => boolean;

/**
 * Parses the part of Cloud Logging's query language that clients of the sandbox use: comparisons of a
 * path with a value (`= != < <= > >= :`), `AND` (also implicit), `OR`, `NOT` or `-`, and parentheses.
 * Anything else is rejected, never ignored.
 *
 * Source: https://cloud.google.com/logging/docs/view/logging-query-language
 *
 * @throws ApiError INVALID_ARGUMENT if the filter is not supported
 */
export function parseFilter(filter: string): Predicate {
  const tokens = tokenize(filter);
  if (tokens.length === 0) return () => true;
  const parser = new Parser(tokens);
  const predicate = parser.expression(0);
  parser.expectEnd();
  return predicate;
}

const TOKEN = /\s*(?:--[^\n]*\n)?(>=|<=|!=|=~|!~|[=<>:()-]|(?:"(?:[^"\\]|\\.)*"|[^\s=<>!:()"]+)+)/y;
const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', ':'] as const;
const DEEPEST = 50;

type Operator = (typeof OPERATORS)[number];

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

  constructor(private readonly tokens: readonly string[]) {}

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
    return operator === 'OR'
      ? (entry) => parts.some((part) => part(entry))
      : (entry) => parts.every((part) => part(entry));
  }

  expectEnd(): void {
    if (this.at < this.tokens.length) throw unparseable(this.tokens[this.at] ?? '');
  }

  private term(depth: number): Predicate {
    const token = this.next();
    if (token === 'NOT' || token === '-') {
      if (depth > DEEPEST) throw invalidArgument('The filter is nested too deeply.');
      const negated = this.term(depth + 1);
      return (entry) => !negated(entry);
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
    const read = readerOf('logName');
    return (entry) => read(entry)?.endsWith(`/logs/${id}`) ?? false;
  }

  private comparison(path: string): Predicate {
    const given = this.next();
    const operator = OPERATORS.find((known) => known === given);
    if (operator === undefined) throw unparseable(given);
    if (this.tokens[this.at] !== '(') return compare(path, operator, [unquote(this.next())]);
    // a=("x" OR "y")
    this.at++;
    const values = [unquote(this.next())];
    for (let token = this.next(); token !== ')'; token = this.next()) {
      if (token !== 'OR') throw unparseable(token);
      values.push(unquote(this.next()));
    }
    return compare(path, operator, values);
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw unparseable('the end');
    return token;
  }
}

const SEVERITIES = [
  'DEFAULT',
  'DEBUG',
  'INFO',
  'NOTICE',
  'WARNING',
  'ERROR',
  'CRITICAL',
  'ALERT',
  'EMERGENCY',
];

/** Compares an entry's value at a path with several values; one match is enough. */
function compare(path: string, operator: Operator, operands: readonly string[]): Predicate {
  const read = readerOf(path);
  const tests = operands.map((operand) => testOf(path, operator, operand));
  return (entry) => {
    const value = read(entry);
    if (value === undefined) return operator === '!=';
    return tests.some((test) => test(value));
  };
}

function testOf(path: string, operator: Operator, operand: string): (value: string) => boolean {
  if (operator === ':') {
    const part = operand.toLowerCase();
    return (value) => operand === '*' || value.toLowerCase().includes(part);
  }
  const order = orderOf(path, operand);
  switch (operator) {
    case '=':
      return (value) => order(value) === 0;
    case '!=':
      return (value) => order(value) !== 0;
    case '<':
      return (value) => order(value) < 0;
    case '<=':
      return (value) => order(value) <= 0;
    case '>':
      return (value) => order(value) > 0;
    case '>=':
      return (value) => order(value) >= 0;
  }
}

/** Compares a value with the operand as `Array.sort` does: negative if the value is smaller. */
function orderOf(path: string, operand: string): (value: string) => number {
  if (path === 'severity') {
    const place = SEVERITIES.indexOf(operand.toUpperCase());
    return (value) => SEVERITIES.indexOf(value) - place;
  }
  if (path === 'timestamp' || path === 'receiveTimestamp') {
    const instant = Date.parse(operand);
    return (value) => Date.parse(value) - instant;
  }
  const alphabetic = (value: string): number => (value === operand ? 0 : value < operand ? -1 : 1);
  if (!NUMBER.test(operand)) return alphabetic;
  const number = Number(operand);
  return (value) => (NUMBER.test(value) ? Number(value) - number : alphabetic(value));
}

const NUMBER = /^-?\d+(\.\d+)?$/;

const { hasOwn } = Object;

/** Reads the value at a path such as `resource.labels.job_id`; undefined if there is none. */
export function readerOf(path: string): (entry: object) => string | undefined {
  // Once per filter, not per entry: a simulated year has hundreds of thousands of entries.
  const parts = splitPath(path);
  return (entry) => {
    let value: unknown = entry;
    for (const part of parts) {
      if (typeof value !== 'object' || value === null || !hasOwn(value, part)) {
        return undefined;
      }
      value = (value as Record<string, unknown>)[part];
    }
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    return value === undefined ? undefined : JSON.stringify(value);
  };
}

/** `jsonPayload.@type`, and `jsonPayload."@type"`. */
function splitPath(path: string): string[] {
  return (path.match(/"(?:[^"\\]|\\.)*"|[^."]+/g) ?? []).map(unquote);
}

function unquote(token: string): string {
  if (!token.startsWith('"')) return token;
  return token.slice(1, -1).replace(/\\(.)/g, '$1');
}

function unparseable(text: string): Error {
  return invalidArgument(`Unparseable filter: syntax error at ${JSON.stringify(text)}.`);
}
