/** Units, largest first, and the seconds from which each is used: `90 s`, but `2 min`. */
const UNITS = [
  { name: 'd', seconds: 86_400, from: 3 * 86_400 },
  { name: 'h', seconds: 3600, from: 2 * 3600 },
  { name: 'min', seconds: 60, from: 2 * 60 },
  { name: 's', seconds: 1, from: 1 },
] as const;

/**
 * A duration for people: `12 ms`, `4.5 s`, `90 s`, `10 min`, `2.7 h`, `48 h`, `7 d`. Rounded to one
 * decimal below 10, otherwise to an integer.
 */
export function formatDuration(seconds: number): string {
  const unit = UNITS.find(({ from }) => seconds >= from);
  if (unit === undefined) return `${Math.round(seconds * 1000)} ms`;
  const amount = seconds / unit.seconds;
  return `${amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount)} ${unit.name}`;
}
