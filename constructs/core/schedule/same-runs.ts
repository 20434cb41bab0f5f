import { FIELDS, valuesOfField } from './fields';

/** Whether two valid cron expressions mean the same runs: `0 4 * * 0` and `0 4 * * SUN`. */
export function hasSameRuns(one: string, other: string): boolean {
  return meaningOf(one) === meaningOf(other);
}

function meaningOf(cron: string): string {
  const texts = cron.split(' ');
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = FIELDS.map(
    (field, index) => {
      const values = valuesOfField(field, texts[index] ?? '');
      return values.length === field.period ? '*' : values.join(',');
    },
  );
  // Where both day fields are given, either may match; where one of these is full, every day does.
  const isEveryDay = texts[2] !== '*' && texts[4] !== '*' && [dayOfMonth, dayOfWeek].includes('*');
  const days = isEveryDay ? ['*', '*'] : [dayOfMonth, dayOfWeek];
  return [minute, hour, month, ...days].join(' ');
}
