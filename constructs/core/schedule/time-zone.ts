/// <reference lib="es2022.intl" />
import { Temporal } from 'temporal-polyfill';
import type { Violation } from '../mistake';
import { suggest } from '../suggest';

/** A change of a zone's UTC offset: daylight saving begins or ends. */
export interface ClockChange {
  /** The instant of the change. */
  readonly at: Date;
  /** UTC offset before, in milliseconds. */
  readonly before: number;
  /** UTC offset from `at` on, in milliseconds. */
  readonly after: number;
}

/**
 * Why Cloud Scheduler would not know the time zone; empty for a good one. It wants a name of the
 * tz database. JavaScript's own check is wider: it takes offsets (`+10:00`), any case, and
 * abbreviations such as `EST`, which is New York's winter to the tz database and Sydney's to
 * whoever wrote it.
 */
export function checkTimeZone(timeZone: string): Violation[] {
  if (timeZone === 'UTC') return [];
  const name = inItsCase(timeZone);
  if (name === timeZone && /^[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(timeZone)) return [];
  return [
    {
      wrong: /^(UTC|GMT)?[+-]\d/.test(timeZone)
        ? 'an offset is not a time zone'
        : 'it is not the name of a time zone',
      expected: 'Area/Location names of the tz database, or UTC',
      fix: `name the zone, for example ${suggestion(timeZone, name)}`,
    },
  ];
}

/** The changes of a zone's offset after an instant, in order; none for a zone without any. */
export function* clockChanges(timeZone: string, after: Date): Generator<ClockChange> {
  let from = after.getTime();
  for (;;) {
    const { change } = stretchAt(timeZone, from);
    if (change === undefined) return;
    yield change;
    from = change.at.getTime();
  }
}

/** The zone's UTC offset at an instant, in milliseconds. */
export function offsetAt(timeZone: string, at: Date): number {
  return stretchAt(timeZone, at.getTime()).offset;
}

/** An instant on the zone's wall clock, for people: `2027-04-04 02:00`. */
export function wallClock(timeZone: string, at: Date): string {
  return formatWallTime(at.getTime() + offsetAt(timeZone, at));
}

/** A wall-clock time, given as milliseconds as if in UTC: `2027-04-04 02:00`. */
export function formatWallTime(wall: number): string {
  return new Date(wall).toISOString().slice(0, 16).replace('T', ' ');
}

/** A stretch of time, from an instant on, in which a zone keeps one offset; in milliseconds. */
interface Stretch {
  from: number;
  readonly offset: number;
  /** The change that ends it; undefined where none follows. */
  readonly change?: ClockChange;
}

/** What was looked up of each zone: one lookup takes longer than a thousand uses of it. */
const stretches = new Map<string, Stretch[]>();

function stretchAt(timeZone: string, at: number): Stretch {
  const known = stretches.get(timeZone) ?? [];
  stretches.set(timeZone, known);
  const found = known.find(
    ({ from, change }) => from <= at && (!change || at < change.at.getTime()),
  );
  if (found) return found;
  const stretch = lookUpStretch(timeZone, at);
  // Where it really began is not looked up, so an earlier instant may turn out to be in it as well.
  const same = known.find(({ change }) => change?.at.getTime() === stretch.change?.at.getTime());
  if (same) return Object.assign(same, { from: at });
  known.push(stretch);
  return stretch;
}

function lookUpStretch(timeZone: string, from: number): Stretch {
  const moment = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  const offset = offsetOf(moment);
  const next = moment.getTimeZoneTransition('next');
  if (next === null) return { from, offset };
  const at = new Date(next.epochMilliseconds);
  return { from, offset, change: { at, before: offset, after: offsetOf(next) } };
}

function offsetOf(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1e6;
}

/** A zone's name with the case that the tz database gives it, aliases too; Intl resolves those. */
function inItsCase(timeZone: string): string | undefined {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId;
  } catch {
    return undefined;
  }
}

function suggestion(timeZone: string, name: string | undefined): string {
  if (name !== timeZone && name?.toLowerCase() === timeZone.toLowerCase()) return name;
  return suggest(timeZone, Intl.supportedValuesOf('timeZone')) ?? 'Australia/Sydney';
}
