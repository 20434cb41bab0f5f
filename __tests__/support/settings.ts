import { STAGE_NAMES } from '../../stages/stages';

/** Named settings that together reach every branch of the stacks. */
export const EVERY_BRANCH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'nothing set': { TF_STATE_DIR: '/state' },
  'everything set, state in a bucket': {
    GCP_PROJECT_ID: 'example.com:my-project',
    GCP_REGION: 'europe-west12',
    GCP_APP_NAME: 'thirteenchars',
    GCP_SCHEDULER_TIMEZONE: 'UTC',
    TF_STATE_BUCKET: 'my-bucket',
    ALERT_EMAILS: 'ops@example.com',
    ALERT_CHANNELS: 'projects/my-project/notificationChannels/1',
  },
  'HCP Terraform, and every job imported': {
    TF_CLOUD_ORGANIZATION: 'my-organization',
    IMPORT_EXISTING: STAGE_NAMES.join(),
  },
};
