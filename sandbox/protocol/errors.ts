/**
 * The google.rpc codes that the sandbox uses, with their numbers and HTTP statuses.
 * Source: https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
 */
export const RPC_CODES = {
  CANCELLED: { code: 1, http: 499 },
  UNKNOWN: { code: 2, http: 500 },
  INVALID_ARGUMENT: { code: 3, http: 400 },
  DEADLINE_EXCEEDED: { code: 4, http: 504 },
  NOT_FOUND: { code: 5, http: 404 },
  ALREADY_EXISTS: { code: 6, http: 409 },
  PERMISSION_DENIED: { code: 7, http: 403 },
  RESOURCE_EXHAUSTED: { code: 8, http: 429 },
  FAILED_PRECONDITION: { code: 9, http: 400 },
  ABORTED: { code: 10, http: 409 },
  UNIMPLEMENTED: { code: 12, http: 501 },
  INTERNAL: { code: 13, http: 500 },
  UNAVAILABLE: { code: 14, http: 503 },
  UNAUTHENTICATED: { code: 16, http: 401 },
} as const;

export type RpcCode = keyof typeof RPC_CODES;

/** An error response of Google's APIs. */
export class ApiError extends Error {
  constructor(
    readonly status: RpcCode,
    message: string,
    readonly details: readonly object[] = [],
    readonly httpStatus: number = RPC_CODES[status].http,
  ) {
    super(message);
  }

  /** Source: https://cloud.google.com/apis/design/errors#http_mapping */
  toJSON(): object {
    const { httpStatus: code, message, status, details } = this;
    return { error: { code, message, status, ...(details.length > 0 && { details }) } };
  }
}

export function invalidArgument(message: string): ApiError {
  return new ApiError('INVALID_ARGUMENT', message);
}

export function notFound(what: string): ApiError {
  return new ApiError('NOT_FOUND', `${what} was not found.`);
}

export function permissionDenied(message: string): ApiError {
  return new ApiError('PERMISSION_DENIED', message);
}

export function unauthenticated(): ApiError {
  return new ApiError(
    'UNAUTHENTICATED',
    'Request is missing required authentication credential. Expected OAuth 2 access token, login ' +
      'cookie or other valid authentication credential. See ' +
      'https://developers.google.com/identity/sign-in/web/devconsole-project.',
  );
}

const API_TITLES: Readonly<Record<string, string>> = {
  'cloudresourcemanager.googleapis.com': 'Cloud Resource Manager API',
  'cloudscheduler.googleapis.com': 'Cloud Scheduler API',
  'iam.googleapis.com': 'Identity and Access Management (IAM) API',
  'logging.googleapis.com': 'Cloud Logging API',
  'monitoring.googleapis.com': 'Cloud Monitoring API',
  'run.googleapis.com': 'Cloud Run Admin API',
};

export function apiDisabled(api: string, projectNumber: string): ApiError {
  const title = API_TITLES[api] ?? api;
  const url = `https://console.developers.google.com/apis/api/${api}/overview?project=${projectNumber}`;
  return new ApiError(
    'PERMISSION_DENIED',
    `${title} has not been used in project ${projectNumber} before or it is disabled. Enable it ` +
      `by visiting ${url} then retry. If you enabled this API recently, wait a few minutes for ` +
      'the action to propagate to our systems and retry.',
    [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'SERVICE_DISABLED',
        domain: 'googleapis.com',
        metadata: { service: api, consumer: `projects/${projectNumber}` },
      },
    ],
  );
}

/** The code for an HTTP status in the log and in a job's status. */
export function rpcCodeOf(httpStatus: number): RpcCode {
  const exact = BY_HTTP_STATUS[httpStatus];
  if (exact !== undefined) return exact;
  if (httpStatus >= 500) return 'INTERNAL';
  return httpStatus >= 400 ? 'FAILED_PRECONDITION' : 'UNKNOWN';
}

const BY_HTTP_STATUS: Readonly<Record<number, RpcCode>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};
