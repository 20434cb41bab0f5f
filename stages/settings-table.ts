import { DEFAULTS } from './settings';

/** The settings of the stacks: their default and their meaning, in Markdown. */
export const SETTINGS: Readonly<Record<string, readonly [fallback: string, meaning: string]>> = {
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
  TF_CLI_ARGS_: [
    'none',
    'Terraform’s own; refused with options that choose another state or another plan, such as `-target`',
  ],
  IMPORT_EXISTING: [
    'none',
    'Jobs to import: `prod`, or `prod/clear-sessions,prod/cleanup-stuck-runs`',
  ],
};

function code(text: string): string {
  return `\`${text}\``;
}
