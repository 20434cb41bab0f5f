import type { Environment } from '../../stages/environment';
import { Failed } from '../errors';
import { describeCall, isIdempotent, type Call, type Request } from './call';
import { renewal } from './credentials';
import { endpointVariable, type CalledApi } from './endpoints';

interface Detail {
  readonly '@type'?: string;
  readonly reason?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The body of an error, as Google's JSON APIs give it. */
export interface ErrorBody {
  readonly code?: number;
  readonly message?: string;
  readonly status?: string;
  readonly details?: readonly Detail[];
}

/** Google answered a call with an error. Its message has Google's words and the way out. */
export class GoogleError extends Failed {
  constructor(
    readonly call: Call,
    readonly httpStatus: number,
    readonly body: ErrorBody,
    env: Environment,
  ) {
    const status = body.status === undefined ? '' : ` ${body.status}`;
    super(
      `${describeCall(call)}: ${httpStatus}${status}: ${body.message ?? 'no message'}`,
      wayOut(call, httpStatus, body, env),
    );
  }
}

/** There was no answer at all. */
export class Unreachable extends Failed {
  /** Node's code for it: `ECONNREFUSED`. */
  readonly code: string;

  /** @param timeout - the milliseconds that were waited, when it is that */
  constructor(request: Request, url: URL, cause: unknown, timeout: number | undefined) {
    const { code = '', message = '' } = cause as { code?: string; message?: string };
    const what =
      timeout === undefined ? message || code : `no answer within ${timeout / 1000} seconds`;
    const unsure = isIdempotent(request) ? '' : ' It may have been done all the same.';
    super(
      `${describeCall(request)}: ${what} (${url.origin}).${unsure}`,
      `check the network, and ${endpointVariable(request.api)}, if it is set; then try again`,
    );
    this.code = code;
  }
}

/** The least role that allows what operations do with an API. */
const ROLES: Readonly<Record<CalledApi, string>> = {
  cloudscheduler: 'roles/cloudscheduler.admin',
  run: 'roles/run.viewer',
  iam: 'roles/iam.serviceAccountViewer',
  cloudresourcemanager: 'roles/browser',
  serviceusage: 'roles/serviceusage.serviceUsageViewer',
  logging: 'roles/logging.viewer',
  monitoring: 'roles/monitoring.viewer',
};

function wayOut({ api, path }: Call, status: number, body: ErrorBody, env: Environment): string {
  const project =
    /^projects\/([^/:]+(:[^/:]+)?)/.exec(path)?.[1] ?? env.GCP_PROJECT_ID ?? 'PROJECT';
  const disabled = disabledService(body);
  if (disabled !== undefined) {
    return `gcloud services enable ${disabled} --project=${project}`;
  }
  switch (status) {
    case 401:
      return renewal(env);
    case 403:
      if (/quota project/i.test(body.message ?? '')) {
        return `gcloud auth application-default set-quota-project ${project}`;
      }
      return (
        `you need ${missingPermission(body) ?? 'more permissions'}; ` +
        `${ROLES[api]} has it: gcloud projects add-iam-policy-binding ${project} ` +
        `--member=user:YOUR_EMAIL --role=${ROLES[api]}`
      );
    case 404:
      return 'check GCP_PROJECT_ID, GCP_REGION and GCP_APP_NAME, and that it was deployed there';
    case 429:
      return 'wait a minute; the quota of the project is used up';
    case 400:
    case 409:
      return 'read what Google says; just gcp-scheduler-doctor STAGE looks further';
  }
  if (status >= 500) return 'wait a minute and try again; https://status.cloud.google.com';
  return `check ${endpointVariable(api)}, if it is set`;
}

function disabledService({ details = [], message = '' }: ErrorBody): string | undefined {
  const info = details.find((detail) => detail.reason === 'SERVICE_DISABLED');
  if (info !== undefined) return info.metadata?.service ?? 'the API named above';
  if (!/has not been used in project|is disabled/.test(message)) return undefined;
  return /[a-z]+\.googleapis\.com/.exec(message)?.[0];
}

/** `cloudscheduler.jobs.list`, from the details or from Google's words. */
function missingPermission({ details = [], message = '' }: ErrorBody): string | undefined {
  const named = details.map((detail) => detail.metadata?.permission).find(Boolean);
  if (named !== undefined) return named;
  return /\b(?!\w+\.googleapis\.)[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+\b/.exec(message)?.[0];
}
