import type { Bounds } from './bounds';
import { isNumber, orderByValue, type Field, type Predicate } from './comparison';
import { readerOf, splitPath } from './field-path';
import { parseFilter as parse } from './filter';

/**
 * Parses a filter of Cloud Logging. "Comparisons using missing fields fail silently" in payloads and
 * labels; other fields of an entry have their default value; a field that no entry can have is an
 * error. Case makes no difference.
 *
 * Source: https://cloud.google.com/logging/docs/view/logging-query-language
 *
 * @throws ApiError INVALID_ARGUMENT if the filter is not supported or names an unknown field
 */
export function parseFilter(filter: string): Predicate {
  return parse(filter, { fieldAt, logName: readerOf('logName') });
}

/** Of log entries, from the least severe. */
export const SEVERITIES = [
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

const ERROR = SEVERITIES.indexOf('ERROR');

/** Whether a severity is at least ERROR. */
export function isError(severity: string): boolean {
  return SEVERITIES.indexOf(severity) >= ERROR;
}

const EPOCH = '1970-01-01T00:00:00Z';

/** Fields below which an entry may have anything. */
const OPEN = [
  'jsonPayload',
  'protoPayload',
  'labels',
  'resource.labels',
  'metadata.systemLabels',
  'metadata.userLabels',
];

/**
 * The other fields with their default values. Source:
 * https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry
 */
const DEFAULTS: Readonly<Record<string, string>> = {
  severity: 'DEFAULT',
  timestamp: EPOCH,
  receiveTimestamp: EPOCH,
  traceSampled: 'false',
  ...defaults('', ['logName', 'insertId', 'textPayload', 'trace', 'spanId', 'resource.type']),
  ...defaults('httpRequest.', [
    'requestMethod',
    'requestUrl',
    'userAgent',
    'remoteIp',
    'serverIp',
    'referer',
    'latency',
    'protocol',
  ]),
  ...defaults('httpRequest.', ['status', 'requestSize', 'responseSize', 'cacheFillBytes'], '0'),
  ...defaults(
    'httpRequest.',
    ['cacheLookup', 'cacheHit', 'cacheValidatedWithOriginServer'],
    'false',
  ),
  ...defaults('operation.', ['id', 'producer']),
  ...defaults('operation.', ['first', 'last'], 'false'),
  ...defaults('sourceLocation.', ['file', 'function']),
  ...defaults('sourceLocation.', ['line'], '0'),
  ...defaults('split.', ['uid']),
  ...defaults('split.', ['index', 'totalSplits'], '0'),
};

function defaults(
  prefix: string,
  names: readonly string[],
  value = '',
): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [`${prefix}${name}`, value]));
}

function fieldAt(path: string): Field | undefined {
  const full = splitPath(path).join('.');
  const read = readerOf(path);
  const field = { read, orderOf: orderAt(full), boundsOf: BOUNDS[full] };
  if (OPEN.some((open) => full === open || full.startsWith(`${open}.`))) return field;
  if (!Object.hasOwn(DEFAULTS, full)) return undefined;
  return { ...field, default: DEFAULTS[full] };
}

/** What the log's indexes can use of a comparison, by the field's path. */
const BOUNDS: Readonly<Record<string, Field['boundsOf']>> = {
  'resource.labels.job_id': (operator, operand) =>
    // Numbers are compared by their value: 7 equals 07.
    operator === '=' && !isNumber(operand) ? { jobs: [operand.toLowerCase()] } : undefined,
  severity: (operator, operand) => {
    const place = SEVERITIES.indexOf(operand.toUpperCase());
    const least = operator === '>' ? place + 1 : place;
    return { errors: ['=', '>', '>='].includes(operator) && least >= ERROR };
  },
  timestamp: timeBounds,
};

function timeBounds(operator: string, operand: string): Bounds | undefined {
  const time = Date.parse(operand);
  if (Number.isNaN(time)) return undefined;
  return {
    ...(['>', '>=', '='].includes(operator) && { from: time }),
    ...(['<', '<=', '='].includes(operator) && { to: time }),
  };
}

function orderAt(path: string): Field['orderOf'] {
  if (path === 'severity') {
    return (operand) => {
      const place = SEVERITIES.indexOf(operand.toUpperCase());
      return (value) => SEVERITIES.indexOf(value) - place;
    };
  }
  if (path === 'timestamp' || path === 'receiveTimestamp') {
    return (operand) => {
      const instant = Date.parse(operand);
      return (value) => Date.parse(value) - instant;
    };
  }
  return (operand) => orderByValue(operand, true);
}
