/// <reference types="node" />
import type { Violation } from './mistake';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Source: `uri` of https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#httptarget */
const MAX_CHARACTERS = 2083;

/** Why a job must not call the URI; empty for a valid one. */
export function checkUri(value: string): Violation[] {
  const violation = findViolation(value);
  return violation === undefined ? [] : [violation];
}

/** Whether a URL's host name is a loopback one: `localhost`, `127.0.0.1`, `[::1]`. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** The origin of a URI, without a trailing slash; empty if it has none. */
export function originOf(value: string): string {
  return URL.canParse(value) && /^https?:/i.test(value) ? new URL(value).origin : '';
}

/**
 * A string that may be a URI, for messages: everything before the last `@` is removed. A password may
 * contain slashes and `@`, and by the URL standard it may also follow `https:` without slashes, or backslashes.
 */
export function withoutCredentials(value: string): string {
  return value.replace(/^([A-Za-z][A-Za-z0-9+.-]*:)?([/\\]*).*@/s, '$1$2…@');
}

function findViolation(value: string): Violation | undefined {
  if (!URL.canParse(value) || /\s/.test(value)) {
    return { wrong: 'is not a URL', expected: EXPECTED, fix: USE_HTTPS };
  }
  const { protocol, hostname, username, password, hash } = new URL(value);
  if (value.length > MAX_CHARACTERS) {
    return { wrong: `must have at most ${MAX_CHARACTERS} characters`, fix: 'shorten it' };
  }
  if (username !== '' || password !== '') {
    return { wrong: 'must not contain credentials, which would be logged', fix: 'remove them' };
  }
  if (hash !== '') {
    return { wrong: 'must not have a fragment, which is never sent', fix: 'remove # and the rest' };
  }
  if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return undefined;
  return { wrong: 'must use https', expected: EXPECTED, fix: USE_HTTPS };
}

const EXPECTED = 'an https URL, or http on localhost, 127.0.0.1 or [::1]';
const USE_HTTPS = 'write it like https://worker.example.com/path/';
