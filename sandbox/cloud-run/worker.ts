import { JOBS, TASK_NAMES } from '../../stages/jobs';

/** What a Validibot instance answers. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** The request as far as it matters. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | undefined;
}

const NOT_FOUND: Answer = { status: 404, body: { detail: 'Not found.' } };

/**
 * Answers as a real worker does: to a POST with the last slash. Without the slash Django cannot
 * redirect a POST and fails; a web instance knows none of the paths.
 */
export function answer(isWorker: boolean, { method, path, contentType }: Call): Answer {
  const task = TASK_NAMES.find(
    (name) => JOBS[name].endpoint === path || JOBS[name].endpoint === `${path}/`,
  );
  if (!isWorker || task === undefined) return NOT_FOUND;
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
