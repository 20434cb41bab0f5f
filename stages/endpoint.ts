import type { Violation } from '../constructs/core/mistake';

/** Any host: an endpoint follows one that only Terraform knows. */
const ORIGIN = 'https://worker.invalid';

/**
 * Why a worker must not be called at an endpoint. Checked apart from the URI, which is only known to
 * Terraform: without the first slash, the endpoint would be part of the host's name.
 */
export function checkEndpoint(endpoint: string): Violation[] {
  if (!isPath(`/${endpoint.replace(/^\/|\/$/g, '')}/`)) {
    return [
      {
        wrong:
          'must be a percent-encoded path without host, query, fragment, spaces, empty segments, `.` or `..`',
        expected: 'a path such as /api/v1/scheduled/clear-sessions/',
        fix: 'correct it in stages/jobs.ts',
      },
    ];
  }
  const fix = `write /${endpoint.replace(/^\/|\/$/g, '')}/`;
  if (!endpoint.startsWith('/')) return [{ wrong: 'must start with a slash', fix }];
  if (!endpoint.endsWith('/')) {
    return [{ wrong: 'must end with a slash: without it, the worker answers 500', fix }];
  }
  return [];
}

/** Whether a URL keeps it as it is: a path, encoded, without segments that are empty, `.` or `..`. */
function isPath(text: string): boolean {
  if (/\/\/|@|^\/:|%(?![0-9a-f]{2})/i.test(text) || !URL.canParse(`${ORIGIN}${text}`)) return false;
  const { origin, pathname } = new URL(`${ORIGIN}${text}`);
  return origin === ORIGIN && pathname === text;
}
