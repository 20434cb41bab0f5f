import { DAY_SECONDS, HOUR_SECONDS } from './durations';
import { UsageError } from './errors';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: HOUR_SECONDS, d: DAY_SECONDS };

/**
 * The seconds of a duration as people type it: `30s`, `30m`, `24h`, `7d`.
 *
 * @throws UsageError for anything else
 */
export function readDuration(option: string, given: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([smhd])$/.exec(given) ?? [];
  const seconds = Number(count) * (UNITS[unit] ?? 0);
  if (seconds > 0) return seconds;
  throw new UsageError({
    subject: option,
    given,
    wrong: 'must be an integer followed by s, m, h or d',
    fix: 'use a duration such as 30m, 24h or 7d',
  });
}

/**
 * An integer from 1 on, as people type it.
 *
 * @throws UsageError for anything else
 */
export function readInteger(option: string, given: string, most: number, fix: string): number {
  const number = /^\d+$/.test(given) && given.length <= String(most).length ? Number(given) : 0;
  if (number >= 1 && number <= most) return number;
  throw new UsageError({ subject: option, given, wrong: `must be an integer, 1-${most}`, fix });
}
