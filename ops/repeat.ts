import type { Context } from './context';
import { Interrupted } from './errors';
import { sleep } from './google/retry';

/**
 * Repeats something until Ctrl-C, which is how it ends well.
 *
 * @param seconds - the time between the end of one and the start of the next
 */
export async function repeat(
  { signal }: Pick<Context, 'signal'>,
  seconds: number,
  action: () => Promise<void>,
): Promise<void> {
  try {
    for (;;) {
      await action();
      await sleep(seconds * 1000, signal);
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
}
