import { toString as describeCron } from 'cronstrue';
import { FIELDS, valuesOfField, withoutRepetition, type Field } from './fields';

/**
 * A valid cron expression in words: `At 02:00, every day`. Times are 24-hour times in the schedule's
 * zone.
 */
export function scheduleInWords(cron: string): string {
  const texts = cron.split(' ');
  const fields = FIELDS.map((field, index) =>
    isMisread(field, texts[index] ?? '', texts)
      ? valuesOfField(field, texts[index] ?? '').join(',')
      : withoutRepetition(field, texts[index] ?? ''),
  );
  const words = describeCron(fields.join(' '), { use24HourTimeFormat: true });
  // cronstrue omits the day when it means every day, which reads like a single run.
  return words.startsWith('At ') && cron.endsWith(' * * *') ? `${words}, every day` : words;
}

/**
 * Whether cronstrue's words would mislead: after a step of 7, the last interval of an hour is shorter than
 * seven minutes; and beside a day of month, either day runs the job, which it only says of a list.
 */
function isMisread(
  { name, period }: Field,
  text: string,
  [, , dayOfMonth]: readonly string[],
): boolean {
  const [, step] = /^\*\/(\d+)$/.exec(text) ?? [];
  if (name === 'minute' || name === 'hour')
    return step !== undefined && period % Number(step) !== 0;
  return name === 'day of week' && text !== '*' && dayOfMonth !== '*';
}
