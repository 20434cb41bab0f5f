import { visible } from '../../lib/text/visible';
import { formatDuration } from '../../constructs/core/format-duration';
import type { Environment } from '../../stages/environment';
import { Failed } from '../errors';
import { describeCall, isIdempotent, type Call, type Request } from './call';
import { credentialsFix } from './credentials';
import { endpointVariable, type CalledApi } from './endpoints';
import { AGAIN, gcloud, inOrder, manual, waitUntil, when, type Fix } from '../fixes/fix';

interface Detail {
  readonly '@type'?: string;
  readonly reason?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The body of an error from Google's JSON APIs. */
export interface ErrorBody {
  readonly code?: number;
  readonly message?: string;
  readonly status?: string;
  readonly details?: readonly Detail[];
}

/** Google responded with an error. The message has Google's own message and a fix. */
export class GoogleError extends Failed {
  constructor(
    readonly call: Call,
    readonly httpStatus: number,
    readonly body: ErrorBody,
    env: Environment,
  ) {
    const status = body.status === undefined ? '' : ` ${visible(body.status)}`;
    super(
      `${describeCall(call)}: ${httpStatus}${status}: ${visible(body.message ?? 'no message')}`,
      fixFor(call, httpStatus, body, env),
    );
  }

  /** Whether the called API is not enabled in the project. */
  get isDisabled(): boolean {
    return disabledService(this.body) !== undefined;
  }
}

/** There was no response. */
export class Unreachable extends Failed {
  /** Node's error code: `ECONNREFUSED`. */
  readonly code: string;

  /**
   * @param timeout - milliseconds, if the call timed out
   * @param proxy - what it was called through
   */
  constructor(
    request: Request,
    url: URL,
    cause: unknown,
    timeout: number | undefined,
    proxy: URL | undefined,
  ) {
    const { code = '', message = '' } = cause as { code?: string; message?: string };
    const what =
      timeout === undefined
        ? message || code
        : `no response within ${formatDuration(timeout / 1000)}`;
    const caveat = isIdempotent(request) ? '' : ' The change may have been made anyway.';
    super(
      `${describeCall(request)}: ${what} (${url.origin}${proxy === undefined ? '' : `, through the proxy ${proxy.host}`}).${caveat}`,
      inOrder(manual(`check your network and ${endpointVariable(request.api)} (if set)`), AGAIN),
    );
    this.code = code;
  }
}

/** The narrowest role that allows what operations do with an API. */
const ROLES: Readonly<Record<CalledApi, string>> = {
  cloudscheduler: 'roles/cloudscheduler.admin',
  run: 'roles/run.viewer',
  iam: 'roles/iam.serviceAccountViewer',
  cloudresourcemanager: 'roles/browser',
  serviceusage: 'roles/serviceusage.serviceUsageViewer',
  logging: 'roles/logging.viewer',
  monitoring: 'roles/monitoring.viewer',
};

/** A project id in a path, where a verb may follow it: `projects/example.com:my-project:getIamPolicy`. */
const PROJECT = /^projects\/((?:[^/:]+\.[^/:]+:)?[^/:]+)/;

function fixFor(call: Call, status: number, body: ErrorBody, env: Environment): Fix {
  const { api, path } = call;
  const project = PROJECT.exec(path)?.[1] ?? env.GCP_PROJECT_ID ?? 'PROJECT';
  const disabled = disabledService(body);
  if (disabled !== undefined) {
    return gcloud('services', 'enable', disabled, `--project=${project}`);
  }
  switch (status) {
    case 401:
      return credentialsFix(env);
    case 403:
      if (/quota project/i.test(body.message ?? '')) {
        return gcloud('auth', 'application-default', 'set-quota-project', project);
      }
      return grantFix(missingPermission(body), roleFor(call), project);
    case 404:
      return manual('check GCP_PROJECT_ID, GCP_REGION and GCP_APP_NAME');
    case 429:
      return inOrder(waitUntil("the project's quota is available again, in a minute"), AGAIN);
    case 409:
      return CHANGED_MEANWHILE;
    case 400:
      return body.status === 'FAILED_PRECONDITION' ? CHANGED_MEANWHILE : REJECTED;
  }
  if (status >= 500) {
    return inOrder(waitUntil('Google has recovered (https://status.cloud.google.com)'), AGAIN);
  }
  return manual(`check ${endpointVariable(api)} (if set)`);
}

/** What is changed is read before, so the same command takes the other change into account. */
const CHANGED_MEANWHILE = inOrder(waitUntil('the other change has ended'), AGAIN);

/** The doctor cannot tell: it is a value of a call, and Google has named it. */
const REJECTED = manual(
  'correct the value that Google names: in GCP_PROJECT_ID, GCP_REGION, GCP_APP_NAME or stages/',
);

/** Snoozes are the only thing that operations change with Cloud Monitoring. */
function roleFor({ api, path, method }: Call): string {
  return method !== 'GET' && path.includes('/snoozes')
    ? 'roles/monitoring.snoozeEditor'
    : ROLES[api];
}

function grantFix(permission = 'the missing permission', role: string, project: string): Fix {
  return when(
    `to get ${permission}, which ${role} includes`,
    gcloud(
      ...['projects', 'add-iam-policy-binding', project],
      ...['--member=user:YOUR_EMAIL', `--role=${role}`],
    ),
  );
}

function disabledService({ details = [], message = '' }: ErrorBody): string | undefined {
  const info = details.find((detail) => detail.reason === 'SERVICE_DISABLED');
  if (info !== undefined) return info.metadata?.service ?? 'the API named above';
  if (!/has not been used in project|is disabled/.test(message)) return undefined;
  return /[a-z]+\.googleapis\.com/.exec(message)?.[0];
}

/** `cloudscheduler.jobs.list`, from the error's details or its message. */
function missingPermission({ details = [], message = '' }: ErrorBody): string | undefined {
  const named = details.map((detail) => detail.metadata?.permission).find(Boolean);
  if (named !== undefined) return named;
  return /\b(?!\w+\.googleapis\.)[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+\b/.exec(message)?.[0];
}
