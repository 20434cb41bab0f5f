import type { ServiceSeed } from '../world/seed';

/** What a stub responds. */
export interface StubAnswer {
  readonly status: number;
  readonly body: object;
  /** The error that it logs. */
  readonly error?: string;
}

/** A line of a stub's log, as Django and python-json-logger write them. */
export interface StubLine {
  readonly severity: 'WARNING' | 'ERROR';
  readonly name: string;
  readonly message: string;
  readonly exc_info?: string;
}

/** The parts of a request that a stub looks at. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | undefined;
}

const NOT_FOUND: StubAnswer = { status: 404, body: { detail: 'Not found.' } };

/**
 * The response of a service that has no server behind it. With tasks, it is that of Django REST
 * Framework; Django cannot redirect a POST to the path with a trailing slash, so it fails with 500.
 */
export function stubAnswer(
  isWorker: boolean,
  { tasks }: Pick<ServiceSeed, 'tasks'>,
  { method, path, contentType }: Call,
): StubAnswer {
  if (!isWorker) return NOT_FOUND;
  if (tasks === undefined) return { status: 200, body: { status: 'completed' } };
  const task = tasks[path] ?? tasks[`${path}/`];
  if (task === undefined) return NOT_FOUND;
  if (!path.endsWith('/')) {
    const error =
      `You called this URL via ${method}, but the URL doesn't end in a slash and you have APPEND_SLASH ` +
      'set.';
    return { status: 500, body: { detail: 'Server Error (500)' }, error };
  }
  if (method !== 'POST') {
    return { status: 405, body: { detail: `Method "${method}" not allowed.` } };
  }
  if (contentType !== undefined && !PARSED.test(contentType)) {
    return {
      status: 415,
      body: { detail: `Unsupported media type "${contentType}" in request.` },
    };
  }
  return { status: 200, body: { task, status: 'completed', output: `${task}: done` } };
}

const PARSED = /^(application\/json|application\/x-www-form-urlencoded|multipart\/form-data)\b/;

/** What Django logs of a request that failed. */
export function failureLine(path: string, error: string): StubLine {
  return {
    severity: 'ERROR',
    name: 'django.request',
    message: `Internal Server Error: ${path}`,
    exc_info: `Traceback (most recent call last):\n  File "sandbox.py", line 1, in post\nRuntimeError: ${error}`,
  };
}

/** What a worker logs when it rejects a request's token for a reason of the seed. */
export function rejectionLine(
  { rejections = {} }: Pick<ServiceSeed, 'rejections'>,
  reason: string,
  authorization: string | undefined,
  now: number,
): StubLine {
  const claims = claimsOf(authorization);
  const values: Readonly<Record<string, string>> = {
    audience: String(claims.aud),
    account: String(claims.email),
    now: String(Math.floor(now / 1000)),
  };
  const message = (rejections[reason] ?? reason).replaceAll(
    /\{(\w+)\}/g,
    (whole, name: string) => values[name] ?? whole,
  );
  return { severity: 'WARNING', name: 'worker.auth', message };
}

/** Not verified here: Cloud Run has done that. */
function claimsOf(authorization = ''): { readonly aud?: unknown; readonly email?: unknown } {
  const [, payload = ''] = authorization.split('.');
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  } catch {
    return {};
  }
}
