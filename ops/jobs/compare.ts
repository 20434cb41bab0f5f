import { isApiOwnedHeader } from '../../constructs/core/headers';
import { JOB_DEFAULTS } from '../../constructs/core/job-defaults';
import { originOf } from '../../constructs/core/uri';
import { secondsOf } from '../durations';
import type { Job } from '../google/scheduler';
import { deadlineSecondsOf } from './last-run';
import type { TableJob } from './table';

/** A field of a live job that differs from the table. */
export interface Difference {
  readonly field: string;
  readonly live: string;
  readonly table: string;
}

/**
 * Every field in which a live job differs from the table, in the order of the API's reference.
 * Without the worker's origin, only the path of `uri` is compared, and `audience` is not.
 */
export function differences(
  live: Job,
  table: TableJob,
  workerUrl: string | undefined,
): Difference[] {
  const target = live.httpTarget ?? {};
  const uri = target.uri ?? '';
  const expected = table.propsWith(workerUrl ?? originOf(uri));
  const retry = live.retryConfig ?? {};
  const isPaused = live.state === 'PAUSED';
  const fields: readonly (readonly [field: string, live: Value, table: Value])[] = [
    ['description', live.description ?? '', expected.description],
    ['schedule', live.schedule, expected.schedule],
    ['timeZone', live.timeZone ?? 'UTC', expected.timeZone],
    ['uri', uri, expected.uri],
    ['httpMethod', target.httpMethod ?? 'POST', JOB_DEFAULTS.httpMethod],
    ['headers', headerNames(target.headers), ''],
    ['headers.Content-Type', octetStream(target.headers), ''],
    ['body', target.body === undefined ? 'none' : 'set', 'none'],
    ['serviceAccountEmail', identity(target), expected.serviceAccountEmail],
    // Without an audience, the API uses the whole URI.
    [
      'audience',
      target.oidcToken?.audience ?? uri,
      workerUrl === undefined ? (target.oidcToken?.audience ?? uri) : expected.audience,
    ],
    [
      'attemptDeadlineSeconds',
      deadlineSecondsOf(live),
      expected.attemptDeadlineSeconds ?? JOB_DEFAULTS.attemptDeadlineSeconds,
    ],
    ['retryCount', retry.retryCount ?? 0, expected.retryCount ?? JOB_DEFAULTS.retryCount],
    [
      'minBackoffSeconds',
      secondsOf(retry.minBackoffDuration) ?? JOB_DEFAULTS.minBackoffSeconds,
      JOB_DEFAULTS.minBackoffSeconds,
    ],
    [
      'maxBackoffSeconds',
      secondsOf(retry.maxBackoffDuration) ?? JOB_DEFAULTS.maxBackoffSeconds,
      JOB_DEFAULTS.maxBackoffSeconds,
    ],
    [
      'maxDoublings',
      live.retryConfig === undefined ? JOB_DEFAULTS.maxDoublings : (retry.maxDoublings ?? 0),
      JOB_DEFAULTS.maxDoublings,
    ],
    [
      'maxRetryDurationSeconds',
      secondsOf(retry.maxRetryDuration) ?? 0,
      JOB_DEFAULTS.maxRetryDurationSeconds,
    ],
    ['paused', isPaused, table.paused ?? isPaused],
  ];
  return fields
    .filter(([, is, should]) => is !== should)
    .map(([field, is, should]) => ({ field, live: show(is), table: show(should) }));
}

/**
 * Whether the provider hides a difference, so that terraform plans no change for it: in the last slash
 * of a URI, or the header `Content-Type: application/octet-stream`.
 */
export function isHiddenFromTerraform(difference: Difference): boolean {
  return survivesUpdates(difference) || difference.field === 'headers.Content-Type';
}

/**
 * Whether a job keeps a difference even when terraform updates it for another reason: it sends the
 * live URI again, but only the headers that it knows.
 *
 * Source: https://github.com/hashicorp/terraform-provider-google/issues/11977
 */
export function survivesUpdates({ field, live, table }: Difference): boolean {
  return field === 'uri' && withoutLastSlash(live) === withoutLastSlash(table);
}

function withoutLastSlash(uri: string): string {
  return uri.replace(/\/$/, '');
}

/** `schedule is 0 3 * * * instead of 0 2 * * *` */
export function describeDifference({ field, live, table }: Difference): string {
  return `${field} is ${live} instead of ${table}`;
}

type Value = string | number | boolean | undefined;

function show(value: Value): string {
  return value === undefined || value === '' ? 'none' : String(value);
}

/** Only names: a value may be a secret. */
function headerNames(headers: Readonly<Record<string, string>> = {}): string {
  return Object.keys(headers)
    .filter((name) => !isApiOwnedHeader(name) && !isOctetStream(name, headers[name]))
    .sort()
    .join(', ');
}

function octetStream(headers: Readonly<Record<string, string>> = {}): string {
  const entries = Object.entries(headers);
  return entries.some(([name, value]) => isOctetStream(name, value)) ? OCTET_STREAM : '';
}

/** Only this value may be shown, because it is no secret. */
const OCTET_STREAM = 'application/octet-stream';

/** The provider drops it in this case only. */
function isOctetStream(name: string, value: string | undefined): boolean {
  return name === 'Content-Type' && value === OCTET_STREAM;
}

function identity(target: NonNullable<Job['httpTarget']>): string {
  if (target.oauthToken !== undefined) {
    return `${target.oauthToken.serviceAccountEmail ?? ''} (OAuth token)`;
  }
  return target.oidcToken?.serviceAccountEmail ?? '';
}
