import type { ServiceSeed } from '../world/seed';

/** What a stub responds. */
export interface StubAnswer {
  readonly status: number;
  readonly body: object;
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
  if (!path.endsWith('/')) return { status: 500, body: { detail: 'Server Error (500)' } };
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
