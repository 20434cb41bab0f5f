import {
  clockChangeEffects,
  runsAfter,
  wallClock,
  type Schedule,
} from '@scheduled-jobs/constructs/core/schedule';
import type { Run } from './model';

/** The scheduled times from one instant until before another, with those that clock changes skip. */
export function runsBetween(schedule: Schedule, from: Date, until: Date): Run[] {
  const effects = [...clockChangeEffects(schedule, from, until)];
  const doubled = new Set(
    effects.filter(({ kind }) => kind === 'doubled').map(({ wallTime }) => wallTime),
  );
  const runs: Run[] = [];
  for (const at of runsAfter(schedule, new Date(from.getTime() - 1))) {
    if (at >= until) break;
    const wallTime = wallClock(schedule.timeZone, at);
    runs.push({ at, wallTime, kind: doubled.has(wallTime) ? 'doubled' : 'run' });
  }
  const skipped = effects
    .filter(({ kind }) => kind === 'skipped')
    .map(({ wallTime, at }): Run => ({ at, wallTime, kind: 'skipped' }));
  // Without skipped times they are in order already; there may be a hundred thousand.
  if (skipped.length === 0) return runs;
  return [...runs, ...skipped].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** What daylight saving may do to a run; empty for an ordinary one. */
export const CLOCK_CHANGE_NOTES: Readonly<Record<Run['kind'], string>> = {
  run: '',
  skipped: 'skipped: the clocks go forward, so it may not run',
  doubled: 'doubled: the clocks go back, so it may run twice',
};
