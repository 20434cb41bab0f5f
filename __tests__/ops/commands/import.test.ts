import { PassThrough } from 'node:stream';
import { importStage } from '../../../ops/commands/import';
import { createContext } from '../../../ops/context';
import { messageOf } from '../../../ops/errors';
import { OpsSandbox, PROJECT, ROOT } from '../support';
import { planWith, stateWith, stubTerraform } from '../stub-terraform';

const terraform = stubTerraform();

/** A state that is not empty, and lacks the jobs. */
const STATE = stateWith({
  'google_project_service.cloudscheduler-api': { project: PROJECT },
});

let sandbox: OpsSandbox;
beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.deploy('dev');
});
afterAll(() => sandbox.close());

/** Runs `import dev --apply` with an answer typed at a terminal; returns its error, if any. */
async function run(typed = ''): Promise<string | undefined> {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  input.push(`${typed}\n`);
  const output = new PassThrough().resume();
  const context = createContext(
    {
      root: ROOT,
      env: { ...sandbox.env, ...terraform.variables },
      terminal: { input, output, errors: output } as never,
      signal: new AbortController().signal,
    },
    false,
  );
  try {
    await importStage(context, { stage: 'dev', apply: true });
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    for (const release of context.locks.values()) release();
  }
}

/** What the import finds: a plan without imports lacks each. */
async function found(): Promise<string[]> {
  terraform.answer({ state: STATE, plan: planWith() });
  const error = (await run()) ?? '';
  return [...error.matchAll(/^ {2}(\S+) would not be imported$/gm)].map(([, each]) => each ?? '');
}

/** Of a job of dev, or the review would take it for production's. */
const SIDE = { name: 'validibot-clear-sessions-dev' };

function planImporting(
  addresses: readonly string[],
  others: Record<string, string[]> = {},
): object {
  const imports = planWith(Object.fromEntries(addresses.map((each) => [each, ['no-op']])), {
    importing: { id: 'x' },
    before: SIDE,
    after: SIDE,
  }) as { resource_changes: unknown[] };
  const rest = planWith(others, { before: SIDE }) as { resource_changes: unknown[] };
  return { ...imports, resource_changes: [...imports.resource_changes, ...rest.resource_changes] };
}

describe('import --apply', () => {
  it('applies a plan that imports exactly what was found', async () => {
    const addresses = await found();
    expect(addresses.length).toBeGreaterThan(1);
    expect(terraform.hasApplied()).toBe(false);
    terraform.answer({ state: STATE, plan: planImporting(addresses) });
    expect(await run()).toBeUndefined();
    expect(terraform.hasApplied()).toBe(true);
  });

  it.each([
    ['imports less', (all: string[]) => planImporting(all.slice(1)), 'would not be imported'],
    [
      'imports more',
      (all: string[]) => planImporting([...all, 'google_x.y']),
      'google_x.y would also be imported',
    ],
    [
      'destroys something',
      (all: string[]) => planImporting(all, { 'google_x.y': ['delete'] }),
      'google_x.y would be destroyed',
    ],
  ])('refuses a plan that %s', async (_, plan, line) => {
    const addresses = await found();
    const before = terraform.asked().length;
    terraform.answer({ state: STATE, plan: plan(addresses) });
    const error = await run();
    expect(error).toContain('Nothing was imported: the plan must import exactly what was found');
    expect(error).toContain(line);
    expect(terraform.asked().slice(before).join('\n')).not.toMatch(/^apply/m);
  });

  it('imports nothing into an empty state beside a metric, unless the name of the stack is typed', async () => {
    await sandbox.call('POST', `/v2/projects/${PROJECT}/metrics`, {
      name: 'validibot_dev_successful_runs',
      filter: 'severity<ERROR',
    });
    const before = terraform.asked().length;
    terraform.answer({ plan: planWith() });
    expect(await run('y')).toBe('Nothing was imported.');
    expect(terraform.asked().slice(before).join('\n')).not.toMatch(/^plan/m);
  });
});
