import { visible } from '../../lib/text/visible';
import type { Context } from '../context';
import { secondsBefore } from '../durations';
import { listEntries, type LogEntry } from '../google/logging';
import { repeat } from '../repeat';
import { note, print } from '../terminal';
import { rowOf, type Shown } from './attempt-output';
import { attemptsOf, type Attempt } from './attempts';
import { LOG_DELAY_SECONDS } from './wait';

const FOLLOW_SECONDS = 5;

/**
 * Prints attempts as they end, until Ctrl-C.
 *
 * @param known - entries whose attempts are printed already
 */
export async function follow(
  context: Context,
  known: readonly LogEntry[],
  isShown: (attempt: Attempt) => boolean,
  shown: Shown,
): Promise<void> {
  const { client, location, terminal } = context;
  const entries = new Map(known.map((entry) => [keyOf(entry), entry]));
  const isEnded = ({ result }: Attempt): boolean => result !== undefined;
  let printed = attemptsOf([...entries.values()]).filter(isEnded).length;
  note(terminal, 'Waiting for more attempts; press Ctrl-C to stop.');
  await repeat(context, FOLLOW_SECONDS, async () => {
    // Entries may arrive late, and out of order.
    const newest = [...entries.values()].at(-1)?.timestamp ?? shown.now;
    const since = secondsBefore(new Date(newest), LOG_DELAY_SECONDS);
    const read = await listEntries(client, location, [shown.job.name], since);
    for (const entry of read) entries.set(keyOf(entry), entry);
    const inOrder = [...entries.values()].sort((a, b) => a.timestamp.localeCompare(b.timestamp));
    const ended = attemptsOf(inOrder).filter(isEnded);
    for (const attempt of ended.slice(printed).filter(isShown)) {
      const now = client.now();
      print(
        terminal,
        rowOf(attempt, { ...shown, now })
          .filter((cell) => cell !== '')
          .map(visible)
          .join('  '),
      );
    }
    printed = ended.length;
  });
}

/** Google's own identifier, which is unique with the time. */
function keyOf({ timestamp, insertId = '' }: LogEntry): string {
  return `${timestamp} ${insertId}`;
}
