import { parseSeconds } from './duration';
import { invalidArgument } from './errors';

/** The type of a request's field, in the JSON form of protocol buffers. */
export type FieldType =
  | 'string'
  | 'int32'
  | 'bool'
  /** Seconds with up to nine decimals, followed by s: `3.5s`. */
  | 'duration'
  | 'bytes'
  | 'string map'
  /** Output only: accepted and ignored. */
  | 'output'
  /** Stored as given, since the sandbox does not use it. */
  | 'anything'
  /** Its values in the order of their numbers, from 0, which are `step` apart (1 if absent). */
  | { readonly enum: readonly string[]; readonly step?: number }
  | { readonly list: FieldType }
  | { readonly message: Fields };

export type Fields = Readonly<Record<string, FieldType>>;

export type Message = Readonly<Record<string, unknown>>;

/**
 * Checks a message and returns its fields; null counts as absent. Names may be in camelCase or
 * snake_case, as in every Google API.
 *
 * @throws ApiError INVALID_ARGUMENT, in Google's wording, if a field is unknown or has a wrong type
 */
export function readMessage(fields: Fields, given: unknown, where: string): Message {
  if (!isObject(given)) throw wrongType(where, 'an object', given);
  const message: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const name = camelCase(key);
    const type = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (type === undefined) {
      throw invalidArgument(
        `Invalid JSON payload received. Unknown name ${JSON.stringify(key)} at '${where}': Cannot find field.`,
      );
    }
    if (value === null || type === 'output') continue;
    message[name] = readField(type, value, `${where}.${name}`);
  }
  return message;
}

function readField(type: FieldType, value: unknown, where: string): unknown {
  if (typeof type === 'object') {
    if ('message' in type) return readMessage(type.message, value, where);
    if ('list' in type) {
      if (!Array.isArray(value)) throw wrongType(where, 'a list', value);
      return value.map((item, index) => readField(type.list, item, `${where}[${index}]`));
    }
    // Google's client libraries send numbers.
    const named = typeof value === 'number' ? type.enum[value / (type.step ?? 1)] : value;
    if (typeof named === 'string' && type.enum.includes(named)) return named;
    throw wrongType(where, `one of ${type.enum.join(', ')}`, value);
  }
  switch (type) {
    case 'string':
      if (typeof value === 'string') return value;
      throw wrongType(where, 'TYPE_STRING', value);
    case 'bool':
      if (typeof value === 'boolean') return value;
      throw wrongType(where, 'TYPE_BOOL', value);
    case 'int32':
      return readInteger(value, where);
    case 'duration':
      if (typeof value === 'string' && parseSeconds(value) !== undefined) return value;
      throw wrongType(where, 'type.googleapis.com/google.protobuf.Duration', value);
    case 'bytes':
      if (typeof value === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value)) return value;
      throw wrongType(where, 'TYPE_BYTES', value);
    case 'string map':
      return readStringMap(value, where);
    case 'anything':
      return value;
    case 'output':
      return undefined;
  }
}

function readInteger(value: unknown, where: string): number {
  // The JSON form allows a number in a string; 64-bit fields always come as one.
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < 2 ** 31) {
    return number;
  }
  throw wrongType(where, 'TYPE_INT32', value);
}

function readStringMap(value: unknown, where: string): Record<string, string> {
  if (!isObject(value)) throw wrongType(where, 'a map', value);
  const entries = Object.entries(value).map(([key, item]) => {
    if (typeof item !== 'string') throw wrongType(`${where}[${key}]`, 'TYPE_STRING', item);
    return [key, item] as const;
  });
  return Object.fromEntries(entries);
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SHOWN_CHARACTERS = 100;

function wrongType(where: string, expected: string, value: unknown): Error {
  // Objects may be too deep to print.
  const shown = typeof value === 'object' ? 'an object or a list' : JSON.stringify(value);
  return invalidArgument(
    `Invalid value at '${where}' (${expected}), ${shown.slice(0, SHOWN_CHARACTERS)}`,
  );
}
