import { callOps, OpsSandbox, PLACE, PROJECT, REGION } from '../support';

let sandbox: OpsSandbox;

beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.reset();
  await sandbox.deploy('dev');
});

const JOB = 'validibot-clear-sessions-dev';

it('runs a job and waits for its success', async () => {
  const { status, stdout } = await sandbox.ops('run', JOB);
  expect(stdout).toMatch(
    /^validibot-clear-sessions-dev in validibot-sandbox \(australia-southeast1\): succeeded in \d+(\.\d)? m?s\n$/,
  );
  expect(status).toBe(0);
});

it('prints the result as JSON', async () => {
  expect(await sandbox.json('run', 'clear-sessions', 'dev')).toEqual({
    project: PROJECT,
    region: REGION,
    job: JOB,
    overlapping: false,
    ok: true,
    status: 'OK',
    httpStatus: 200,
    latencySeconds: expect.any(Number) as number,
  });
});

it.each([
  [{ fault: 'worker-in-web-mode', stage: 'dev' }, '404: no such endpoint', 'APP_ROLE=worker'],
  [{ fault: 'grant-missing', stage: 'dev' }, '403: not allowed', 'less than 7 minutes old'],
  [{ fault: 'worker-failing', stage: 'dev', status: 401 }, '401: token rejected', 'audience'],
  [
    { fault: 'worker-failing', stage: 'dev', status: 500 },
    '500: failed',
    'its log says: Internal Server Error',
  ],
  [
    { fault: 'worker-failing', stage: 'dev', status: 503 },
    '503: worker unavailable',
    'no instance',
  ],
])('exits with 1 after %j and prints the cause and the fix', async (fault, result, cause) => {
  await sandbox.fault(fault);
  const { status, stdout } = await sandbox.ops('run', JOB);
  const [first = '', google = '', why = '', fix = ''] = stdout.split('\n');
  expect(first).toContain(`${JOB} in ${PLACE}: ${result}`);
  expect(google).toMatch(/^Google says: URL_.* Original HTTP response code number = \d{3}$/);
  expect(why).toContain(cause);
  expect(fix).toMatch(/^Fix: just gcp-scheduler-/);
  expect(status).toBe(1);
});

it('waits until the deadline of a run that takes too long', async () => {
  await sandbox.patchJob(JOB, { attemptDeadline: '15s' }, 'attemptDeadline');
  await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 60 });
  const running = sandbox.ops('run', JOB);
  await untilStarted();
  await sandbox.advance(16);
  const { status, stdout } = await running;
  expect(stdout).toContain(`${JOB} in ${PLACE}: no response within the deadline`);
  expect(stdout).toContain('attemptDeadlineSeconds');
  expect(status).toBe(1);
});

it('warns when a run is in progress, and waits for both', async () => {
  await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 60, times: 1 });
  await sandbox.ops('run', JOB, '--no-wait');
  await untilStarted();
  const { status, stdout, stderr } = await callOps(sandbox.env, ['run', JOB], ({ errors }) => {
    errors.on('data', (text: string) => {
      if (text.includes('Waiting for its result')) void sandbox.advance(61);
    });
  });
  expect(stderr).toContain(
    `Warning: ${JOB}: a run is already in progress; the new one overlaps it.`,
  );
  expect(stdout).toContain(`${JOB} in ${PLACE}: succeeded`);
  expect(status).toBe(0);
});

it('does not wait with --no-wait', async () => {
  await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500 });
  const { status, stdout } = await sandbox.ops('run', JOB, '--no-wait');
  expect(stdout).toBe(`Started ${JOB} in ${PLACE}.\n`);
  expect(status).toBe(0);
});

it('does not start the job when its log cannot be read', async () => {
  await sandbox.fault({ fault: 'call', code: 403, path: 'entries:list' });
  const { status, stderr } = await sandbox.ops('run', JOB);
  expect(stderr).toContain('--role=roles/logging.viewer');
  expect(status).toBe(1);
  expect(await sandbox.job(JOB)).not.toHaveProperty('lastAttemptTime');
});

it('fails for a job that does not exist', async () => {
  await sandbox.deleteJob(JOB);
  const { status, stderr } = await sandbox.ops('run', JOB);
  expect(stderr).toContain('404 NOT_FOUND');
  expect(status).toBe(1);
});

it('suggests the most similar job', async () => {
  const { status, stderr } = await sandbox.ops('run', 'validibot-clear-session-dev');
  expect(stderr).toContain(`the closest is ${JOB}. `);
  expect(status).toBe(2);
});

it('lists the attempts in the log', async () => {
  await sandbox.ops('run', JOB);
  await sandbox.fault({ fault: 'grant-missing', stage: 'dev' });
  await sandbox.ops('run', JOB);

  const all = await sandbox.ops('logs', JOB);
  const rows = all.stdout.split('\n').map((line) => line.split('│').map((cell) => cell.trim()));
  expect(rows[0]).toEqual(['when', 'status', 'latency', 'cause']);
  expect(rows[1]?.[1]).toBe('succeeded');
  expect(rows[2]?.[1]).toBe('403: not allowed to invoke the worker');
  expect(rows[2]?.[3]).toContain('Original HTTP response code number = 403');

  const failed = await sandbox.json<{ attempts: object[] }>(
    'logs',
    'clear-sessions',
    'dev',
    '--failed',
  );
  expect(failed.attempts).toEqual([
    {
      startedAt: expect.any(String) as string,
      finishedAt: expect.any(String) as string,
      ok: false,
      status: 'PERMISSION_DENIED',
      httpStatus: 403,
      latencySeconds: expect.any(Number) as number,
      cause: expect.stringContaining('the service account may not invoke the worker') as string,
      debugInfo: expect.stringContaining('403') as string,
    },
  ]);
});

it('looks back as far as --since says', async () => {
  await sandbox.ops('run', JOB);
  await sandbox.advance(7200);
  expect((await sandbox.ops('logs', JOB, '--since', '1h')).stdout).toMatch(/^No attempts of /);
  expect((await sandbox.ops('logs', JOB, '--since', '3h')).stdout).toContain('succeeded');
  expect((await sandbox.ops('logs', JOB, '--failed')).stdout).toMatch(/^No failed attempts of /);
  const { status, stderr } = await sandbox.ops('logs', JOB, '--since', 'yesterday');
  expect(stderr).toContain(
    'Invalid --since "yesterday": must be an integer followed by s, m, h or d. ' +
      'Fix: use a duration such as 30m, 24h or 7d.',
  );
  expect(status).toBe(2);
});

/** Waits until the log shows an attempt. */
async function untilStarted(): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if ('lastAttemptTime' in (await sandbox.job(JOB))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The job was not started.');
}

it('shows what the worker logged of attempts with --worker', async () => {
  await sandbox.fault({ fault: 'worker-failing', stage: 'dev', status: 500, times: 1 });
  await sandbox.ops('run', JOB);
  const { stdout } = await sandbox.ops('logs', JOB, '--failed', '--worker');
  expect(stdout).toMatch(/Worker's log of the attempt at .*, by time; lines of other requests may/);
  expect(stdout).toContain('RuntimeError: Failure injected by the sandbox.');
  const { attempts } = await sandbox.json<{ attempts: { worker?: { lines: object[] } }[] }>(
    ...['logs', JOB, '--failed', '--worker'],
  );
  expect(attempts.at(-1)?.worker?.lines).toMatchObject([{ severity: 'ERROR' }]);
});
