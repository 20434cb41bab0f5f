import { callOps, namesInTable, OpsSandbox } from '../support';

let sandbox: OpsSandbox;
const [, job = ''] = namesInTable('dev');
const [frequent = ''] = namesInTable('dev').filter((name) => name.includes('retries'));

beforeAll(async () => {
  sandbox = await OpsSandbox.start();
  await sandbox.deploy('dev');
  await sandbox.advance(3600);
});
afterAll(() => sandbox.close());

interface Logs {
  readonly attempts: readonly { readonly startedAt: string }[];
  readonly summary: object;
}

it('ends with a summary', async () => {
  const { stdout } = await sandbox.ops('logs', frequent);
  expect(stdout).toMatch(
    new RegExp(
      `\n${frequent}: 12 attempts ended, 100 % succeeded, p95 \\d+ ms of 10 min \\(<1 %\\). Times are in Australia/Sydney.\n$`,
    ),
  );
  const { summary } = await sandbox.json<Logs>('logs', frequent);
  expect(summary).toMatchObject({ ok: 12, failed: 0, successRate: 1 });
});

it('shows only the last attempts', async () => {
  const all = await sandbox.json<Logs>('logs', frequent);
  const last = await sandbox.json<Logs>('logs', frequent, '--last', '3');
  expect(last.attempts).toEqual(all.attempts.slice(-3));
});

it('finds the last attempt of a job that runs rarely', async () => {
  await sandbox.advance(3 * 86_400);
  await sandbox.pauseJob(job);
  await sandbox.advance(2 * 86_400);
  expect((await sandbox.json<Logs>('logs', job)).attempts).toHaveLength(0);
  expect((await sandbox.json<Logs>('logs', job, '--last', '1')).attempts).toHaveLength(1);
});

it.each(['0', '1001', '1.5', 'all'])('rejects --last %s', async (given) => {
  const { status, stderr } = await sandbox.ops('logs', job, '--last', given);
  expect(stderr).toContain(`Invalid --last "${given}": must be an integer, 1-1000. Fix: `);
  expect(status).toBe(2);
});

it('prints attempts as they end, until Ctrl-C', async () => {
  let interrupt = (): void => undefined;
  const following = callOps(sandbox.env, ['logs', frequent, '--last', '1', '--follow'], (call) => {
    interrupt = call.interrupt;
    call.errors.on('data', (text: string) => {
      if (text.includes('Waiting for more attempts'))
        void sandbox.call('POST', `/_sandbox/advance`, { seconds: 600 });
    });
    // The second poll is after five seconds.
    setTimeout(interrupt, 8000);
  });
  const { status, stdout } = await following;
  expect(status).toBe(0);
  const after = stdout.slice(stdout.indexOf('Times are in'));
  expect(after.match(/^\d{4}-\d\d-\d\d \d\d:\d\d  succeeded  \d+ ms$/gm)).toHaveLength(2);
});

it('does not follow as JSON', async () => {
  const { status, stderr } = await sandbox.ops('logs', job, '--follow', '--json');
  expect(stderr).toContain("option '--follow' cannot be used with option '--json'");
  expect(status).toBe(2);
});
