import { toString as describeCron } from 'cronstrue';

/**
 * A right cron expression in words: `At 02:00, every day`. Times are on the 24-hour clock of the
 * schedule's zone.
 */
export function scheduleInWords(cron: string): string {
  const words = describeCron(cron, { use24HourTimeFormat: true });
  // cronstrue says nothing of the day where every day is meant, and that reads like a single time.
  return words.startsWith('At ') && cron.endsWith(' * * *') ? `${words}, every day` : words;
}
