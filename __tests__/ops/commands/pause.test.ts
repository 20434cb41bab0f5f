import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
import { callOps, OpsSandbox, type Call } from '../support';

let sandbox: OpsSandbox;
let record: string;

beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.deploy('dev');
  record = path.join(temporaryFolder(), 'record.json');
});

const JOB = 'validibot-clear-sessions-dev';
const OTHERS = [
  'validibot-cleanup-idempotency-keys-dev',
  'validibot-cleanup-callback-receipts-dev',
  'validibot-purge-expired-submissions-dev',
  'validibot-process-purge-retries-dev',
  'validibot-cleanup-stuck-runs-dev',
];
const ALL = [JOB, ...OTHERS];

interface Outcomes {
  readonly ok: boolean;
  readonly jobs: readonly {
    readonly job: string;
    readonly outcome: string;
    readonly cause?: string;
  }[];
}

/** The names of the dev jobs that are paused. */
async function paused(): Promise<string[]> {
  const states = await Promise.all(ALL.map(async (name) => (await sandbox.job(name)).state));
  return ALL.filter((_, index) => states[index] === 'PAUSED');
}

function outcomesOf({ jobs }: Outcomes): Record<string, string> {
  return Object.fromEntries(jobs.map(({ job, outcome }) => [job, outcome]));
}

describe('one job', () => {
  it('is paused and resumed, by either name', async () => {
    expect((await sandbox.ops('pause', JOB)).stdout).toBe(`${JOB} is paused now.\n`);
    expect(await paused()).toEqual([JOB]);
    expect((await sandbox.ops('resume', 'clear-sessions', 'dev')).stdout).toBe(
      `${JOB} is enabled now.\n`,
    );
    expect(await paused()).toEqual([]);
  });

  it('may be so already', async () => {
    const resumed = await sandbox.ops('resume', JOB);
    expect(resumed).toMatchObject({ status: 0, stdout: `${JOB} was enabled already.\n` });
    expect(await sandbox.json('pause', JOB)).toEqual({ job: JOB, state: 'PAUSED', changed: true });
    expect(await sandbox.json('pause', JOB)).toEqual({ job: JOB, state: 'PAUSED', changed: false });
  });

  it('outlasts the 409 of a change right after another', async () => {
    await sandbox.fault({ fault: 'call', code: 409, path: ':pause', times: 2 });
    expect((await sandbox.ops('pause', JOB)).status).toBe(0);
    expect(await paused()).toEqual([JOB]);
  });

  it('that is foreign is left alone', async () => {
    const { status, stderr } = await sandbox.ops('pause', 'validibot-by-hand-dev');
    expect(stderr).toContain('it is not a job of the table');
    expect(status).toBe(2);
  });
});

describe('pause-all', () => {
  it('pauses every job of the stage, and of no other', async () => {
    await sandbox.deploy('staging');
    const { status, stdout } = await sandbox.ops('pause-all', 'dev');
    for (const name of ALL) expect(stdout).toMatch(new RegExp(`${name} +│ paused`));
    expect(await paused()).toEqual(ALL);
    expect((await sandbox.job('validibot-clear-sessions-staging')).state).toBe('ENABLED');
    expect(status).toBe(0);
  });

  it('names the job that fails in the middle, and the second call completes it', async () => {
    const failing = OTHERS[1] ?? '';
    await sandbox.fault({ fault: 'call', code: 500, path: `${failing}:pause`, times: 1 });
    const first = await sandbox.ops('pause-all', 'dev');
    expect(first.stdout).toMatch(new RegExp(`${failing} +│ failed`));
    expect(first.stderr).toContain(`${failing}: POST cloudscheduler.googleapis.com`);
    expect(first.stderr).toContain('Not all is done. The same command again completes it.');
    expect(first.status).toBe(1);
    expect(await paused()).toEqual(ALL.filter((name) => name !== failing));

    const second = await sandbox.json<Outcomes>('pause-all', 'dev');
    expect(outcomesOf(second)).toEqual({
      ...Object.fromEntries(ALL.map((name) => [name, 'unchanged'])),
      [failing]: 'paused',
    });
    expect(await paused()).toEqual(ALL);
  });

  it('tells of a job that is missing', async () => {
    await sandbox.deleteJob(JOB);
    const { status, stdout, stderr } = await sandbox.ops('pause-all', 'dev');
    expect(stdout).toMatch(new RegExp(`${JOB} +│ missing`));
    expect(stderr).toContain('just gcp-scheduler-setup dev');
    expect(status).toBe(1);
  });
});

describe('resume-all', () => {
  it('restores exactly what was recorded', async () => {
    await sandbox.pauseJob(JOB);
    await sandbox.ops('pause-all', 'dev', '--record', record);
    expect(JSON.parse(fs.readFileSync(record, 'utf8'))).toEqual({
      project: 'validibot-sandbox',
      region: 'australia-southeast1',
      stage: 'dev',
      recordedAt: expect.any(String) as string,
      paused: [JOB],
      enabled: OTHERS,
    });
    const { status } = await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(status).toBe(0);
    expect(await paused()).toEqual([JOB]);
  });

  it('restores what was before the first of two calls of pause-all', async () => {
    await sandbox.pauseJob(JOB);
    await sandbox.fault({ fault: 'call', code: 500, path: ':pause', times: 1 });
    await sandbox.ops('pause-all', 'dev', '--record', record);
    const second = await sandbox.ops('pause-all', 'dev', '--record', record);
    expect(second.stderr).toContain('is kept as it was recorded at');
    await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(await paused()).toEqual([JOB]);
  });

  it('lets a record that was restored be written anew', async () => {
    await sandbox.ops('pause-all', 'dev', '--record', record);
    await sandbox.ops('resume-all', 'dev', '--record', record);
    await sandbox.pauseJob(JOB);
    await sandbox.ops('pause-all', 'dev', '--record', record);
    await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(await paused()).toEqual([JOB]);
  });

  it('pauses again what was paused before and resumed meanwhile', async () => {
    await sandbox.pauseJob(JOB);
    await sandbox.ops('pause-all', 'dev', '--record', record);
    await sandbox.ops('resume', JOB);
    await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(await paused()).toEqual([JOB]);
  });

  it('keeps the record while it is not restored in full', async () => {
    await sandbox.ops('pause-all', 'dev', '--record', record);
    await sandbox.fault({ fault: 'call', code: 500, path: ':resume', times: 1 });
    expect((await sandbox.ops('resume-all', 'dev', '--record', record)).status).toBe(1);
    expect(JSON.parse(fs.readFileSync(record, 'utf8'))).not.toHaveProperty('restoredAt');
    expect((await sandbox.ops('resume-all', 'dev', '--record', record)).status).toBe(0);
    expect(await paused()).toEqual([]);
  });

  it('without a record shows what it would resume, and wants the name of the stack', async () => {
    await sandbox.ops('pause-all', 'dev');
    const asked = await sandbox.ops('resume-all', 'dev');
    for (const name of ALL) expect(asked.stderr).toContain(`  ${name}\n`);
    expect(asked.stderr).toContain('add --confirm validibot-dev, or run it in a terminal');
    expect(asked.status).toBe(2);
    expect((await sandbox.ops('resume-all', 'dev', '--confirm', 'validibot-prod')).status).toBe(2);
    expect(await paused()).toEqual(ALL);

    expect((await sandbox.ops('resume-all', 'dev', '--confirm', 'validibot-dev')).status).toBe(0);
    expect(await paused()).toEqual([]);
    expect((await sandbox.ops('resume-all', 'dev')).stdout).toBe(
      'No job of dev is paused that the table does not pause.\n',
    );
  });

  it.each([
    ['of another stage', (file: string) => sandbox.ops('pause-all', 'prod', '--record', file)],
    ['that is none', (file: string) => fs.promises.writeFile(file, '{"jobs": []}')],
    ['that is no JSON', (file: string) => fs.promises.writeFile(file, 'notes')],
    ['that does not exist', () => Promise.resolve()],
  ])('refuses a record %s, and touches nothing', async (_what, make) => {
    await sandbox.ops('pause-all', 'dev');
    await make(record);
    const before = fs.existsSync(record) && fs.readFileSync(record, 'utf8');
    const { status, stderr } = await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(stderr).toContain('--record is "');
    expect(status).toBe(2);
    expect(await paused()).toEqual(ALL);
    if (before === false) return;
    expect((await sandbox.ops('pause-all', 'dev', '--record', record)).status).toBe(2);
    expect(fs.readFileSync(record, 'utf8')).toBe(before);
  });
});

it('changes nothing when the record cannot be written', async () => {
  const { status, stderr } = await sandbox.ops('pause-all', 'dev', '--record', '/nowhere/record');
  expect(stderr).toContain('/nowhere/record cannot be written');
  expect(status).toBe(1);
  expect(await paused()).toEqual([]);
});

it('says after Ctrl-C which jobs were not begun', async () => {
  await sandbox.fault({ fault: 'call', code: 429, path: `${JOB}:pause`, times: 2 });
  let poll: NodeJS.Timeout | undefined;
  // It is to wait before the second call of the first job when it is interrupted.
  const interruptInTime = ({ interrupt }: Call): void => {
    poll = setInterval(() => {
      void sandbox.call('GET', '/_sandbox/faults').then(({ faults }) => {
        if ((faults as { times: number }[])[0]?.times === 1) interrupt();
      });
    }, 20);
  };
  const { status, stdout } = await callOps(
    sandbox.env,
    ['pause-all', 'dev'],
    interruptInTime,
    30_000,
  );
  clearInterval(poll);
  expect(stdout).toMatch(/cleanup-stuck-runs-dev +│ interrupted/);
  expect(status).toBe(1);
  expect(await paused()).toEqual([]);
});
