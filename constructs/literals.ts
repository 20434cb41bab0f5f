/// <reference types="node" />
import { Fn, Token } from 'cdktf';

/** A string token of CDKTF, as it appears within strings: `${TfToken[TOKEN.0]}`. */
const TOKEN = /\$\{TfToken\[[A-Za-z0-9:._-]+\]\}/.source;

/** Dollar signs before a token, which they would turn into text, or before a brace. */
const DOLLARS = new RegExp(`\\$+(?=${TOKEN})|(?!${TOKEN})\\$+(?=\\{)`, 'g');

/**
 * Makes every string in a resource's configuration plain text to Terraform, except CDKTF's tokens:
 * `${` and `%{` would begin a template, and `$` before a token would escape it. A reference to
 * Terraform is written as a token, never as text. Keys and anything but plain objects, arrays and
 * strings stay as they are.
 *
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
export function asLiterals<T>(config: T): T {
  return literal(config) as T;
}

function literal(value: unknown): unknown {
  if (typeof value === 'string') return escapeTemplates(value);
  if (Array.isArray(value)) return value.map(literal);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)]));
}

/** The same for one string, wherever Terraform reads it as a template. */
export function escapeTemplates(text: string): string {
  // `cdktf init` compiles for ES2018, which has no `replaceAll`.
  const escaped = text.replace(/%\{/g, '%%{');
  // The usual `$${`, unless there are tokens: CDKTF takes one after it for a part of it.
  return Token.isUnresolved(text)
    ? escaped.replace(DOLLARS, (dollars) => `\${"${dollars}"}`)
    : escaped.replace(/\$\{/g, () => '$${');
}

/**
 * Text as an argument of Terraform's functions. CDKTF escapes only a part of what has a meaning there,
 * so text around tokens is passed encoded.
 */
export function asArgument(text: string): string {
  const parts = text.split(new RegExp(`(${TOKEN})`)).filter((part) => part !== '');
  const encoded = parts.map((part) =>
    Token.isUnresolved(part)
      ? part
      : Token.asString(Fn.base64decode(Buffer.from(part).toString('base64'))),
  );
  return encoded.length === 1 ? (encoded[0] ?? '') : Token.asString(Fn.join('', encoded));
}

/** Not a construct, and not an object that CDKTF resolves. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || 'resolve' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
