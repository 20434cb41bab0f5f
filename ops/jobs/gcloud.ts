import type { Location } from '../google/scheduler';
import type { Difference } from './compare';
import type { TableJob } from './table';
import { gcloud, type Fix } from '../fixes/fix';

/** The option of `gcloud scheduler jobs update http` that sets a field to what the table has. */
const OPTIONS: Readonly<Record<string, (value: string) => readonly string[]>> = {
  description: (value) => [`--description=${value}`],
  schedule: (value) => [`--schedule=${value}`],
  timeZone: (value) => [`--time-zone=${value}`],
  uri: (value) => [`--uri=${value}`],
  httpMethod: (value) => [`--http-method=${value.toLowerCase()}`],
  // The table sets no headers, and --remove-headers alone crashes in gcloud 528.
  headers: () => ['--clear-headers'],
  'headers.Content-Type': () => ['--clear-headers'],
  // --clear-message-body is left out of the update mask in gcloud 528.
  body: () => ['--message-body='],
  attemptDeadlineSeconds: (value) => [`--attempt-deadline=${value}s`],
  retryCount: (value) => [`--max-retry-attempts=${value}`],
  minBackoffSeconds: (value) => [`--min-backoff=${value}s`],
  maxBackoffSeconds: (value) => [`--max-backoff=${value}s`],
  maxDoublings: (value) => [`--max-doublings=${value}`],
  maxRetryDurationSeconds: (value) => [`--max-retry-duration=${value}s`],
};

/** Fields of the OIDC token; gcloud sets an audience only together with its account. */
const TOKEN = ['serviceAccountEmail', 'audience'];

/** The command that sets these fields of a job to what the table has. */
export function updateToMatch(
  location: Location,
  table: TableJob,
  workerUrl: string,
  differing: readonly Difference[],
): Fix {
  const fields = differing.map(({ field }) => field);
  const props = table.propsWith(workerUrl);
  const token = fields.some((field) => TOKEN.includes(field))
    ? [
        `--oidc-service-account-email=${props.serviceAccountEmail}`,
        `--oidc-token-audience=${props.audience}`,
      ]
    : [];
  const values = differing.flatMap(({ field, table: value }) => OPTIONS[field]?.(value) ?? []);
  return updateCommand(location, table.name, [...new Set([...values, ...token])]);
}

/**
 * The command that brings a job out of the state UPDATE_FAILED: any update that succeeds does.
 *
 * Source: `State` of https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
 */
export function recoverFromFailedUpdate(location: Location, name: string, schedule: string): Fix {
  return updateCommand(location, name, [`--schedule=${schedule}`]);
}

function updateCommand(
  { region, project }: Location,
  name: string,
  options: readonly string[],
): Fix {
  const target = [name, `--location=${region}`, `--project=${project}`];
  return gcloud('scheduler', 'jobs', 'update', 'http', ...target, ...options);
}
