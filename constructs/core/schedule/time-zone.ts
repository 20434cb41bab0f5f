/// <reference lib="es2022.intl" />
import { Temporal } from 'temporal-polyfill';
import type { Violation } from '../mistake';
import { suggest } from '../suggest';

/** A change of a zone's UTC offset: daylight saving starts or ends. */
export interface ClockChange {
  /** The instant of the change. */
  readonly at: Date;
  /** UTC offset before, in milliseconds. */
  readonly before: number;
  /** UTC offset from `at` on, in milliseconds. */
  readonly after: number;
}

/**
 * Why Cloud Scheduler would reject the time zone; empty for a valid one. It requires a tz database
 * name. JavaScript accepts more: offsets (`+10:00`), any case, and abbreviations such as `EST`, which
 * means New York to the tz database and may mean Sydney to its author.
 */
export function checkTimeZone(timeZone: string): Violation[] {
  if (timeZone === 'UTC') return [];
  const name = inCanonicalCase(timeZone);
  if (name === timeZone && /^[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(timeZone)) return [];
  return [
    {
      wrong: /^(UTC|GMT)?[+-]\d/.test(timeZone)
        ? 'is an offset, not a time zone'
        : 'is not a time zone',
      expected: 'a tz database name (Area/Location) or UTC',
      fix: `use a name such as ${suggestion(timeZone, name)}`,
    },
  ];
}

/** The changes of a zone's offset after an instant, in order. */
export function* clockChanges(timeZone: string, after: Date): Generator<ClockChange> {
  let from = after.getTime();
  for (;;) {
    const { change } = periodAt(timeZone, from);
    if (change === undefined) return;
    yield change;
    from = change.at.getTime();
  }
}

/** The zone's UTC offset at an instant, in milliseconds. */
export function offsetAt(timeZone: string, at: Date): number {
  return periodAt(timeZone, at.getTime()).offset;
}

/** An instant in the zone's wall-clock time, for people: `2027-04-04 02:00`. */
export function wallClock(timeZone: string, at: Date): string {
  return formatWallTime(at.getTime() + offsetAt(timeZone, at));
}

/**
 * The instant at which the zone's clocks show a time, `2027-04-04 02:00`: the first of two, and of a
 * time that is skipped the one that follows. Undefined for anything else.
 */
export function instantAt(timeZone: string, wall: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?$/.test(wall)) return undefined;
  try {
    const { epochMilliseconds } = Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone);
    return new Date(epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** A wall-clock time, given as milliseconds as if in UTC: `2027-04-04 02:00`. */
export function formatWallTime(wall: number): string {
  return new Date(wall).toISOString().slice(0, 16).replace('T', ' ');
}

/** A period, starting at an instant, in which a zone keeps one offset; in milliseconds. */
interface Period {
  from: number;
  readonly offset: number;
  /** The change that ends it; undefined if none follows. */
  readonly change?: ClockChange;
}

/** The known periods of each zone: a lookup takes longer than a thousand uses of its result. */
const periods = new Map<string, Period[]>();

function periodAt(timeZone: string, at: number): Period {
  const known = periods.get(timeZone) ?? [];
  periods.set(timeZone, known);
  const found = known.find(
    ({ from, change }) => from <= at && (!change || at < change.at.getTime()),
  );
  if (found) return found;
  const period = lookUpPeriod(timeZone, at);
  // Its real start is not looked up, so an earlier instant may turn out to be in it too.
  const same = known.find(({ change }) => change?.at.getTime() === period.change?.at.getTime());
  if (same) return Object.assign(same, { from: at });
  known.push(period);
  return period;
}

function lookUpPeriod(timeZone: string, from: number): Period {
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

/** A zone's name in the tz database's case. Aliases are kept, which Intl would resolve. */
function inCanonicalCase(timeZone: string): string | undefined {
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
