import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Context } from '../../../ops/context';
import { Failed, UsageError } from '../../../ops/errors';
import type { PlanRequest, StagePlan } from '../../../ops/terraform/plan';
import { withPlan } from '../../../ops/terraform/planner';
import type { Stack } from '../../../ops/terraform/stack';
import { temporaryFolder } from '../../support/temporary-folder';
import { ROOT } from '../support';

/** A `terraform` that logs its arguments, writes a plan, and ends with the status in PLAN_STATUS. */
const STUB = `#!/bin/sh
echo "$*" >> "$LOG"
for arg in "$@"; do case "$arg" in -out=*) out="\${arg#-out=}";; esac; done
case "$1" in
  init) rm -f "$UNINITIALIZED";;
  plan)
    if [ -e "$UNINITIALIZED" ]; then echo 'Error: please run "terraform init"' >&2; exit 1; fi
    [ -z "$NO_PLAN" ] && echo plan > "$out"
    [ "$PLAN_STATUS" = 1 ] && echo 'Error: no worker' >&2
    exit "$PLAN_STATUS";;
  show) echo '{"format_version": "1.2", "errored": true, "resource_changes": []}';;
esac
`;

interface Tried {
  /** The commands that terraform received. */
  readonly asked: () => string[];
  readonly plan: <T>(request: PlanRequest, use: (plan: StagePlan) => Promise<T>) => Promise<T>;
}

function tried(variables: NodeJS.ProcessEnv, initialized = false): Tried {
  const folder = temporaryFolder();
  const log = path.join(folder, 'log');
  const binary = path.join(folder, 'terraform');
  fs.writeFileSync(binary, STUB, { mode: 0o755 });
  fs.writeFileSync(log, '');
  const env = {
    PATH: process.env.PATH,
    TERRAFORM_BINARY_NAME: binary,
    LOG: log,
    PLAN_STATUS: '0',
    UNINITIALIZED: path.join(folder, 'uninitialized'),
    ...variables,
  };
  if (variables.UNINITIALIZED === '') {
    env.UNINITIALIZED = path.join(folder, 'uninitialized');
    fs.writeFileSync(env.UNINITIALIZED, '');
  }
  fs.mkdirSync(path.join(folder, 'stack', '.terraform'), { recursive: true });
  const stack: Stack = {
    stage: 'dev',
    name: 'validibot-dev',
    folder: path.join(folder, 'stack'),
    initialized,
  };
  const context = {
    env,
    root: ROOT,
    settings: { state: { kind: 'local', directory: folder } },
    terminal: { errors: new PassThrough(), output: new PassThrough(), input: new PassThrough() },
    signal: new AbortController().signal,
  } as unknown as Context;
  return {
    asked: () => fs.readFileSync(log, 'utf8').split('\n').filter(Boolean),
    plan: (request, use) => withPlan(context, stack, request, use),
  };
}

const nothing = (): Promise<void> => Promise.resolve();

/** The file that the first plan was written to. */
function planFileIn(asked: readonly string[]): string {
  return /-out=(\S+)/.exec(asked[0] ?? '')?.[1] ?? '';
}

describe('a plan', () => {
  it.each([
    ['does not lock the state if it is only reviewed', { purpose: 'review' }, true],
    ['locks the state if it may be applied', { purpose: 'apply' }, false],
  ] as const)('%s', async (_, request, unlocked) => {
    const { asked, plan } = tried({});
    await plan(request, nothing);
    expect(asked()[0]?.includes('-lock=false')).toBe(unlocked);
  });

  it('locks the state if it is kept', async () => {
    const { asked, plan } = tried({});
    await plan({ purpose: 'review', keepIn: path.join(temporaryFolder(), 'plan') }, nothing);
    expect(asked()[0]).not.toContain('-lock=false');
  });

  it.each([
    ['0', false],
    ['2', true],
  ])('with status %s has changes: %p', async (status, expected) => {
    const { plan } = tried({ PLAN_STATUS: status });
    expect(await plan({ purpose: 'apply' }, ({ hasChanges }) => Promise.resolve(hasChanges))).toBe(
      expected,
    );
  });

  it('is applied unchanged, and deleted afterwards', async () => {
    const { asked, plan } = tried({ PLAN_STATUS: '2' });
    await plan({ purpose: 'apply' }, (made) => made.apply());
    const file = planFileIn(asked());
    expect(asked()[1]).toBe(`apply -input=false -no-color ${file}`);
    expect(fs.existsSync(path.dirname(file))).toBe(false);
  });

  it('is deleted even if its user fails', async () => {
    const { asked, plan } = tried({});
    const failing = plan({ purpose: 'apply' }, () => Promise.reject(new Error('declined')));
    await expect(failing).rejects.toThrow('declined');
    expect(fs.existsSync(path.dirname(planFileIn(asked())))).toBe(false);
  });

  it('is made with the given options', async () => {
    const { asked, plan } = tried({});
    await plan({ purpose: 'apply', options: ['-destroy', '-target=a.b'] }, nothing);
    expect(asked()[0]).toMatch(/ -destroy -target=a\.b$/);
  });
});

describe('a plan that fails', () => {
  it("is an error with terraform's message if it would be applied", async () => {
    const { plan } = tried({ PLAN_STATUS: '1' });
    const made = plan({ purpose: 'apply' }, nothing);
    await expect(made).rejects.toBeInstanceOf(Failed);
    await expect(made).rejects.toThrow(
      'terraform plan failed, so nothing was changed:\nError: no worker\nFix: just gcp-scheduler-doctor dev',
    );
  });

  it('is returned incomplete if it is reviewed', async () => {
    const { plan } = tried({ PLAN_STATUS: '1' });
    await plan({ purpose: 'review' }, async (made) => {
      expect(made.failure).toBe('Error: no worker');
      expect(await made.read()).toMatchObject({ errored: true });
    });
  });

  it('is an error if there is nothing to review', async () => {
    const { plan } = tried({ PLAN_STATUS: '1', NO_PLAN: '1' });
    await expect(plan({ purpose: 'review' }, nothing)).rejects.toThrow('Error: no worker');
  });
});

describe('a plan that is kept', () => {
  it('can be read only by this user', async () => {
    const keepIn = path.join(temporaryFolder(), 'plan');
    await tried({}).plan({ purpose: 'review', keepIn }, nothing);
    expect(fs.statSync(keepIn).mode & 0o777).toBe(0o600);
  });

  it('never replaces an older one, which is detected before terraform starts', async () => {
    const keepIn = path.join(temporaryFolder(), 'plan');
    fs.writeFileSync(keepIn, 'older');
    const { asked, plan } = tried({});
    await expect(plan({ purpose: 'review', keepIn }, nothing)).rejects.toBeInstanceOf(UsageError);
    expect(asked()).toEqual([]);
    expect(fs.readFileSync(keepIn, 'utf8')).toBe('older');
  });

  it('leaves no file when it fails', async () => {
    const keepIn = path.join(temporaryFolder(), 'plan');
    await tried({ PLAN_STATUS: '1' }).plan({ purpose: 'review', keepIn }, nothing);
    expect(fs.existsSync(keepIn)).toBe(false);
  });
});

describe('terraform init', () => {
  it('runs if terraform requires it, and then the plan runs again', async () => {
    const { asked, plan } = tried({ UNINITIALIZED: '' });
    await plan({ purpose: 'apply' }, nothing);
    expect(asked().map((command) => command.split(' ')[0])).toEqual(['plan', 'init', 'plan']);
  });

  it('does not run again if it has just run', async () => {
    const { asked, plan } = tried({ UNINITIALIZED: '' }, true);
    await expect(plan({ purpose: 'apply' }, nothing)).rejects.toThrow(
      'please run "terraform init"',
    );
    expect(asked()).toHaveLength(1);
  });
});

it('is the only code that plans and applies', () => {
  const sources = ['ops', 'ci', 'stages'].flatMap((folder) =>
    fs
      .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => path.join(folder, file))
      .filter((file) => file.endsWith('.ts')),
  );
  const starting = sources.filter((file) =>
    /\['(plan|apply)', '-|'show', '-json', \w/.test(fs.readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(starting.sort()).toEqual(['ops/terraform/apply.ts', 'ops/terraform/local-plan.ts']);
});
