import { bareEnvironment, callOps } from '../support';

const env = bareEnvironment();

interface Coming {
  readonly timeZone: string;
  readonly jobs: readonly {
    readonly job: string;
    readonly runs: readonly { readonly wallTime: string; readonly kind: string; at?: string }[];
  }[];
}

async function coming(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Coming> {
  const { stdout } = await callOps(environment, ['next', ...args, '--json']);
  return JSON.parse(stdout) as Coming;
}

it('shows the runs of the next day, without a project', async () => {
  const { status, stdout, stderr } = await callOps(env, ['next', 'dev']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /validibot-clear-sessions-dev +│ At 02:00, every day +│ \d{4}-\d\d-\d\d 02:00$/m,
  );
  expect(stdout).toMatch(
    /process-purge-retries-dev +│ Every 5 minutes +│ \d{4}-.*, and 287 more$/m,
  );
  expect(stdout).toContain('Times are in Australia/Sydney. ');
});

it('counts the runs of a week', async () => {
  const { jobs } = await coming({ ...env, GCP_SCHEDULER_TIMEZONE: 'UTC' }, 'dev', '--days', '7');
  expect(jobs.map(({ runs }) => runs.length)).toEqual([7, 7, 1, 168, 2016, 1008]);
});

it('shows all stages', async () => {
  expect((await coming(env)).jobs).toHaveLength(18);
});

it('marks the runs of a year that daylight saving skips or doubles', async () => {
  const { jobs } = await coming(env, 'dev', '--days', '366');
  const marked = jobs.flatMap(({ job, runs }) =>
    runs.filter(({ kind }) => kind !== 'run').map(({ kind, at }) => [job, kind, at !== undefined]),
  );
  // 02:00 to 02:59 is skipped in October, and doubled in April.
  expect(marked).toHaveLength(2);
  expect(marked).toContainEqual(['validibot-clear-sessions-dev', 'skipped', false]);
  expect(marked).toContainEqual(['validibot-clear-sessions-dev', 'doubled', true]);
  const { stdout } = await callOps(env, ['next', 'dev', '--days', '366']);
  expect(stdout).toContain('skipped: the clocks go forward, so it may not run');
  expect(stdout).toContain('doubled: the clocks go back, so it may run twice');
});

it.each(['0', '367', '1.5', 'week', '-1'])('rejects %s days', async (days) => {
  const { status, stderr } = await callOps(env, ['next', `--days=${days}`]);
  expect(stderr).toContain(`Invalid --days "${days}": must be an integer, 1-366. Fix: `);
  expect(status).toBe(2);
});
