import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
import { callOps, OpsSandbox, PLACE, PROJECT, REGION, type Call } from '../support';

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

const LOCATION = { project: PROJECT, region: REGION };
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

describe('jobs that are not in the table', () => {
  beforeEach(async () => {
    const [url = ''] = await sandbox.urlsOf('validibot-worker-dev');
    const httpTarget = { uri: `${url}/api/v1/scheduled/send-mail/` };
    const job = { schedule: '0 2 * * *', timeZone: 'UTC', httpTarget };
    await sandbox.createJob({ name: 'validibot-send-mail-dev', ...job });
    await sandbox.createJob({
      name: 'elsewhere',
      ...job,
      httpTarget: { uri: 'https://example.com/' },
    });
  });

  const NAMED = 'Not in the table, so left as they are: validibot-send-mail-dev (enabled).';

  it.each([
    ['pause-all', []],
    ['resume-all', []],
    ['resume-all', ['--confirm', 'validibot-dev']],
  ])('are named by %s %j, which leaves them running', async (command, options) => {
    if (options.length > 0) await sandbox.ops('pause-all', 'dev');
    const { status, stderr } = await sandbox.ops(command, 'dev', ...options);
    expect(stderr).toContain(NAMED);
    expect(status).toBe(0);
    expect((await sandbox.job('validibot-send-mail-dev')).state).toBe('ENABLED');
  });

  it('are in the JSON', async () => {
    expect(await sandbox.json('pause-all', 'dev')).toMatchObject({
      untouched: [{ job: 'validibot-send-mail-dev', state: 'ENABLED' }],
    });
  });

  it('are named when the worker cannot be read', async () => {
    await sandbox.fault({ fault: 'call', code: 403, path: '/services/' });
    expect((await sandbox.ops('pause-all', 'dev')).stderr).toContain(NAMED);
  });
});

describe('one job', () => {
  it('is paused and resumed by job name, or by task and stage', async () => {
    expect((await sandbox.ops('pause', JOB)).stdout).toBe(`${JOB} in ${PLACE} is paused.\n`);
    expect(await paused()).toEqual([JOB]);
    expect((await sandbox.ops('resume', 'clear-sessions', 'dev')).stdout).toBe(
      `${JOB} in ${PLACE} is enabled.\n`,
    );
    expect(await paused()).toEqual([]);
  });

  it('stays as it is when it is in that state already', async () => {
    const resumed = await sandbox.ops('resume', JOB);
    expect(resumed).toMatchObject({
      status: 0,
      stdout: `${JOB} in ${PLACE} was already enabled.\n`,
    });
    expect(await sandbox.json('pause', JOB)).toMatchObject({
      ...LOCATION,
      job: JOB,
      state: 'PAUSED',
      changed: true,
    });
    expect(await sandbox.json('pause', JOB)).toMatchObject({
      ...LOCATION,
      job: JOB,
      state: 'PAUSED',
      changed: false,
    });
  });

  it('is paused despite a 409 for a change right after another', async () => {
    await sandbox.fault({ fault: 'call', code: 409, path: ':pause', times: 2 });
    expect((await sandbox.ops('pause', JOB)).status).toBe(0);
    expect(await paused()).toEqual([JOB]);
  });

  it('is rejected when it is not in the table', async () => {
    const { status, stderr } = await sandbox.ops('pause', 'validibot-by-hand-dev');
    expect(stderr).toContain('Invalid job "validibot-by-hand-dev": ');
    expect(status).toBe(2);
  });
});

describe('pause-all', () => {
  it('pauses every job of the stage, and no others', async () => {
    await sandbox.deploy('staging');
    const { status, stdout } = await sandbox.ops('pause-all', 'dev');
    for (const name of ALL) expect(stdout).toMatch(new RegExp(`${name} +│ paused`));
    expect(await paused()).toEqual(ALL);
    expect((await sandbox.job('validibot-clear-sessions-staging')).state).toBe('ENABLED');
    expect(status).toBe(0);
  });

  it('goes on after a failure, and finishes when run again', async () => {
    const failing = OTHERS[1] ?? '';
    await sandbox.fault({ fault: 'call', code: 500, path: `${failing}:pause`, times: 1 });
    const first = await sandbox.ops('pause-all', 'dev');
    expect(first.stdout).toMatch(new RegExp(`${failing} +│ failed`));
    expect(first.stderr).toContain(`${failing}: POST cloudscheduler.googleapis.com`);
    expect(first.stderr).toContain(
      'Some jobs were not changed. Run the same command again to finish.',
    );
    expect(first.status).toBe(1);
    expect(await paused()).toEqual(ALL.filter((name) => name !== failing));

    const second = await sandbox.json<Outcomes>('pause-all', 'dev');
    expect(outcomesOf(second)).toEqual({
      ...Object.fromEntries(ALL.map((name) => [name, 'unchanged'])),
      [failing]: 'paused',
    });
    expect(await paused()).toEqual(ALL);
  });

  it('reports a missing job', async () => {
    await sandbox.deleteJob(JOB);
    const { status, stdout, stderr } = await sandbox.ops('pause-all', 'dev');
    expect(stdout).toMatch(new RegExp(`${JOB} +│ missing`));
    expect(stderr).toContain('Some jobs are missing.\nFix: just gcp-scheduler-setup dev\n');
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

  it('restores the state before the first of two runs of pause-all', async () => {
    await sandbox.pauseJob(JOB);
    await sandbox.fault({ fault: 'call', code: 500, path: ':pause', times: 1 });
    await sandbox.ops('pause-all', 'dev', '--record', record);
    const second = await sandbox.ops('pause-all', 'dev', '--record', record);
    expect(second.stderr).toContain(`Kept ${record}, which was recorded at `);
    await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(await paused()).toEqual([JOB]);
  });

  it('overwrites a record that was restored', async () => {
    await sandbox.ops('pause-all', 'dev', '--record', record);
    await sandbox.ops('resume-all', 'dev', '--record', record);
    await sandbox.pauseJob(JOB);
    await sandbox.ops('pause-all', 'dev', '--record', record);
    await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(await paused()).toEqual([JOB]);
  });

  it('pauses a job again that was resumed in between', async () => {
    await sandbox.pauseJob(JOB);
    await sandbox.ops('pause-all', 'dev', '--record', record);
    await sandbox.ops('resume', JOB);
    await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(await paused()).toEqual([JOB]);
  });

  it('marks the record as restored only when every job is', async () => {
    await sandbox.ops('pause-all', 'dev', '--record', record);
    await sandbox.fault({ fault: 'call', code: 500, path: ':resume', times: 1 });
    expect((await sandbox.ops('resume-all', 'dev', '--record', record)).status).toBe(1);
    expect(JSON.parse(fs.readFileSync(record, 'utf8'))).not.toHaveProperty('restoredAt');
    expect((await sandbox.ops('resume-all', 'dev', '--record', record)).status).toBe(0);
    expect(await paused()).toEqual([]);
  });

  it('lists the jobs to resume and requires the stack name without a record', async () => {
    await sandbox.ops('pause-all', 'dev');
    const asked = await sandbox.ops('resume-all', 'dev');
    for (const name of ALL) expect(asked.stderr).toContain(`  ${name}\n`);
    expect(asked.stderr).toContain('Fix: pass --confirm validibot-dev.');
    expect(asked.status).toBe(2);
    expect((await sandbox.ops('resume-all', 'dev', '--confirm', 'validibot-prod')).status).toBe(2);
    expect(await paused()).toEqual(ALL);

    expect((await sandbox.ops('resume-all', 'dev', '--confirm', 'validibot-dev')).status).toBe(0);
    expect(await paused()).toEqual([]);
    expect((await sandbox.ops('resume-all', 'dev')).stdout).toBe(
      `No jobs of dev to resume in ${PLACE}.\n`,
    );
  });

  it.each([
    ['of another stage', (file: string) => sandbox.ops('pause-all', 'prod', '--record', file)],
    ['that is not a record', (file: string) => fs.promises.writeFile(file, '{"jobs": []}')],
    ['that is not JSON', (file: string) => fs.promises.writeFile(file, 'notes')],
    ['that does not exist', () => Promise.resolve()],
  ])('rejects a file %s, and changes nothing', async (_what, make) => {
    await sandbox.ops('pause-all', 'dev');
    await make(record);
    const before = fs.existsSync(record) && fs.readFileSync(record, 'utf8');
    const { status, stderr } = await sandbox.ops('resume-all', 'dev', '--record', record);
    expect(stderr).toContain(`Invalid --record "`);
    expect(status).toBe(2);
    expect(await paused()).toEqual(ALL);
    if (before === false) return;
    expect((await sandbox.ops('pause-all', 'dev', '--record', record)).status).toBe(2);
    expect(fs.readFileSync(record, 'utf8')).toBe(before);
  });
});

it('changes nothing when the record cannot be written', async () => {
  const { status, stderr } = await sandbox.ops('pause-all', 'dev', '--record', '/nowhere/record');
  expect(stderr).toContain('Cannot write /nowhere/record: ');
  expect(status).toBe(1);
  expect(await paused()).toEqual([]);
});

it('reports the jobs that were not changed because of Ctrl-C', async () => {
  await sandbox.fault({ fault: 'call', code: 429, path: `${JOB}:pause`, times: 2 });
  let poll: NodeJS.Timeout | undefined;
  // Interrupts it while it waits to retry the first job.
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

describe('pause-all --wait', () => {
  const runSlowly = async (seconds: number) => {
    await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds });
    await sandbox.ops('run', JOB, '--no-wait');
  };

  it('ends when no run is under way', async () => {
    await runSlowly(30);
    const ended = sandbox.ops('pause-all', 'dev', '--wait');
    const early = new Promise((resolve) => setTimeout(resolve, 700, 'still waiting'));
    expect(await Promise.race([ended, early])).toBe('still waiting');
    await sandbox.advance(35);
    const { status, stdout, stderr } = await ended;
    expect(stderr).toContain('Waiting until no run is under way …');
    expect(stdout).toMatch(/\nNo run is under way\.\n$/);
    expect(status).toBe(0);
    expect(await paused()).toEqual(ALL);
  });

  it('names the job that runs on after the timeout', async () => {
    await runSlowly(300);
    const { status, stderr } = await sandbox.ops('pause-all', 'dev', '--wait', '--timeout', '1s');
    expect(stderr).toContain(`Still running: ${JOB}\nFix: run the same command again\n`);
    expect(status).toBe(1);
    const args = ['pause-all', 'dev', '--wait', '--timeout', '1s'];
    expect(await sandbox.json(...args)).toMatchObject({ ok: false, running: [JOB] });
  });

  it('does not wait without --wait, nor when a job could not be paused', async () => {
    await runSlowly(300);
    expect((await sandbox.ops('pause-all', 'dev')).status).toBe(0);
    await sandbox.deleteJob(JOB);
    const { status, stdout } = await sandbox.ops('pause-all', 'dev', '--wait');
    expect(stdout).not.toContain('No run is under way');
    expect(status).toBe(1);
  });

  it('fails when the log cannot be read, which alone tells', async () => {
    await runSlowly(300);
    await sandbox.fault({ fault: 'call', code: 403, path: 'entries:list' });
    const { status, stderr } = await sandbox.ops('pause-all', 'dev', '--wait');
    expect(stderr).toContain('The jobs are paused, but whether one is running is unknown. ');
    expect(status).toBe(1);
  });

  it('rejects a timeout that is no duration', async () => {
    const { status, stderr } = await sandbox.ops('pause-all', 'dev', '--timeout', 'soon');
    expect(stderr).toContain(
      'Invalid --timeout "soon": must be an integer followed by s, m, h or d',
    );
    expect(status).toBe(2);
    expect(await paused()).toEqual([]);
  });
});
