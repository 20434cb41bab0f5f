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

/** The README's generated tables, by name: cells in Markdown, the head first. */
export const README_TABLES: Readonly<Record<string, () => string[][]>> = {
  jobs: () => [
    ['Job (prod)', 'Schedule', 'In words', 'Endpoint', 'Purpose'],
    ...TASK_NAMES.map((task) => {
      const { schedule, endpoint, purpose } = JOBS[task];
      const name = jobName(DEFAULTS.GCP_APP_NAME, task, 'prod');
      return [code(name), code(schedule), scheduleInWords(schedule), code(endpoint), purpose];
    }),
  ],
  settings: () => [
    ['Variable', 'Default', 'Meaning'],
    ...Object.entries(SETTINGS).map(([variable, [fallback, meaning]]) => [
      code(variable),
      fallback,
      meaning,
    ]),
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
};

const SETTINGS: Readonly<Record<string, readonly [fallback: string, meaning: string]>> = {
  GCP_PROJECT_ID: [
    'none',
    'Project id; default of the Terraform variable `project_id`, which can be set instead',
  ],
  GCP_REGION: [code(DEFAULTS.GCP_REGION), 'Region of the worker and of the jobs'],
  GCP_APP_NAME: [
    code(DEFAULTS.GCP_APP_NAME),
    'Prefix of the names of services, accounts and jobs; at most 13 characters',
  ],
  GCP_SCHEDULER_TIMEZONE: [code(DEFAULTS.GCP_SCHEDULER_TIMEZONE), 'Time zone of every schedule'],
  TF_CLOUD_ORGANIZATION: ['none', 'Keep the state in HCP Terraform, one workspace per stack'],
  TF_CLOUD_HOSTNAME: [
    code('app.terraform.io'),
    'Host of Terraform Enterprise; only with `TF_CLOUD_ORGANIZATION`',
  ],
  TF_STATE_BUCKET: ['none', 'Keep the state in this Cloud Storage bucket, one prefix per stack'],
  TF_STATE_DIR: ['the project’s root', 'Folder of the state files when neither is set'],
  ALERT_EMAILS: ['none', 'Email addresses that are notified of incidents, comma-separated'],
  ALERT_CHANNELS: [
    'none',
    'Existing notification channels, comma-separated: `projects/PROJECT/notificationChannels/NUMBER`',
  ],
  TF_WORKSPACE: ['none', 'Refused: it would give every stage a second state'],
  IMPORT_EXISTING: [
    'none',
    'Jobs to import: `prod`, or `prod/clear-sessions,prod/cleanup-stuck-runs`',
  ],
};

function code(text: string): string {
  return `\`${text}\``;
}
