/** A call of the live API as it was recorded, in our words: `{project}` and so on stand for names. */
export interface Recording {
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly status: number;
  /** The whole answer; `TIME`, `ID` and `ANY` stand for a timestamp, a number and any string. */
  readonly answer?: object;
  /** Fields that the sandbox adds, with the reason. */
  readonly added?: Readonly<Record<string, string>>;
}

/** Recordings of one resource's life, in order. */
export interface Session {
  readonly source: string;
  readonly recordings: readonly Recording[];
}

const K8S = 'GoogleCloudPlatform/k8s-config-connector, facts from';
const BASIC = 'pkg/test/resourcefixture/testdata/basic';

const PUBSUB_JOB = {
  name: '{parent}/jobs/recorded',
  description: 'recorded',
  pubsubTarget: { topicName: 'projects/{project}/topics/recorded', data: 'dGVzdA==' },
  schedule: '*/2 * * * *',
  timeZone: 'EST',
};
const STORED_JOB = { ...PUBSUB_JOB, userUpdateTime: 'TIME', state: 'ENABLED' };
/** The recordings are of 2024; the two were seen on the live API in 2026. */
const SINCE_2024 = {
  scheduleTime: 'the live API adds it a few seconds later',
  status: 'the live API of 2026 shows code -1 before the first run',
};

const TOPIC = { name: 'projects/{project}/topics/recorded', labels: { a: 'b' } };

const ACCOUNT = '{account}@{project}.iam.gserviceaccount.com';
const ACCOUNT_NAME = `projects/{project}/serviceAccounts/${ACCOUNT}`;
const STORED_ACCOUNT = {
  name: ACCOUNT_NAME,
  projectId: '{project}',
  uniqueId: 'ID',
  email: ACCOUNT,
  displayName: 'Recorded',
  description: 'All fields',
  etag: 'ANY',
  oauth2ClientId: 'ID',
};

const METRIC = { name: 'recorded', description: 'Recorded', filter: 'severity="ERROR"' };
const METRIC_TYPE = 'logging.googleapis.com/user/recorded';

const CHANNEL = {
  type: 'email',
  displayName: 'Recorded',
  labels: { email_address: 'dev@example.com' },
};

export const SESSIONS: readonly Session[] = [
  {
    source: `${K8S} ${BASIC}/cloudscheduler/v1beta1/cloudschedulerjob/cloudschedulerjob/_vcr_cassettes`,
    recordings: [
      {
        what: 'a missing topic',
        method: 'GET',
        path: '/v1/projects/{project}/topics/recorded?alt=json',
        status: 404,
      },
      {
        what: 'creating the topic',
        method: 'PUT',
        path: '/v1/projects/{project}/topics/recorded?alt=json',
        body: { labels: { a: 'b' } },
        status: 200,
        answer: TOPIC,
      },
      {
        what: 'reading the topic',
        method: 'GET',
        path: '/v1/projects/{project}/topics/recorded?alt=json',
        status: 200,
        answer: TOPIC,
      },
      {
        what: 'a missing job',
        method: 'GET',
        path: '/v1/{parent}/jobs/recorded?alt=json',
        status: 404,
      },
      {
        what: 'creating the job, without retryConfig and attemptDeadline',
        method: 'POST',
        path: '/v1/{parent}/jobs?alt=json',
        body: PUBSUB_JOB,
        status: 200,
        answer: STORED_JOB,
        added: SINCE_2024,
      },
      {
        what: 'reading the job',
        method: 'GET',
        path: '/v1/{parent}/jobs/recorded?alt=json',
        status: 200,
        answer: STORED_JOB,
        added: SINCE_2024,
      },
      {
        what: 'another schedule, without a mask',
        method: 'PATCH',
        path: '/v1/{parent}/jobs/recorded?alt=json',
        body: { ...PUBSUB_JOB, schedule: '*/5 * * * *' },
        status: 200,
        answer: { ...STORED_JOB, schedule: '*/5 * * * *' },
        added: SINCE_2024,
      },
      {
        what: 'deleting the job',
        method: 'DELETE',
        path: '/v1/{parent}/jobs/recorded?alt=json',
        status: 200,
        answer: {},
      },
      {
        what: 'reading the deleted job',
        method: 'GET',
        path: '/v1/{parent}/jobs/recorded?alt=json',
        status: 404,
      },
      {
        what: 'deleting the topic',
        method: 'DELETE',
        path: '/v1/projects/{project}/topics/recorded?alt=json',
        status: 200,
        answer: {},
      },
    ],
  },
  {
    source: `${K8S} ${BASIC}/iam/v1beta1/iamserviceaccount/iamserviceaccount-full/_http.log`,
    recordings: [
      {
        what: 'a missing service account',
        method: 'GET',
        path: `/v1/${ACCOUNT_NAME}?alt=json&prettyPrint=false`,
        status: 404,
      },
      {
        what: 'creating the service account',
        method: 'POST',
        path: '/v1/projects/{project}/serviceAccounts?alt=json&prettyPrint=false',
        body: {
          accountId: '{account}',
          serviceAccount: { displayName: 'Recorded', description: 'All fields' },
        },
        status: 200,
        answer: STORED_ACCOUNT,
      },
      {
        what: 'changing its texts: the answer has only these',
        method: 'PATCH',
        path: `/v1/${ACCOUNT_NAME}?alt=json&prettyPrint=false`,
        body: {
          serviceAccount: { displayName: 'Changed', description: 'Changed too', etag: 'abcd' },
          updateMask: 'description,display_name',
        },
        status: 200,
        answer: { name: ACCOUNT_NAME, displayName: 'Changed', description: 'Changed too' },
      },
      {
        what: 'reading the changed account',
        method: 'GET',
        path: `/v1/${ACCOUNT_NAME}?alt=json&prettyPrint=false`,
        status: 200,
        answer: { ...STORED_ACCOUNT, displayName: 'Changed', description: 'Changed too' },
      },
      {
        what: 'deleting the account',
        method: 'DELETE',
        path: `/v1/${ACCOUNT_NAME}?alt=json&prettyPrint=false`,
        status: 200,
        answer: {},
      },
    ],
  },
  {
    source: `${K8S} ${BASIC}/logging/v1beta1/logginglogmetric/logginglogmetric-nometricdescriptor/_http.log`,
    recordings: [
      {
        what: 'a missing metric',
        method: 'GET',
        path: '/v2/projects/{project}/metrics/recorded?alt=json&prettyPrint=false',
        status: 404,
      },
      {
        what: 'creating a metric without a descriptor',
        method: 'POST',
        path: '/v2/projects/{project}/metrics?alt=json&prettyPrint=false',
        body: METRIC,
        status: 200,
        answer: {
          ...METRIC,
          createTime: 'TIME',
          updateTime: 'TIME',
          metricDescriptor: {
            name: `projects/{project}/metricDescriptors/${METRIC_TYPE}`,
            type: METRIC_TYPE,
            description: 'Recorded',
            metricKind: 'DELTA',
            valueType: 'INT64',
            unit: '1',
          },
        },
      },
      {
        what: 'deleting the metric',
        method: 'DELETE',
        path: '/v2/projects/{project}/metrics/recorded?alt=json&prettyPrint=false',
        status: 200,
        answer: {},
      },
    ],
  },
  {
    source: `${K8S} mockgcp/mockmonitoring/testdata/monitoringnotificationchannel/crud/_http.log`,
    recordings: [
      {
        what: 'creating a notification channel',
        method: 'POST',
        path: '/v3/projects/{project}/notificationChannels?alt=json',
        body: CHANNEL,
        status: 200,
        answer: {
          ...CHANNEL,
          name: 'ANY',
          enabled: true,
          creationRecord: { mutateTime: 'TIME' },
          mutationRecords: [{ mutateTime: 'TIME' }],
        },
      },
    ],
  },
  {
    source: `${K8S} mockgcp/mockserviceusage/testdata/service/crud/_http.log`,
    recordings: [
      {
        what: 'enabling APIs; the sandbox answers with the finished operation at once',
        method: 'POST',
        path: '/v1/projects/{project}/services:batchEnable?alt=json',
        body: { serviceIds: ['compute.googleapis.com'] },
        status: 200,
        answer: {
          name: 'ANY',
          done: true,
          metadata: { '@type': 'type.googleapis.com/google.api.serviceusage.v1.OperationMetadata' },
          response: {
            '@type': 'type.googleapis.com/google.api.serviceusage.v1.BatchEnableServicesResponse',
            services: [
              {
                name: 'projects/{number}/services/compute.googleapis.com',
                parent: 'projects/{number}',
                state: 'ENABLED',
              },
            ],
          },
        },
        added: {
          'response.services.0.config': 'the reference has it; the recording removed it',
          'metadata.resourceNames': 'the reference has it; the recording removed it',
        },
      },
    ],
  },
];
