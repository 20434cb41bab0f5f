import { UsageError } from './errors';

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * The milliseconds of a duration as people type it: `30s`, `30m`, `24h`, `7d`.
 *
 * @throws UsageError for anything else
 */
export function readDuration(option: string, given: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([smhd])$/.exec(given) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw new UsageError([
    {
      subject: option,
      given,
      wrong: 'must be an integer followed by s, m, h or d',
      fix: 'use a duration such as 30m, 24h or 7d',
    },
  ]);
}
