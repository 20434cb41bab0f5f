import type { ServiceSeed } from '../world/seed';

/** What a stand-in answers. */
export interface StandInAnswer {
  readonly status: number;
  readonly body: object;
}

/** The request as far as it matters. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | undefined;
}

const NOT_FOUND: StandInAnswer = { status: 404, body: { detail: 'Not found.' } };

/**
 * Answers for a service that has no server behind it. One with tasks answers as Django REST
 * Framework does: Django cannot redirect a POST to a path with the last slash, and fails.
 */
export function standIn(
  isWorker: boolean,
  { tasks }: Pick<ServiceSeed, 'tasks'>,
  { method, path, contentType }: Call,
): StandInAnswer {
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
