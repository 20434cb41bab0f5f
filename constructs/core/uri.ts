/// <reference types="node" />
import type { Violation } from './mistake';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Source: `uri` of https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#httptarget */
const MAX_CHARACTERS = 2083;

/** Why a job must not call the URI; empty for a good one. */
export function checkUri(value: string): Violation[] {
  const wrong = whatIsWrong(value);
  if (wrong === undefined) return [];
  return [
    {
      wrong,
      expected:
        'https URLs, and http on localhost, 127.0.0.1 or [::1], without user, password or #',
      fix: 'write it like https://worker.example.com/path/',
    },
  ];
}

/** Whether a URL's host name is this machine's own: `localhost`, `127.0.0.1`, `[::1]`. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** The origin of a URI, without a last slash; empty when it has none. */
export function originOf(value: string): string {
  return URL.canParse(value) && /^https?:/i.test(value) ? new URL(value).origin : '';
}

/**
 * What may be a URI, for messages: without all that comes before the last `@`. A password may hold
 * slashes and `@` itself, and browsers' rules find it after `https:` and backslashes too.
 */
export function withoutCredentials(value: string): string {
  return value.replace(/^([A-Za-z][A-Za-z0-9+.-]*:)?([/\\]*).*@/s, '$1$2…@');
}

function whatIsWrong(value: string): string | undefined {
  if (!URL.canParse(value) || /\s/.test(value)) return 'it is not a URL';
  const { protocol, hostname, username, password, hash } = new URL(value);
  if (value.length > MAX_CHARACTERS) return `it is longer than ${MAX_CHARACTERS} characters`;
  if (username !== '' || password !== '') return 'it holds credentials, which would be logged';
  if (hash !== '') return 'it has a fragment, which is never sent';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return 'it is not https';
  return isLoopback(hostname) ? undefined : 'it sends the token over http';
}
