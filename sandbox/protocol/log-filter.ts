import { invalidArgument } from './errors';

/** Whether an entry is meant by a filter. */
export type Predicate = (entry: object) => boolean;

/**
 * The part of Cloud Logging's query language that clients of the sandbox use: comparisons of a path
 * with a value (`= != < <= > >= :`), `AND` (also unwritten), `OR`, `NOT` or `-`, and parentheses.
 * What is beyond is refused, never ignored.
 *
 * Source: https://cloud.google.com/logging/docs/view/logging-query-language
 *
 * @throws ApiError INVALID_ARGUMENT at what is not understood
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
      // Google binds OR tighter than AND, against habit; parentheses are asked for instead.
      if (operator !== undefined && operator !== next) {
        throw invalidArgument('Put parentheses around AND beside OR in a filter.');
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

  /** log_id("cloudscheduler.googleapis.com/executions"): the log's name, without its project. */
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

/** Whether an entry's value at a path stands in a relation to one of some values. */
function compare(path: string, operator: Operator, wanted: readonly string[]): Predicate {
  const read = readerOf(path);
  const tests = wanted.map((one) => testOf(path, operator, one));
  return (entry) => {
    const value = read(entry);
    if (value === undefined) return operator === '!=';
    return tests.some((test) => test(value));
  };
}

function testOf(path: string, operator: Operator, wanted: string): (value: string) => boolean {
  if (operator === ':') {
    const part = wanted.toLowerCase();
    return (value) => wanted === '*' || value.toLowerCase().includes(part);
  }
  const order = orderOf(path, wanted);
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

/** Where a value stands to the wanted one: below zero before it, zero at it. */
function orderOf(path: string, wanted: string): (value: string) => number {
  if (path === 'severity') {
    const place = SEVERITIES.indexOf(wanted.toUpperCase());
    return (value) => SEVERITIES.indexOf(value) - place;
  }
  if (path === 'timestamp' || path === 'receiveTimestamp') {
    const instant = Date.parse(wanted);
    return (value) => Date.parse(value) - instant;
  }
  const alphabetic = (value: string): number => (value === wanted ? 0 : value < wanted ? -1 : 1);
  if (!NUMBER.test(wanted)) return alphabetic;
  const number = Number(wanted);
  return (value) => (NUMBER.test(value) ? Number(value) - number : alphabetic(value));
}

const NUMBER = /^-?\d+(\.\d+)?$/;

const { hasOwn } = Object;

/** Reads the value at a path such as `resource.labels.job_id`; undefined when there is none. */
export function readerOf(path: string): (entry: object) => string | undefined {
  // Once for each filter, not for each entry: a year has hundreds of thousands.
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
