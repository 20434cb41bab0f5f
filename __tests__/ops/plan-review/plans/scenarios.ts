import { serviceAccountEmail } from '../../../../stages/naming';
import type { StageName } from '../../../../stages/stages';
import type { Block, Configuration } from '../../../support/scheduled-job';

/** Google Cloud, for changes outside Terraform. */
export interface Place {
  /** `projects/P/locations/R/jobs` */
  readonly jobs: string;
  readonly call: (method: string, resource: string, body?: unknown) => void;
}

/** How a plan is made; by default, it is the plan after an apply. */
export interface Scenario {
  /** @default prod */
  readonly stage?: StageName;
  /** What is applied first; null for nothing. @default - the stage unchanged */
  readonly applied?: ((base: Configuration) => Configuration) | null;
  /** What happens outside Terraform between the apply and the plan. */
  readonly meanwhile?: (place: Place) => void;
  /** What is planned. @default - the stage unchanged */
  readonly planned?: (base: Configuration) => Configuration;
  readonly options?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly fails?: boolean;
}

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  create: { applied: null },
  empty: {},
  update: {
    planned: job('clear-sessions', (block) => ({
      ...block,
      schedule: '30 4 * * 1-5',
      attempt_deadline: '900s',
      description: 'Remove sessions | <b>now</b> `soon` @octocat',
    })),
  },
  'hardly-runs': {
    planned: job('process-purge-retries', (block) => ({ ...block, schedule: '0 0 1 1 *' })),
  },
  'time-zone': {
    stage: 'dev',
    planned: job('clear-sessions', (block) => ({ ...block, time_zone: 'Europe/London' })),
  },
  security: {
    planned: job('clear-sessions', (block) => ({
      ...block,
      http_target: {
        ...(block.http_target as Block),
        uri: 'https://elsewhere.example.com/api/v1/scheduled/clear-sessions/',
        oidc_token: {
          service_account_email: 'other@elsewhere.iam.gserviceaccount.com',
          audience: 'https://elsewhere.example.com/',
        },
      },
    })),
  },
  headers: {
    stage: 'dev',
    applied: job('clear-sessions', withHeaders({ 'X-Key': 'one', 'X-Old': 'two' }, 'b25l')),
    planned: job('clear-sessions', withHeaders({ 'X-Key': 'three', 'X-New': 'four' }, 'dHdv')),
  },
  paused: { planned: job('process-purge-retries', (block) => ({ ...block, paused: true })) },
  'paused-dev': {
    stage: 'dev',
    planned: job('process-purge-retries', (block) => ({ ...block, paused: true })),
  },
  replace: {
    planned: job('clear-sessions', (block) => ({ ...block, name: 'validibot-tidy-sessions' })),
  },
  rename: { planned: (base) => withoutJob('clear-sessions')(withTidySessions(base)) },
  destroy: { planned: withoutJob('cleanup-callback-receipts') },
  'destroy-all': { stage: 'staging', options: ['-destroy'] },
  forget: {
    planned: (base) => ({
      ...withoutJob('clear-sessions')(base),
      removed: {
        from: 'google_cloud_scheduler_job.clear-sessions',
        lifecycle: { destroy: false },
      },
    }),
  },
  moved: {
    planned: (base) => ({
      ...withJob(
        'tidy-sessions',
        jobBlock(base, 'clear-sessions'),
      )(withoutJob('clear-sessions')(base)),
      moved: {
        from: 'google_cloud_scheduler_job.clear-sessions',
        to: 'google_cloud_scheduler_job.tidy-sessions',
      },
    }),
  },
  'grant-removed': {
    planned: without('google_cloud_run_v2_service_iam_member'),
  },
  'api-disabled': {
    applied: api((block) => ({ ...block, disable_on_destroy: true })),
    planned: without('google_project_service'),
  },
  unknown: {
    planned: (base) =>
      withJob('clear-sessions', {
        ...jobBlock(base, 'clear-sessions'),
        schedule: '${terraform_data.later.output}',
      })({
        ...base,
        resource: { ...base.resource, terraform_data: { later: { input: '0 5 * * *' } } },
      }),
  },
  sensitive: {
    planned: (base) =>
      withJob('clear-sessions', {
        ...jobBlock(base, 'clear-sessions'),
        description: '${sensitive("a secret description")}',
      })(base),
  },
  import: {
    stage: 'dev',
    applied: null,
    env: { IMPORT_EXISTING: 'dev' },
    meanwhile: ({ jobs, call }) => {
      for (const [task, schedule] of [
        ['clear-sessions', '0 2 * * *'],
        ['cleanup-callback-receipts', '0 4 * * 0'],
        ['process-purge-retries', '*/5 * * * *'],
      ] as const) {
        call('POST', jobs, gcloudJob(jobs, `validibot-${task}-dev`, schedule));
      }
    },
  },
  drift: {
    meanwhile: ({ jobs, call }) => {
      const clear = `${jobs}/validibot-clear-sessions`;
      call('PATCH', `${clear}?updateMask=schedule`, { schedule: '0 6 * * *' });
      call('POST', `${jobs}/validibot-process-purge-retries:pause`);
      call('DELETE', `${jobs}/validibot-cleanup-callback-receipts`);
    },
  },
  'drift-and-change': {
    meanwhile: ({ jobs, call }) => {
      const clear = `${jobs}/validibot-clear-sessions`;
      call('PATCH', `${clear}?updateMask=schedule,description`, {
        schedule: '0 6 * * *',
        description: 'By hand',
      });
    },
    planned: job('clear-sessions', (block) => ({
      ...block,
      schedule: '0 5 * * *',
      description: 'By hand',
    })),
  },
  'refresh-only': {
    meanwhile: ({ jobs, call }) => {
      call('POST', `${jobs}/validibot-process-purge-retries:pause`);
    },
    options: ['-refresh-only'],
  },
  errored: {
    meanwhile: ({ call }) => {
      call('POST', '../_sandbox/faults', { fault: 'worker-missing', stage: 'prod' });
    },
    planned: job('clear-sessions', (block) => ({ ...block, schedule: '0 5 * * *' })),
    fails: true,
  },
};

type Change = (base: Configuration) => Configuration;

export function unchanged(base: Configuration): Configuration {
  return base;
}

function job(name: string, change: (block: Block) => Block): Change {
  return (base) => withJob(name, change(jobBlock(base, name)))(base);
}

function api(change: (block: Block) => Block): Change {
  return (base) => {
    const services = Object.entries(base.resource?.google_project_service ?? {});
    return {
      ...base,
      resource: {
        ...base.resource,
        google_project_service: Object.fromEntries(
          services.map(([name, block]) => [name, change(block)]),
        ),
      },
    };
  };
}

function withJob(name: string, block: Block): Change {
  return (base) => ({
    ...base,
    resource: {
      ...base.resource,
      google_cloud_scheduler_job: { ...base.resource?.google_cloud_scheduler_job, [name]: block },
    },
  });
}

function withoutJob(name: string): Change {
  return (base) => {
    const jobs = Object.entries(base.resource?.google_cloud_scheduler_job ?? {});
    const rest = jobs.filter(([other]) => other !== name);
    return {
      ...base,
      resource: { ...base.resource, google_cloud_scheduler_job: Object.fromEntries(rest) },
    };
  };
}

/** Removes the resources of a type, and the jobs' dependencies. */
function without(removed: string): Change {
  return ({ resource, ...rest }) => {
    const others = Object.entries(resource ?? {}).filter(([type]) => type !== removed);
    const { google_cloud_scheduler_job: jobs = {}, ...kept } = Object.fromEntries(others);
    const free = Object.entries(jobs).map(([name, block]) => [name, independent(block)]);
    return {
      ...rest,
      resource: { ...kept, google_cloud_scheduler_job: Object.fromEntries(free) as typeof jobs },
    };
  };
}

function independent(block: Block): Block {
  return Object.fromEntries(Object.entries(block).filter(([key]) => key !== 'depends_on'));
}

function withTidySessions(base: Configuration): Configuration {
  const block = jobBlock(base, 'clear-sessions');
  return withJob('tidy-sessions', { ...block, name: 'validibot-tidy-sessions' })(base);
}

function withHeaders(headers: Readonly<Record<string, string>>, body: string) {
  return (block: Block): Block => ({
    ...block,
    http_target: { ...(block.http_target as Block), headers, body },
  });
}

function jobBlock({ resource }: Configuration, name: string): Block {
  const block = resource?.google_cloud_scheduler_job?.[name];
  if (block === undefined) throw new Error(`The stack has no job ${name}`);
  return block;
}

/** A job as Validibot's own gcloud recipes create it. */
function gcloudJob(jobs: string, name: string, schedule: string): unknown {
  const project = jobs.split('/')[1] ?? '';
  const account = serviceAccountEmail('validibot', 'dev', project);
  const uri = `https://worker.example.com/api/v1/scheduled/${name}/`;
  return {
    name: `${jobs}/${name}`,
    description: 'Made by hand',
    schedule,
    timeZone: 'Australia/Sydney',
    attemptDeadline: '180s',
    httpTarget: {
      uri,
      httpMethod: 'POST',
      oidcToken: { serviceAccountEmail: account, audience: uri },
    },
    retryConfig: {
      maxRetryDuration: '0s',
      minBackoffDuration: '5s',
      maxBackoffDuration: '3600s',
      maxDoublings: 5,
    },
  };
}
