import { toString as describeCron } from 'cronstrue';

/**
 * A valid cron expression in words: `At 02:00, every day`. Times are 24-hour times in the schedule's
 * zone.
 */
export function scheduleInWords(cron: string): string {
  const words = describeCron(cron, { use24HourTimeFormat: true });
  // cronstrue omits the day when it means every day, which reads like a single run.
  return words.startsWith('At ') && cron.endsWith(' * * *') ? `${words}, every day` : words;
}
