import { toString as describeCron } from 'cronstrue';
import { FIELDS, valuesOfField, withoutRepetition, type Field } from './fields';

/**
 * A valid cron expression in words: `At 02:00, every day`. Times are 24-hour times in the schedule's
 * zone.
 */
export function scheduleInWords(cron: string): string {
  const texts = cron.split(' ');
  const fields = FIELDS.map((field, index) => {
    const text = texts[index] ?? '';
    return isMisread(field, text, texts[2])
      ? valuesOfField(field, text).join(',')
      : withoutRepetition(field, text);
  });
  const words = describeCron(fields.join(' '), { use24HourTimeFormat: true });
  // cronstrue omits the day when it means every day, which reads like a single run.
  return words.startsWith('At ') && cron.endsWith(' * * *') ? `${words}, every day` : words;
}

/**
 * Whether cronstrue's words for a field would mislead. It describes a step of 25 minutes as "Every 25 minutes",
 * although the last interval of each hour is ten; and where the day of the month is restricted too, it only says
 * of a list of weekdays that a run is due when either matches.
 */
function isMisread({ name, period }: Field, text: string, dayOfMonth: string | undefined): boolean {
  if (name === 'minute' || name === 'hour') {
    const [, step] = /^\*\/(\d+)$/.exec(text) ?? [];
    return step !== undefined && period % Number(step) !== 0;
  }
  return name === 'day of week' && text !== '*' && dayOfMonth !== '*';
}
