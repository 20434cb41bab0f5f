import type { WeekOptions } from './build-week';
import { isPaused } from './collisions';
import type { AttemptFacts, Cell, JobFacts, Mark, Run } from './model';
import { CLOCK_CHANGE_NOTES } from './runs';
import { latencyOf } from './statistics';

const HOUR = 3_600_000;

/** How late an attempt's log entry may arrive, in milliseconds: until then, a run is not missing. */
const LATENESS = 2 * 60_000;

/** What happened and will happen, one mark for each attempt and each run without one. */
export function marksOf(job: JobFacts, runs: readonly Run[], options: WeekOptions): Mark[] {
  const attempts = attemptsBetween(job, options).map((attempt): Mark => {
    const seconds = latencyOf(attempt);
    return {
      at: timeOf(attempt),
      kind: attempt.outcome,
      text: attempt.text,
      ...(seconds !== undefined && { seconds }),
    };
  });
  const others = runs.flatMap((run, index) => {
    const next = runs.slice(index + 1).find(({ kind }) => kind !== 'skipped');
    return markWithoutAttempt(job, run, next?.at, options);
  });
  return [...attempts, ...others].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function markWithoutAttempt(
  job: JobFacts,
  { at, kind }: Run,
  next: Date | undefined,
  options: WeekOptions,
): Mark[] {
  if (isPaused(job, at)) return [];
  const text = CLOCK_CHANGE_NOTES[kind];
  if (at > options.now || kind === 'skipped') {
    return [{ at, kind: kind === 'run' ? 'planned' : kind, text: text || 'planned' }];
  }
  const expected = expectedFrom(job, options);
  if (expected === undefined || at < expected) return [];
  if (at.getTime() > options.now.getTime() - LATENESS) return [];
  // An attempt may start late, but not later than the next run.
  const isStarted = job.attempts.some((attempt) => {
    const started = timeOf(attempt);
    return started >= at && (next === undefined || started < next);
  });
  return isStarted ? [] : [{ at, kind: 'missing', text: 'was due; the log has no attempt' }];
}

/** The hours of a job that runs often. */
export function cellsOf(job: JobFacts, runs: readonly Run[], options: WeekOptions): Cell[] {
  const { from, until } = options;
  const cells = new Map<number, { -readonly [Key in keyof Cell]: Cell[Key] }>();
  for (let hour = hourOf(from); hour * HOUR < until.getTime(); hour += 1) {
    cells.set(hour, {
      from: new Date(Math.max(hour * HOUR, from.getTime())),
      until: new Date(Math.min((hour + 1) * HOUR, until.getTime())),
      ...{ due: 0, ok: 0, failed: 0, open: 0 },
    });
  }
  for (const { at, kind } of runs) {
    const cell = cells.get(hourOf(at));
    if (cell !== undefined && kind !== 'skipped' && !isPaused(job, at)) cell.due += 1;
  }
  for (const attempt of attemptsBetween(job, options)) {
    const cell = cells.get(hourOf(timeOf(attempt)));
    if (cell === undefined) continue;
    if (attempt.outcome === 'ok' || attempt.outcome === 'failed') cell[attempt.outcome] += 1;
    else cell.open += 1;
    const seconds = latencyOf(attempt);
    if (seconds !== undefined) cell.longest = Math.max(cell.longest ?? 0, seconds);
  }
  return [...cells.values()];
}

/** From when on a run without an attempt is missing; undefined if nothing is known. */
export function expectedFrom(
  { attempts, since }: JobFacts,
  { logFrom }: Pick<WeekOptions, 'logFrom'>,
): Date | undefined {
  if (logFrom === undefined) return undefined;
  const [first] = attempts;
  const known = [first && timeOf(first), since].filter((at) => at !== undefined);
  if (known.length === 0) return undefined;
  const earliest = Math.min(...known.map((at) => at.getTime()));
  return new Date(Math.max(earliest, logFrom.getTime()));
}

/** When an attempt started, or else ended. */
export function timeOf({ startedAt, finishedAt }: AttemptFacts): Date {
  return startedAt ?? finishedAt ?? new Date(0);
}

function attemptsBetween({ attempts }: JobFacts, { from, until }: WeekOptions): AttemptFacts[] {
  return attempts.filter((attempt) => timeOf(attempt) >= from && timeOf(attempt) < until);
}

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / HOUR);
}
