import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted, type Failed } from '../errors';
import { isIdempotent, type Request } from './call';
import { GoogleError, Unreachable } from './error';

/** The first attempt included. */
export const MAX_ATTEMPTS = 4;

const MAX_WAIT = 10_000;
const PASSING = ['ECONNRESET', 'EPIPE', 'EAI_AGAIN'];

/**
 * Whether a call that ended so may be made again. A refusal (429, and the 409 of a change too soon
 * after another of the same job) had no effect; after a 502, 503, 504 or a lost connection nobody
 * knows, so only what may be done twice is.
 *
 * Source: https://cloud.google.com/apis/design/errors#error_retries; the 409 is not documented, and
 * passes within a second.
 */
export function mayRetry(request: Request, error: Failed): boolean {
  const idempotent = isIdempotent(request);
  if (error instanceof GoogleError) {
    const { httpStatus, body } = error;
    if (httpStatus === 429) return true;
    if (httpStatus === 409) return /sync mutate calls cannot be queued/.test(body.message ?? '');
    return idempotent && [502, 503, 504].includes(httpStatus);
  }
  return idempotent && error instanceof Unreachable && PASSING.includes(error.code);
}

/** Waits before the next attempt: what the server asks for, otherwise twice as long each time. */
export async function backoff(
  attempts: number,
  delay: number,
  retryAfter: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const grown = delay * 2 ** (attempts - 1) * (1 + Math.random() / 4);
  await pause(Math.min(retryAfter === undefined ? grown : retryAfter * 1000, MAX_WAIT), signal);
}

/** Waits some milliseconds, or until Ctrl-C. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    throw new Interrupted();
  });
}
