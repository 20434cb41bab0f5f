import { formatDuration } from '../constructs/core/format-duration';
import { scheduleInWords } from '../constructs/core/schedule';
import { JOBS, TASK_NAMES } from './jobs';
import { monitoringOf } from './monitoring';
import { jobName } from './naming';
import { DEFAULTS } from './settings';
import { jobsOfStage, STAGES } from './stages';

const CRON_EXAMPLES = [
  '0 2 * * *',
  '0 3 * * *',
  '0 4 * * 0',
  '0 */6 * * *',
  '*/10 * * * *',
  '*/15 * * * *',
  '0 9 * * MON-FRI',
  '0 0 1 * *',
];

/** The generated tables of the documentation, by name: cells in Markdown, the head first. */
export const TABLES = {
  jobs: () => [
    ['Job (prod)', 'Schedule', 'In words', 'Endpoint', 'Purpose'],
    ...TASK_NAMES.map((task) => {
      const { schedule, endpoint, purpose } = JOBS[task];
      const name = jobName(DEFAULTS.GCP_APP_NAME, task, 'prod');
      return [code(name), code(schedule), scheduleInWords(schedule), code(endpoint), purpose];
    }),
  ],
  alerts: () => [
    ['Job', 'Incident when an attempt fails', 'Incident when it has not succeeded for'],
    ...jobsOfStage(STAGES.prod).map((job) => {
      const { missedAfterSeconds, reason = '' } = monitoringOf(
        job,
        DEFAULTS.GCP_SCHEDULER_TIMEZONE,
      );
      const missed = missedAfterSeconds === undefined ? reason : formatDuration(missedAfterSeconds);
      return [code(job.task), 'yes', missed];
    }),
  ],
  cron: () => [
    ['Pattern', 'Meaning'],
    ...CRON_EXAMPLES.map((cron) => [code(cron), scheduleInWords(cron)]),
  ],
} as const satisfies Readonly<Record<string, () => string[][]>>;

function code(text: string): string {
  return `\`${text}\``;
}
