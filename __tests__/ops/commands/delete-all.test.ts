import { PassThrough } from 'node:stream';
import { deleteAll } from '../../../ops/commands/delete-all';
import { createContext } from '../../../ops/context';
import { messageOf } from '../../../ops/errors';
import { TASK_NAMES } from '../../../stages/jobs';
import type { StageName } from '../../../stages/stages';
import { OpsSandbox, PLACE, ROOT } from '../support';
import { planWith, stateWith, stubTerraform } from '../stub-terraform';

// The commands run synth in its own process.
jest.unmock('../../../stages/jobs');
jest.unmock('../../../stages/stages');

const [TASK = ''] = TASK_NAMES;
const JOB = `google_cloud_scheduler_job.${TASK}`;
const ALERT = 'google_monitoring_alert_policy.failed-runs';
const OUTPUT = { protected_resources: [JOB, ALERT] };

const terraform = stubTerraform();
let sandbox: OpsSandbox;
beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());

function state(policy?: string, outputs = {}): object {
  const attributes = { project: 'validibot-sandbox', deletion_policy: policy };
  return stateWith(
    {
      [JOB]: { ...attributes, region: 'australia-southeast1', name: `validibot-${TASK}` },
      [ALERT]: { ...attributes, display_name: 'A job failed' },
    },
    outputs,
  );
}

const planOf = (actions: Readonly<Record<string, readonly string[]>>): object =>
  planWith(actions, { before: { name: `validibot-${TASK}-dev` } });

const DELETES = planOf({ [JOB]: ['delete'], [ALERT]: ['delete'] });

/** Runs the command with an answer typed at a terminal; returns its error, if any. */
async function run(stage: StageName, typed: string): Promise<string | undefined> {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.push(`${typed}\n`);
  const errors = new PassThrough().resume();
  const context = createContext(
    {
      root: ROOT,
      env: { ...sandbox.env, ...terraform.variables },
      terminal: { input, output: errors, errors } as never,
      signal: new AbortController().signal,
    },
    false,
  );
  try {
    await deleteAll(context, { stage });
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    for (const release of context.locks.values()) release();
  }
}

const hasApplied = (): boolean => terraform.hasApplied();

describe('delete-all', () => {
  it('deletes nothing unless the name of the stack is typed', async () => {
    terraform.answer({ state: state(), plan: DELETES });
    expect(await run('dev', 'y')).toBe('Nothing was deleted.');
    expect(hasApplied()).toBe(false);
  });

  it.each([
    [
      'deletes more',
      planOf({ [JOB]: ['delete'], [ALERT]: ['delete'], 'google_x.y': ['delete'] }),
      'google_x.y would also be destroyed',
    ],
    ['deletes less', planOf({ [JOB]: ['delete'] }), `${ALERT} would not be destroyed`],
    [
      'changes something',
      planOf({ [JOB]: ['delete'], [ALERT]: ['delete'], 'google_x.y': ['update'] }),
      'google_x.y would be changed',
    ],
  ])('refuses a plan that %s, without a question', async (_, plan, line) => {
    terraform.answer({ state: state(), plan });
    expect(await run('dev', 'validibot-dev')).toBe(
      `Nothing was deleted: the plan must delete 1 job and 1 alert and nothing else, but:\n  ${line}`,
    );
    expect(hasApplied()).toBe(false);
  });

  it('refuses an empty state beside existing jobs', async () => {
    await sandbox.deploy('dev');
    terraform.answer({ plan: DELETES });
    expect(await run('dev', 'validibot-dev')).toContain(
      `Nothing was changed: the state of validibot-dev is empty, but these exist in ${PLACE}: `,
    );
    expect(hasApplied()).toBe(false);
  });
});

describe('delete-all of a stage that is protected from deletion', () => {
  const NAMED = `Nothing was deleted: validibot-${TASK}, A job failed of validibot-prod are protected from deletion.\n`;

  it.each([
    ['with a deletion policy', state('PREVENT', OUTPUT)],
    ['by Terraform alone', state(undefined, OUTPUT)],
    ['in the code, and not yet deployed', state()],
  ])('is refused before a plan: %s', async (_, protectedState) => {
    const before = terraform.asked().length;
    terraform.answer({ state: protectedState, plan: DELETES });
    expect(await run('prod', 'validibot-prod')).toBe(
      `${NAMED}Fix: in stages/stages.ts, set deletionProtection: false for prod, ` +
        'then just gcp-scheduler-setup prod, then run the same command again',
    );
    const asked = terraform.asked().slice(before);
    expect(asked.map((command) => command.split(' ')[0])).not.toContain('plan');
  });

  it('names the deploy that is missing once the code no longer protects it', async () => {
    // The code of dev protects nothing.
    terraform.answer({ state: state(undefined, OUTPUT), plan: DELETES });
    expect(await run('dev', 'validibot-dev')).toContain(
      'Fix: just gcp-scheduler-setup dev, then run the same command again',
    );
  });

  it('asks for an explicit false where only a policy in the state protects it', async () => {
    terraform.answer({ state: state('PREVENT'), plan: DELETES });
    expect(await run('dev', 'validibot-dev')).toContain(
      'Fix: in stages/stages.ts, set deletionProtection: false for dev, then ',
    );
  });

  it('asks for what is no longer declared', async () => {
    const gone = 'google_cloud_scheduler_job.gone';
    const attributes = { name: 'validibot-gone', project: 'validibot-sandbox' };
    terraform.answer({
      state: stateWith({ [gone]: attributes }, { protected_resources: [gone] }),
      plan: DELETES,
    });
    expect(await run('dev', 'validibot-dev')).toContain(
      'Fix: put validibot-gone back into stages/, then in stages/stages.ts, set deletionProtection: ',
    );
    expect(hasApplied()).toBe(false);
  });
});
