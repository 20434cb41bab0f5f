import type { FindingId } from '../../../ops/checks/findings';
import { missedRunsAlertName } from '../../../constructs/core/alert-names';
import { JOBS } from '../../../stages/jobs';
import { NOT_MANAGED } from '../../../stages/not-managed';
import { STAGES } from '../../../stages/stages';
import type { Snapshot } from '../../../ops/checks/snapshot';
import { ABSENT, INVOKER, JOB, reading, SERVICE, snapshotWith } from './snapshot-with';
import type { OpsSandbox } from '../support';

/** A step of a fix, as `doctor --json` prints it. */
export interface StepInJson {
  readonly kind: string;
  readonly command?: string;
  readonly where?: string;
  readonly when?: string;
  readonly file?: string;
  readonly alternative?: true;
}

/** What makes the doctor find something, and how its fix is carried out. */
export interface Proof {
  /** Makes it so, for a job of dev that no other proof touches. */
  readonly breakIt?: (sandbox: OpsSandbox, job: string) => Promise<unknown>;
  /** Why the fix is not carried out by a test. @default - it is */
  readonly notCarriedOut?: string;
  /** Whether it is carried out again with terraform and the real provider. */
  readonly byTerraform?: true;
  /** The task of the job. @default clear-sessions */
  readonly task?: string;
  /** Whether the stage is left undeployed. */
  readonly undeployed?: true;
  /** A state that the sandbox cannot be in: the check alone finds it. */
  readonly unit?: Snapshot;
  /** Makes the change that the step asks for; it is undone after the test. */
  readonly edit?: (job: string) => void;
  /** Whether the condition of a step is met. @default - it is */
  readonly isMet?: (step: StepInJson) => boolean;
}

const CALLER =
  'the sandbox lets everyone do everything, so a permission is only missing by an injected error';
const OTHER_REPOSITORY =
  "the recipe is Validibot's; the test takes the fault away as the recipe would";
const UNIT = 'the sandbox cannot be in this state';

const fault =
  (body: object) =>
  (sandbox: OpsSandbox): Promise<void> =>
    sandbox.fault(body);

const denied = (path: string): Proof => ({
  breakIt: fault({ fault: 'call', code: 403, path }),
  notCarriedOut: CALLER,
});

/** The worker answers the next attempt with a status. */
const attempt =
  (status: number) =>
  async (sandbox: OpsSandbox, job: string): Promise<void> => {
    await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status, times: 1 });
    await sandbox.ops('run', job);
  };

const patch =
  (job: object, mask: string) =>
  (sandbox: OpsSandbox, name: string): Promise<void> =>
    sandbox.patchJob(name, job, mask);

async function retarget(sandbox: OpsSandbox, job: string, origin: string): Promise<void> {
  const { httpTarget } = (await sandbox.job(job)) as { httpTarget: { uri: string } };
  const uri = `${origin}${new URL(httpTarget.uri).pathname}`;
  await sandbox.patchJob(job, { httpTarget: { uri } }, 'httpTarget.uri');
}

/** A job that is due while it is paused, and enabled again. */
async function missRuns(sandbox: OpsSandbox, job: string): Promise<void> {
  await sandbox.pauseJob(job);
  await sandbox.advance(3600);
  await sandbox.ops('resume', job);
}

/** The snooze of its alert keeps who paused it. */
async function pauseForAnHour(sandbox: OpsSandbox, job: string): Promise<void> {
  await sandbox.createAlert(missedRunsAlertName(job));
  await sandbox.ops('pause', job, '--for', '1h');
}

/** An attempt that takes so many seconds, and succeeds. */
function slowRun(seconds: number) {
  return async (sandbox: OpsSandbox, job: string): Promise<void> => {
    await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds, times: 1 });
    await sandbox.ops('run', job, '--no-wait');
    await sandbox.advance(seconds + 1);
  };
}

/** A job of the tests' own table, whatever the shipped one has. */
function entryOf(task: string): { schedule: string } {
  const entry = (JOBS as Readonly<Record<string, { schedule: string }>>)[task];
  if (entry === undefined) throw new Error(`${task} is not in the table`);
  return entry;
}

const FREQUENT = 'process-purge-retries';
const { schedule: FREQUENTLY } = entryOf(FREQUENT);
const ALERT = 'A scheduled job of validibot-dev failed';
let second = '';

/** A proof of each finding: a new one does not compile without. */
export const PROOFS: Readonly<Record<FindingId, Proof>> = {
  'credentials-rejected': {
    breakIt: fault({ fault: 'call', code: 401 }),
    notCarriedOut: 'the sandbox accepts any token',
  },
  'project-unreadable': denied('/v1/projects/validibot-sandbox'),
  'project-missing': { unit: snapshotWith({ project: ABSENT }), notCarriedOut: UNIT },
  'project-deleted': {
    unit: snapshotWith({
      project: reading({
        projectId: 'my-project',
        projectNumber: '1',
        lifecycleState: 'DELETE_REQUESTED',
      }),
    }),
    notCarriedOut: UNIT,
  },
  'api-disabled': { breakIt: fault({ fault: 'api-disabled', api: 'logging.googleapis.com' }) },
  'worker-unreadable': denied('/services/validibot-worker-dev'),
  'worker-missing': {
    breakIt: fault({ fault: 'worker-missing', stage: 'dev' }),
    notCarriedOut: OTHER_REPOSITORY,
  },
  'worker-not-ready': {
    unit: snapshotWith({
      worker: reading({ ...SERVICE, terminalCondition: { state: 'CONDITION_FAILED' } }),
    }),
    notCarriedOut: UNIT,
  },
  'worker-in-web-mode': {
    breakIt: fault({ fault: 'worker-in-web-mode', stage: 'dev' }),
    notCarriedOut: OTHER_REPOSITORY,
  },
  'account-unreadable': denied('/serviceAccounts/'),
  'account-missing': { breakIt: fault({ fault: 'account-missing', stage: 'dev' }) },
  'account-disabled': { breakIt: fault({ fault: 'account-disabled', stage: 'dev' }) },
  'stage-undeployed': { undeployed: true, breakIt: () => Promise.resolve(), byTerraform: true },
  'invoker-missing': {
    breakIt: fault({ fault: 'grant-missing', stage: 'dev' }),
    byTerraform: true,
  },
  'invoker-conditional': {
    unit: snapshotWith({
      workerPolicy: reading({
        bindings: INVOKER.bindings?.map((binding) => ({
          ...binding,
          condition: { title: 'until June' },
        })),
      }),
    }),
    notCarriedOut: UNIT,
  },
  'agent-role-missing': { breakIt: fault({ fault: 'agent-role-missing' }) },
  'jobs-unreadable': denied('/jobs'),
  'app-recipe-ran': {
    breakIt: async (sandbox) => {
      for (const name of await sandbox.jobNames()) {
        const { description = '' } = (await sandbox.job(name)) as { description?: string };
        const written = { description: `${description} (dev)`, timeZone: 'UTC' };
        await sandbox.patchJob(name, written, 'description,timeZone');
      }
    },
    notCarriedOut: "its first step is a change of Validibot's repository",
  },
  'job-missing': { breakIt: (sandbox, job) => sandbox.deleteJob(job), byTerraform: true },
  'job-update-failed': {
    breakIt: (sandbox, job) => sandbox.fault({ fault: 'update-failed', job }),
  },
  'job-disabled': {
    unit: snapshotWith({}, { ...JOB, state: 'DISABLED' }),
    notCarriedOut: 'only Google disables a job',
  },
  'job-paused': { breakIt: (sandbox, job) => sandbox.pauseJob(job) },
  'job-paused-until': { breakIt: pauseForAnHour },
  'job-pause-ended': {
    breakIt: async (sandbox, job) => {
      await pauseForAnHour(sandbox, job);
      await sandbox.advance(3700);
    },
  },
  'job-drifted': { breakIt: patch({ schedule: '0 9 * * *' }, 'schedule'), byTerraform: true },
  'job-drift-hidden': {
    breakIt: async (sandbox, job) => {
      const { httpTarget } = (await sandbox.job(job)) as { httpTarget: { uri: string } };
      const uri = httpTarget.uri.replace(/\/$/, '');
      await sandbox.patchJob(job, { httpTarget: { uri } }, 'httpTarget.uri');
    },
  },
  'job-not-compared': {
    breakIt: fault({ fault: 'worker-missing', stage: 'dev' }),
    notCarriedOut: OTHER_REPOSITORY,
  },
  'job-targets-web': {
    breakIt: async (sandbox, job) => {
      const [web = ''] = await sandbox.urlsOf('validibot-web-dev');
      await retarget(sandbox, job, web);
    },
    byTerraform: true,
  },
  'job-targets-other': {
    breakIt: (sandbox, job) => retarget(sandbox, job, 'http://127.0.0.1:9'),
    byTerraform: true,
  },
  'attempt-explained': {
    breakIt: async (sandbox, job) => {
      await sandbox.fault({ fault: 'grant-missing', stage: 'dev' });
      await sandbox.ops('run', job);
    },
    byTerraform: true,
  },
  'attempt-not-found': { breakIt: attempt(404) },
  'attempt-forbidden': { breakIt: attempt(403) },
  'attempt-wrong-audience': {
    breakIt: async (sandbox, job) => {
      const audience = 'https://example.com';
      const token = { httpTarget: { oidcToken: { audience } } };
      await sandbox.patchJob(job, token, 'httpTarget.oidcToken.audience');
      await sandbox.ops('run', job);
    },
    byTerraform: true,
  },
  'attempt-unauthenticated': {
    breakIt: async (sandbox, job) => {
      const reason = 'expired';
      await sandbox.fault({ fault: 'worker-rejects-token', stage: 'dev', reason, times: 1 });
      await sandbox.ops('run', job);
    },
  },
  'attempt-too-long': {
    breakIt: async (sandbox, job) => {
      await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 900, times: 1 });
      await sandbox.ops('run', job, '--no-wait');
      await sandbox.advance(601);
    },
    edit: () => {
      Object.assign(entryOf('clear-sessions'), { attemptDeadlineSeconds: 1200 });
    },
  },
  'attempt-unavailable': { breakIt: attempt(503) },
  'attempt-failed': { breakIt: attempt(500) },
  'success-missing': { breakIt: missRuns, task: FREQUENT },
  'success-overdue': {
    breakIt: async (sandbox, job) => {
      await sandbox.ops('run', job);
      await missRuns(sandbox, job);
    },
    task: FREQUENT,
  },
  'headroom-low': {
    breakIt: slowRun(500),
    edit: () => {
      Object.assign(entryOf('clear-sessions'), { attemptDeadlineSeconds: 1200 });
    },
  },
  'runs-wait': {
    breakIt: slowRun(400),
    task: FREQUENT,
    edit: () => {
      Object.assign(entryOf(FREQUENT), { schedule: '0 * * * *' });
    },
  },
  'alerts-missing': {
    // What no terraform deployed has none.
    breakIt: () => Promise.resolve(),
    notCarriedOut: 'by terraform only',
    byTerraform: true,
  },
  'alert-duplicated': {
    breakIt: async (sandbox) => {
      for (let count = 0; count < 2; count += 1) second = await sandbox.createAlert(ALERT);
    },
    // The state has the first one.
    isMet: ({ command = '' }) => command.includes(second),
  },
  'job-unmanaged': {
    breakIt: async (sandbox) => {
      const [url = ''] = await sandbox.urlsOf('validibot-worker-dev');
      const httpTarget = { uri: `${url}/x` };
      await sandbox.createJob({
        name: 'by-hand',
        schedule: '0 2 * * *',
        timeZone: 'UTC',
        httpTarget,
      });
    },
    edit: () => {
      Object.assign(NOT_MANAGED, { 'by-hand': 'a test' });
    },
  },
  unreadable: denied(':getIamPolicy'),
};

/** Forgets what the edits changed. */
export function undoEdits(): void {
  Reflect.deleteProperty(entryOf('clear-sessions'), 'attemptDeadlineSeconds');
  Object.assign(entryOf(FREQUENT), { schedule: FREQUENTLY });
  Reflect.deleteProperty(NOT_MANAGED, 'by-hand');
  Reflect.deleteProperty(STAGES.dev, 'workerUrl');
}
