/** Acceptance tests of the provider for one service. */
export interface Suite {
  /** The folder below `google/services`. */
  readonly service: string;
  /** A regular expression of Go's `-run`. */
  readonly tests: string;
  /** The only region of the sandbox; some tests name theirs. */
  readonly region: string;
}

export const SUITES: readonly Suite[] = [
  { service: 'cloudscheduler', tests: '^TestAccCloudSchedulerJob_', region: 'us-west2' },
  { service: 'logging', tests: '^TestAccLoggingMetric_', region: 'us-central1' },
  {
    service: 'monitoring',
    tests: '^TestAccMonitoring(NotificationChannel|AlertPolicy)',
    region: 'us-central1',
  },
  { service: 'cloudrunv2', tests: '^TestAccCloudRunV2ServiceIam', region: 'us-central1' },
  {
    service: 'resourcemanager',
    tests: '^TestAcc(ProjectService|ServiceAccount)_',
    region: 'us-central1',
  },
];

const BUCKETS = "needs Cloud Logging's log buckets";
const PROJECTS = 'needs a second project';
const SKIPPED = 'the provider skips it';
const TERRAFORM = 'needs Terraform 1.12';

/** Why tests fail or are skipped, in all versions or in one; all others must pass. */
export const REASONS: Readonly<Record<string, string>> = {
  TestAccLoggingMetric_loggingBucket: BUCKETS,
  TestAccLoggingMetric_loggingMetricLoggingBucketExample: BUCKETS,
  TestAccMonitoringNotificationChannel_updateLabels_slack: SKIPPED,
  TestAccMonitoringNotificationChannel_updateSensitiveLabels_slack: SKIPPED,
  TestAccMonitoringNotificationChannel_updateSensitiveLabelsWo_slack: SKIPPED,
  'TestAccCloudRunV2ServiceIamMemberGenerated 7.45.0': TERRAFORM,
  TestAccProjectService_basic: PROJECTS,
  TestAccProjectService_disableDependentServices: PROJECTS,
  TestAccProjectService_handleNotFound: PROJECTS,
  TestAccProjectService_renamedService: SKIPPED,
  TestAccProjectService_importBlockWithResourceIdentity: TERRAFORM,
  TestAccServiceAccount_importBlockWithResourceIdentity: TERRAFORM,
};
