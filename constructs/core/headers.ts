import type { Mistake, Violation } from './mistake';

const API_OWNED =
  /^(authorization|content-length|host|user-agent|x-google-.*|x-appengine-.*|x-cloudscheduler.*)$/i;

/**
 * What the google provider rejects, or removes when it reads a job, anywhere in a name. A map's key that
 * starts with % gets lost in its SDK, which stores the map's size under %.
 */
const DROPPED_BY_PROVIDER = /content-length|x-google-|x-appengine-|^%/i;

const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000A-\u001F\u007F]/;

/** "The total size of headers must be less than 80KB"; source as below. */
const MAX_BYTES = 80_000;

/**
 * Whether Cloud Scheduler sets or strips a header; names are case-insensitive. Source: `headers` of
 * https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#httptarget
 */
export function isApiOwnedHeader(name: string): boolean {
  return API_OWNED.test(name);
}

/**
 * Why a job must not have these headers. Messages contain only names, because values may be secrets.
 *
 * @param isKnown - whether a value is text; other values are only known to Terraform
 */
export function checkHeaders(
  headers: Readonly<Record<string, string>>,
  isKnown: (value: string) => boolean,
): Mistake[] {
  const names = Object.keys(headers);
  const mistakes = Object.entries(headers).flatMap(([given, value]) =>
    [...checkName(given, names), ...(isKnown(value) ? checkValue(given, value) : [])].map(
      (violation) => ({ subject: 'header', given, ...violation }),
    ),
  );
  const texts = [...names, ...Object.values(headers).filter(isKnown)];
  const size = texts.reduce((sum, text) => sum + byteLength(text), 0);
  if (size < MAX_BYTES) return mistakes;
  const wrong = `must be less than ${MAX_BYTES} bytes`;
  return [...mistakes, { subject: 'size of headers', given: size, wrong, fix: 'shorten headers' }];
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function checkName(name: string, names: readonly string[]): Violation[] {
  if (isApiOwnedHeader(name)) {
    return [{ wrong: 'Cloud Scheduler sets this header itself', fix: 'remove it' }];
  }
  if (!NAME.test(name)) {
    return [{ wrong: 'is not a valid header name', fix: 'correct the name, or remove the header' }];
  }
  if (DROPPED_BY_PROVIDER.test(name)) {
    return [
      {
        wrong: 'must not contain Content-Length, X-Google- or X-AppEngine-, nor start with %',
        fix: 'rename it; the google provider drops headers with these names',
      },
    ];
  }
  const same = names.find((other) => other.toLowerCase() === name.toLowerCase());
  if (same === undefined || same === name) return [];
  return [{ wrong: `is the same header as ${same}`, fix: 'remove one of the two' }];
}

/** Source: `flattenCloudSchedulerJobHttpTargetHeaders` of the google provider, 6.50.0 and 7.45.0. */
function checkValue(name: string, value: string): Violation[] {
  if (CONTROLS.test(value)) {
    return [
      { wrong: 'value must not contain line breaks or control characters', fix: 'remove them' },
    ];
  }
  if (name.toLowerCase() !== 'content-type' || value !== 'application/octet-stream') return [];
  return [
    {
      wrong:
        'must not be application/octet-stream, which the google provider drops when it reads the job, so that every plan would set it again',
      fix: 'remove it; a body without this header is sent as application/octet-stream anyway',
    },
  ];
}
