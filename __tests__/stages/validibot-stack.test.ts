import { AnnotationMetadataEntryType } from 'cdktf';
import { STAGE_NAMES } from '../../stages/stages';
import { GOOGLE_PROVIDER } from '../../stages/versions';
import { configurationOfStage, stackOf } from '../support/stages';

const STAGES = [
  { stage: 'dev', worker: 'validibot-worker-dev' },
  { stage: 'staging', worker: 'validibot-worker-staging' },
  { stage: 'prod', worker: 'validibot-worker' },
] as const;

describe.each(STAGES)('validibot-$stage', ({ stage, worker }) => {
  const configuration = configurationOfStage(stage);

  it('states the version of terraform and pins the provider', () => {
    expect(configuration.terraform).toMatchObject({
      required_version: '>= 1.6.0',
      required_providers: { google: { source: 'google', version: GOOGLE_PROVIDER } },
    });
  });

  it('has one provider, with batching off', () => {
    expect(configuration.provider).toEqual({
      google: [
        {
          project: '${var.project_id}',
          region: 'australia-southeast1',
          batching: [{ enable_batching: false }],
        },
      ],
    });
  });

  it('looks up its worker, not the web service, and fails at plan without its URL', () => {
    expect(configuration.data?.google_cloud_run_v2_service).toEqual({
      worker: {
        name: worker,
        location: 'australia-southeast1',
        lifecycle: {
          postcondition: [
            {
              condition: '${self.uri != null && self.uri != ""}',
              error_message:
                `Cloud Run service ${worker} in australia-southeast1 ` +
                'of project ${var.project_id} has no URL: it has no ready revision. ' +
                `Fix: run just gcp deploy-worker ${stage} (in Validibot's repository; ` +
                `older versions: just gcp-deploy-all ${stage}).`,
            },
          ],
        },
      },
    });
    expect(JSON.stringify(configuration)).not.toMatch(/-web\b/);
  });

  it('looks up its account and creates none', () => {
    expect(configuration.data?.google_service_account).toEqual({
      scheduler: {
        account_id:
          `validibot-cloudrun-${stage}@` +
          '${join(".", reverse(split(":", var.project_id)))}.iam.gserviceaccount.com',
      },
    });
    expect(configuration.resource).not.toHaveProperty('google_service_account');
  });

  it('adds one role for one account on one service, and removes no grants', () => {
    const grants = Object.entries(configuration.resource ?? {}).filter(([type]) =>
      /_iam_|_access_/.test(type),
    );

    expect(grants).toEqual([
      [
        'google_cloud_run_v2_service_iam_member',
        {
          'worker-invoker': {
            name: '${data.google_cloud_run_v2_service.worker.name}',
            location: '${data.google_cloud_run_v2_service.worker.location}',
            role: 'roles/run.invoker',
            member: '${data.google_service_account.scheduler.member}',
          },
        },
      ],
    ]);
  });

  it('enables the API and keeps it enabled', () => {
    expect(configuration.resource?.google_project_service).toMatchObject({
      'cloudscheduler-api': {
        service: 'cloudscheduler.googleapis.com',
        disable_on_destroy: false,
      },
    });
  });

  it('creates jobs after the API and the grant, in the region, without setting paused', () => {
    const jobs = Object.values(configuration.resource?.google_cloud_scheduler_job ?? {});

    expect(jobs).toHaveLength(6);
    for (const job of jobs) {
      expect(job).toMatchObject({
        region: 'australia-southeast1',
        depends_on: [
          'google_project_service.cloudscheduler-api',
          'google_cloud_run_v2_service_iam_member.worker-invoker',
        ],
      });
      expect(job).not.toHaveProperty('paused');
    }
  });

  it('outputs the worker, the jobs by task and the console', () => {
    expect(configuration.output).toMatchObject({
      worker_url: { value: '${data.google_cloud_run_v2_service.worker.uri}' },
      console_url: {
        value: 'https://console.cloud.google.com/cloudscheduler?project=${var.project_id}',
      },
      job_ids: {
        value: {
          'clear-sessions': '${google_cloud_scheduler_job.clear-sessions.id}',
          'cleanup-idempotency-keys': '${google_cloud_scheduler_job.cleanup-idempotency-keys.id}',
          'cleanup-callback-receipts': '${google_cloud_scheduler_job.cleanup-callback-receipts.id}',
          'purge-expired-submissions': '${google_cloud_scheduler_job.purge-expired-submissions.id}',
          'process-purge-retries': '${google_cloud_scheduler_job.process-purge-retries.id}',
          'cleanup-stuck-runs': '${google_cloud_scheduler_job.cleanup-stuck-runs.id}',
        },
      },
    });
  });
});

describe('the variable project_id', () => {
  const variable = (projectId: string): unknown =>
    configurationOfStage('prod', { GCP_PROJECT_ID: projectId }).variable?.project_id;

  it('is GCP_PROJECT_ID by default', () => {
    expect(variable('example.com:my-project')).toMatchObject({
      type: 'string',
      default: 'example.com:my-project',
    });
  });

  it('is empty otherwise, and its error names both ways to set it', () => {
    expect(variable('')).toMatchObject({
      default: '',
      validation: [
        {
          condition:
            '${can(regex("^([a-z0-9.-]+[.][a-z]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))}',
          error_message:
            'project_id is empty or not a project id. Fix: set GCP_PROJECT_ID before synth, ' +
            'or the Terraform variable project_id (TF_VAR_project_id, ' +
            'or a variable of the HCP Terraform workspace).',
        },
      ],
    });
  });
});

it('uses the settings everywhere', () => {
  const configuration = configurationOfStage('dev', {
    GCP_REGION: 'europe-west12',
    GCP_APP_NAME: 'other',
    GCP_SCHEDULER_TIMEZONE: 'UTC',
  });
  const text = JSON.stringify(configuration);

  expect(text).not.toMatch(/australia|sydney|validibot-(worker|cloudrun|cl|pu|pr)/i);
  expect(text).toContain('"name":"other-worker-dev"');
  expect(text).toContain('"account_id":"other-cloudrun-dev@');
  expect(text).toContain('"name":"other-clear-sessions-dev"');
  expect(text.match(/"time_zone":"UTC"/g)).toHaveLength(6);
  // The provider, the worker and six jobs.
  expect(text.match(/"(region|location)":"europe-west12"/g)).toHaveLength(8);
});

const WARNING: string = AnnotationMetadataEntryType.WARN;

/** The warnings of a stack itself, not of its constructs. */
function warnings(...args: Parameters<typeof stackOf>): unknown[] {
  return stackOf(...args)
    .node.metadata.filter(({ type }) => type === WARNING)
    .map(({ data }): unknown => data);
}

const NOTIFIED = { ALERT_EMAILS: 'ops@example.com' };

describe('the warning that no one will be notified', () => {
  const NO_CHANNELS =
    'No one will be notified when a job fails or misses a run: ' +
    'incidents are only visible in the console. Fix: set ALERT_EMAILS or ALERT_CHANNELS.';

  it('is shown for every stage without a channel', () => {
    const shared = { TF_STATE_BUCKET: 'my-bucket' };
    for (const stage of STAGE_NAMES) expect(warnings(stage, shared)).toEqual([NO_CHANNELS]);
  });

  it('is not shown with a channel', () => {
    expect(warnings('dev', NOTIFIED)).toEqual([]);
    expect(warnings('dev', { ALERT_CHANNELS: 'projects/p/notificationChannels/1' })).toEqual([]);
  });
});

describe('the warning of local state', () => {
  it('is shown for production', () => {
    expect(warnings('prod', NOTIFIED)).toEqual([
      'the state of production is only on this machine, in /state. ' +
        'Fix: set TF_CLOUD_ORGANIZATION or TF_STATE_BUCKET to share it.',
    ]);
  });

  it('is not shown for shared state or other stages', () => {
    expect(warnings('prod', { ...NOTIFIED, TF_STATE_BUCKET: 'my-bucket' })).toEqual([]);
    expect(warnings('prod', { ...NOTIFIED, TF_CLOUD_ORGANIZATION: 'mine' })).toEqual([]);
    expect(warnings('dev', NOTIFIED)).toEqual([]);
    expect(warnings('staging', NOTIFIED)).toEqual([]);
  });
});
