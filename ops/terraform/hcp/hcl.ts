import { parseJson } from '../../../lib/json';

/** A value in a configuration. Blocks are objects, and their labels keys, as in JSON. */
export type Value = string | number | boolean | null | readonly Value[] | Body;
export interface Body {
  readonly [key: string]: Value;
}

/**
 * Reads the HCL of terraform's CLI configuration: blocks and literal values, without expressions.
 * In `*.tfrc` it is HCL 1, which includes JSON.
 *
 * @throws SyntaxError with the line, without the text
 */
export function readHcl(text: string): Body {
  if (text.trimStart().startsWith('{')) return readJson(text);
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const next = (): Token => {
    const token = tokens[at];
    at += 1;
    if (token === undefined) throw new SyntaxError('unexpected end of file');
    return token;
  };
  const fail = ({ line, text: found }: Token): never => {
    throw new SyntaxError(`line ${line}: unexpected ${found.slice(0, 1)}`);
  };

  function readBody(end: '}' | undefined): Body {
    const body = new Map<string, Value>();
    while (peek() !== undefined && peek()?.text !== end) {
      const keys = [readKey()];
      while (peek()?.kind === 'word' || peek()?.kind === 'text') keys.push(readKey());
      if (peek()?.text === '=') at += 1;
      merge(body, keys, readValue());
      if (peek()?.text === ',') at += 1;
    }
    if (end !== undefined) next();
    return Object.fromEntries(body);
  }

  function readKey(): string {
    const token = next();
    return token.kind === 'mark' ? fail(token) : valueOf(token);
  }

  function readValue(): Value {
    const token = next();
    if (token.kind === 'text') return valueOf(token);
    if (token.kind === 'word') return literal(token.text);
    if (token.text === '{') return readBody('}');
    if (token.text !== '[') return fail(token);
    const items: Value[] = [];
    while (peek()?.text !== ']') {
      items.push(readValue());
      if (peek()?.text === ',') at += 1;
    }
    at += 1;
    return items;
  }

  return readBody(undefined);
}

function readJson(text: string): Body {
  const value = parseJson(text);
  // Not the engine's message, which quotes the text: it may contain a token.
  if (value === undefined) throw new SyntaxError('invalid JSON');
  return value as Body;
}

interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  /** As written, a string with its quotes. */
  readonly text: string;
  readonly line: number;
}

const TOKEN =
  /(?<skip>\s+|#.*|\/\/.*|\/\*[^]*?\*\/)|(?<text>"(?:[^"\\\n]|\\.)*"|<<-?(?<end>\w+)\n[^]*?\n[ \t]*\k<end>(?!\w))|(?<word>[\w.+-]+)|(?<mark>[{}[\]=,])/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let rest = 0;
  while (rest < text.length) {
    TOKEN.lastIndex = rest;
    const found = TOKEN.exec(text);
    if (found === null) throw new SyntaxError(`line ${line}: invalid HCL`);
    const [whole] = found;
    const kind = (['word', 'text', 'mark'] as const).find((name) => found.groups?.[name]);
    if (kind !== undefined) tokens.push({ kind, text: whole, line });
    line += whole.split('\n').length - 1;
    rest += whole.length;
  }
  return tokens;
}

function valueOf({ kind, text }: Token): string {
  if (kind !== 'text') return text;
  if (text.startsWith('<<')) return text.split('\n').slice(1, -1).join('\n');
  return text
    .slice(1, -1)
    .replaceAll(/\\(.)/g, (_, escaped: string) => ({ n: '\n', t: '\t' })[escaped] ?? escaped);
}

function literal(text: string): Value {
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isNaN(Number(text)) ? text : Number(text);
}

/** Merges blocks of one type with different labels into one object, as in JSON. */
function merge(
  body: Map<string, Value>,
  [key = '', ...rest]: readonly string[],
  value: Value,
): void {
  const inner = rest.length === 0 ? value : nest(rest, value);
  const before = body.get(key);
  body.set(key, isBody(before) && isBody(inner) ? { ...before, ...inner } : inner);
}

function nest(keys: readonly string[], value: Value): Value {
  return keys.reduceRight<Value>((inner, key) => ({ [key]: inner }), value);
}

export function isBody(value: Value | undefined): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
