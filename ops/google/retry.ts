import { setTimeout } from 'node:timers/promises';
import { Interrupted, type Failed } from '../errors';
import { isIdempotent, type Request } from './call';
import { GoogleError, Unreachable } from './error';

/** Including the first attempt. */
export const MAX_ATTEMPTS = 4;

const MAX_WAIT = 10_000;
/** Of Node, and of undici for a connection that was closed. */
export const TRANSIENT = ['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'UND_ERR_SOCKET'];

/**
 * Whether a failed call may be retried. A refused call (429, or the 409 of a change too soon after
 * another one of the same job) had no effect. After a 502, 503, 504 or a lost connection the outcome is
 * unknown, so only idempotent calls are retried.
 *
 * Source: https://cloud.google.com/apis/design/errors#error_retries; the 409 is undocumented, and goes
 * away within a second.
 */
export function mayRetry(request: Request, error: Failed): boolean {
  const idempotent = isIdempotent(request);
  if (error instanceof GoogleError) {
    const { httpStatus, body } = error;
    if (httpStatus === 429) return true;
    if (httpStatus === 409) return /sync mutate calls cannot be queued/.test(body.message ?? '');
    return idempotent && [502, 503, 504].includes(httpStatus);
  }
  return idempotent && error instanceof Unreachable && TRANSIENT.includes(error.code);
}

/** Waits before the next attempt: as long as the server asks, otherwise with exponential backoff. */
export async function backoff(
  attempts: number,
  delay: number,
  retryAfter: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const exponential = delay * 2 ** (attempts - 1) * (1 + Math.random() / 4);
  await sleep(
    Math.min(retryAfter === undefined ? exponential : retryAfter * 1000, MAX_WAIT),
    signal,
  );
}

/** Waits, unless Ctrl-C interrupts it. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => {
    throw new Interrupted();
  });
}
