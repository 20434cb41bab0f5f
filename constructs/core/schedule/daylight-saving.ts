import { runsEveryHour, wallTimesAfter } from './cron';
import type { Schedule } from './runs';
import { clockChanges, formatWallTime } from './time-zone';

/** A time of a schedule that a clock change skips or doubles. */
export interface ClockChangeEffect {
  readonly kind: 'skipped' | 'doubled';
  /** The time on the wall clock of the schedule's zone: `2027-04-04 02:00`. */
  readonly wallTime: string;
  /** The instant of the clock change. */
  readonly at: Date;
}

/**
 * The times of a schedule that clock changes skip or double between two instants, in order. None for
 * a schedule that runs in every hour: it has a run shortly before and after.
 */
export function* clockChangeEffects(
  schedule: Schedule,
  from: Date,
  until: Date,
): Generator<ClockChangeEffect> {
  if (runsEveryHour(schedule.cron)) return;
  for (const change of clockChanges(schedule.timeZone, from)) {
    if (change.at > until) return;
    const wallBefore = change.at.getTime() + change.before;
    const wallAfter = change.at.getTime() + change.after;
    const first = Math.min(wallBefore, wallAfter);
    const last = Math.max(wallBefore, wallAfter);
    const kind = wallAfter > wallBefore ? 'skipped' : 'doubled';
    for (const wall of wallTimesAfter(schedule.cron, first - 1)) {
      if (wall >= last) break;
      yield { kind, wallTime: formatWallTime(wall), at: change.at };
    }
  }
}
