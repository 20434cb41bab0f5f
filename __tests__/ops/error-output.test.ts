import { callOps, bareEnvironment, OpsSandbox, runOps } from './support';

/** The document on stdout, and the rest. */
async function failing(env: NodeJS.ProcessEnv, ...args: string[]) {
  const { status, stdout, stderr } = await callOps(env, [...args, '--json']);
  return { status, stderr, document: JSON.parse(stdout) as unknown };
}

it('prints wrong use as JSON, with every mistake', async () => {
  const { status, stderr, document } = await failing(bareEnvironment({ GCP_REGION: 'x' }), 'list');
  expect(document).toEqual({
    error: {
      kind: 'usage',
      exitStatus: 2,
      message: stderr.trimEnd(),
      mistakes: [
        expect.objectContaining({ subject: 'GCP_REGION', given: 'x' }),
        expect.objectContaining({ subject: 'GCP_PROJECT_ID' }),
      ],
    },
  });
  expect(status).toBe(2);
});

it('prints an unknown option as JSON', async () => {
  const { status, stderr, document } = await failing(bareEnvironment(), 'list', '--nope');
  expect(document).toEqual({
    error: {
      kind: 'usage',
      exitStatus: 2,
      message: "error: unknown option '--nope'",
      mistakes: [
        {
          subject: 'option',
          given: '--nope',
          wrong: 'unknown option',
          expected: '--json, --check, --watch',
          fix: 'use one of these',
        },
      ],
    },
  });
  expect(stderr).toContain("error: unknown option '--nope'");
  expect(status).toBe(2);
});

it.each([
  [['lst'], { subject: 'command', given: 'lst', wrong: 'unknown command', fix: 'use list' }],
  [['list', '--chek'], { subject: 'option', given: '--chek', fix: 'use --check' }],
  [
    ['setup'],
    {
      subject: 'stage',
      expected: expect.stringContaining('one of: ') as string,
      fix: 'add <stage>; see ops setup --help',
    },
  ],
  [
    ['list', 'a', 'b'],
    { subject: 'arguments', given: ['a', 'b'], wrong: 'too many arguments', expected: '<stage>' },
  ],
  [['list', '--watch'], { subject: '--watch', given: true, wrong: 'cannot be used with --json' }],
])('says as JSON what is wrong with %j', async (args, mistake) => {
  const { status, document } = await failing(bareEnvironment(), ...args);
  expect(document).toMatchObject({ error: { kind: 'usage', mistakes: [mistake] } });
  expect(status).toBe(2);
});

it('says as JSON that the value of an option is missing', async () => {
  const { stdout } = await callOps(bareEnvironment(), ['next', '--json', '--days']);
  const mistake = {
    subject: '--days',
    expected: 'days to look ahead, 1-366',
    fix: 'write --days <n>',
  };
  expect(JSON.parse(stdout)).toMatchObject({ error: { mistakes: [mistake] } });
});

it('prints help as it is', async () => {
  const { status, stdout } = await callOps(bareEnvironment(), ['list', '--json', '--help']);
  expect(stdout).toMatch(/^Usage: ops list /);
  expect(status).toBe(0);
});

describe('with Google', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
  });
  afterAll(() => sandbox.close());

  it('prints a failure and its fix as JSON', async () => {
    await sandbox.fault({ fault: 'call', code: 403, path: '/jobs' });
    const { status, stderr, document } = await failing(sandbox.env, 'list');
    expect(document).toEqual({
      error: {
        kind: 'failed',
        exitStatus: 1,
        message: expect.stringContaining('403 PERMISSION_DENIED') as string,
        fix: expect.stringContaining('--role=roles/cloudscheduler.admin') as string,
        steps: expect.any(Array) as unknown[],
      },
    });
    expect(stderr).toContain('\nFix: ');
    expect(status).toBe(1);
  });

  it('prints an interruption as JSON', async () => {
    const { status, stdout } = await runOps(
      { ...sandbox.env },
      ['setup', 'dev', '--json'],
      (child) => {
        child.stderr?.once('data', () => child.kill('SIGINT'));
      },
    );
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: 'interrupted', exitStatus: 130 } });
    expect(status).toBe(130);
  });
});
