import { findMethod, mapValues } from '../../sandbox/protocol/discovery/discovery';

/**
 * What is wrong with an answer of the sandbox by Google's discovery documents: fields that the message
 * does not have, values of another type, a method that Google does not have. Empty for a valid answer.
 */
export function schemaFaults(method: string, url: string, status: number, body: unknown): string[] {
  const [path = '', query = ''] = url.replace(/^\/v1\/v1\//, '/v1/').split('?');
  if (/^\/(_sandbox|oauth2)\//.test(path)) return [];
  if (status >= 400) return errorFaults(status, body);
  const api = findMethod(method, decodeURI(path));
  if (api === undefined) return [`Google has no method ${method} ${path}`];
  const faults: string[] = [];
  const hasNumbers = query.includes('enum-encoding=int');
  mapValues(api, body, (type, value, where) => {
    if (!isValid(type, value) && !(hasNumbers && type.includes('|') && Number.isInteger(value))) {
      faults.push(`${where} must be ${type}, not ${JSON.stringify(value)}`);
    }
    return value;
  });
  return faults;
}

/** Source: https://cloud.google.com/apis/design/errors#http_mapping */
function errorFaults(status: number, body: unknown): string[] {
  const { error } = body as { error?: { code?: unknown; message?: unknown; status?: unknown } };
  const isError =
    error?.code === status &&
    typeof error.message === 'string' &&
    /^[A-Z_]+$/.test(String(error.status));
  return isError
    ? []
    : [`the body of a ${status} is no error of Google's: ${JSON.stringify(body)}`];
}

const FORMATS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: isString(/^/),
  'string/byte': isString(/^[A-Za-z0-9+/_-]*={0,2}$/),
  'string/google-datetime': isString(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/,
  ),
  'string/google-duration': isString(/^-?\d+(\.\d{1,9})?s$/),
  'string/google-fieldmask': isString(/^[A-Za-z0-9_.,]*$/),
  'string/int64': isString(/^-?\d+$/),
  'string/uint64': isString(/^\d+$/),
  boolean: (value) => typeof value === 'boolean',
  'integer/int32': (value) => Number.isInteger(value),
  'number/double': (value) => typeof value === 'number',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  any: () => true,
};

function isValid(type: string, value: unknown): boolean {
  if (type.includes('|')) return typeof value === 'string' && type.split('|').includes(value);
  return FORMATS[type]?.(value) ?? false;
}

function isString(pattern: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value);
}
