import { FIELDS, valuesOfField } from './fields';

/** Whether two valid cron expressions mean the same runs: `0 4 * * 0` and `0 4 * * SUN`. */
export function hasSameRuns(one: string, other: string): boolean {
  return meaningOf(one) === meaningOf(other);
}

function meaningOf(cron: string): string {
  const texts = cron.split(' ');
  const [minute, hour, dayOfMonth, month, dayOfWeek] = FIELDS.map((field, index) => ({
    isAny: texts[index] === '*',
    isFull: valuesOfField(field, texts[index] ?? '').length === field.period,
    values: valuesOfField(field, texts[index] ?? '').join(','),
  }));
  const days = [dayOfMonth, dayOfWeek];
  // Where both day fields are given, either may match; where one of these is full, every day does.
  const isEither = days.every((field) => field?.isAny === false);
  const isEveryDay = isEither && days.some((field) => field?.isFull);
  const ofDays = isEveryDay
    ? ['every']
    : days.map((field) => (field?.isFull ? '*' : field?.values));
  const isOr = isEither && !isEveryDay;
  const all = !isOr && ofDays.every((values) => values === '*') ? ['every'] : ofDays;
  return [minute?.values, hour?.values, month?.values, isOr, ...all].join(' ');
}
