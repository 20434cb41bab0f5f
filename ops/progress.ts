import { formatDuration } from '../constructs/core/format-duration';
import { canReplaceLine, showLiveLine } from './live-line';
import { note, type Terminal } from './terminal';

/** Seconds from which the time is worth mentioning. */
const MENTIONED = 2;

/** Milliseconds between two lines on a pipe: as often as terraform's own "Still creating...". */
const RHYTHM = 10_000;

/**
 * Says what is under way while `work` is, and for how long. At a terminal it is one line that counts
 * the seconds; elsewhere a line at the beginning, every 10 seconds, and at the end.
 *
 * @param what - such as `Planning validibot-dev …`
 * @param started - when the work began, in milliseconds. @default - now
 */
export async function withProgress<T>(
  terminal: Terminal,
  what: string,
  work: () => Promise<T>,
  started = Date.now(),
): Promise<T> {
  const seconds = (): number => Math.floor((Date.now() - started) / 1000);
  const elapsed = (): string =>
    seconds() < MENTIONED ? what : `${what} ${formatDuration(seconds())}`;
  const isLive = canReplaceLine(terminal);
  const show = (): void => {
    if (isLive) showLiveLine(terminal, elapsed());
    else note(terminal, elapsed());
  };
  show();
  const timer = setInterval(show, isLive ? 1000 : RHYTHM).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (isLive) showLiveLine(terminal, undefined);
    const took = seconds() < MENTIONED ? '' : ` took ${formatDuration(seconds())}`;
    if (isLive || took !== '') note(terminal, `${what}${took}`);
  }
}

/** The same for what most often takes a moment: nothing is said of the first seconds, 10 on a pipe. */
export async function withQuietProgress<T>(
  terminal: Terminal,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const started = Date.now();
  const running = work();
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<boolean>((resolve) => {
    const quiet = canReplaceLine(terminal) ? MENTIONED * 1000 : RHYTHM;
    timer = setTimeout(resolve, quiet, true).unref();
  });
  const done = (): boolean => false;
  const isSlow = await Promise.race([running.then(done, done), slow]);
  clearTimeout(timer);
  return isSlow ? withProgress(terminal, what, () => running, started) : running;
}
