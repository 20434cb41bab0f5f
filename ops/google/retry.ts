import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from '../errors';
import type { Request } from './call';
import { GoogleError } from './error';

/** The first attempt included. */
export const MAX_ATTEMPTS = 4;

const MAX_WAIT = 10_000;
const PASSING_NETWORK_ERRORS = ['ECONNRESET', 'EAI_AGAIN', 'UND_ERR_SOCKET'];

/**
 * Whether a call that ended so may be made again. A refusal (429, and the 409 of a change too soon
 * after another of the same job) had no effect; after a 502, 503, 504 or a lost connection nobody
 * knows, so only what may be done twice is.
 *
 * Source: https://cloud.google.com/apis/design/errors#error_retries; the 409 is not documented, and
 * passes within a second.
 */
export function mayRetry(request: Request, error: Error): boolean {
  const idempotent = isIdempotent(request);
  if (error instanceof GoogleError) {
    const { httpStatus, body } = error;
    if (httpStatus === 429) return true;
    if (httpStatus === 409) return /sync mutate calls cannot be queued/.test(body.message ?? '');
    return idempotent && [502, 503, 504].includes(httpStatus);
  }
  const code = (error.cause as { code?: string } | undefined)?.code ?? '';
  return idempotent && PASSING_NETWORK_ERRORS.includes(code);
}

/** Whether doing a call twice is as good as once. */
export function isIdempotent({ idempotent, method }: Request): boolean {
  return idempotent ?? method === 'GET';
}

/** Waits before the next attempt: what the server asks for, otherwise twice as long each time. */
export async function backoff(
  attempts: number,
  delay: number,
  retryAfter: string | null,
  signal: AbortSignal,
): Promise<void> {
  const asked = Number(retryAfter ?? NaN) * 1000;
  const grown = delay * 2 ** (attempts - 1) * (1 + Math.random() / 4);
  await pause(Math.min(Number.isNaN(asked) ? grown : asked, MAX_WAIT), signal);
}

/** Waits some milliseconds, or until Ctrl-C. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    throw new Interrupted();
  });
}
