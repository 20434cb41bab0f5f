import { toString as describeCron } from 'cronstrue';
import { FIELDS, withoutRepetition } from './fields';

/**
 * A valid cron expression in words: `At 02:00, every day`. Times are 24-hour times in the schedule's
 * zone.
 */
export function scheduleInWords(cron: string): string {
  const texts = cron.split(' ');
  const fields = FIELDS.map((field, index) => withoutRepetition(field, texts[index] ?? ''));
  const words = describeCron(fields.join(' '), { use24HourTimeFormat: true });
  // cronstrue omits the day when it means every day, which reads like a single run.
  return words.startsWith('At ') && cron.endsWith(' * * *') ? `${words}, every day` : words;
}
