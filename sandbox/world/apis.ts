/** Every API that the sandbox serves; all are enabled initially. */
export const APIS = [
  'cloudbilling.googleapis.com',
  'cloudresourcemanager.googleapis.com',
  'cloudscheduler.googleapis.com',
  'compute.googleapis.com',
  'iam.googleapis.com',
  'logging.googleapis.com',
  'monitoring.googleapis.com',
  'pubsub.googleapis.com',
  'run.googleapis.com',
  'serviceusage.googleapis.com',
] as const;

export type Api = (typeof APIS)[number];
