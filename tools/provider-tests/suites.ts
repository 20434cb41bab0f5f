/** Acceptance tests of the provider for one service. */
export interface Suite {
  /** The folder below `google/services`. */
  readonly service: string;
  /** A regular expression of Go's `-run`. */
  readonly tests: string;
  /** What tests need that the sandbox does not emulate; they fail. */
  readonly needs?: Readonly<Record<string, string>>;
}

const BUCKETS = "Cloud Logging's log buckets";
const SERVICES = 'creating a Cloud Run service';
const PROJECTS = 'creating a project';

export const SUITES: readonly Suite[] = [
  { service: 'cloudscheduler', tests: '^TestAccCloudSchedulerJob_' },
  {
    service: 'logging',
    tests: '^TestAccLoggingMetric_',
    needs: {
      TestAccLoggingMetric_loggingBucket: BUCKETS,
      TestAccLoggingMetric_loggingMetricLoggingBucketExample: BUCKETS,
    },
  },
  { service: 'monitoring', tests: '^TestAccMonitoring(NotificationChannel|AlertPolicy)' },
  {
    service: 'cloudrunv2',
    tests: '^TestAccCloudRunV2ServiceIam',
    needs: {
      TestAccCloudRunV2ServiceIamBindingGenerated: SERVICES,
      TestAccCloudRunV2ServiceIamMemberGenerated: SERVICES,
      TestAccCloudRunV2ServiceIamPolicyGenerated: SERVICES,
    },
  },
  {
    service: 'resourcemanager',
    tests: '^TestAcc(ProjectService|ServiceAccount)_',
    needs: {
      TestAccProjectService_basic: PROJECTS,
      TestAccProjectService_disableDependentServices: PROJECTS,
      TestAccProjectService_handleNotFound: PROJECTS,
    },
  },
];
