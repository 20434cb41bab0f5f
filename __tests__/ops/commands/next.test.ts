import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
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

it('shows the runs of the next day in order of time, without a project', async () => {
  const { status, stdout, stderr } = await callOps(env, ['next']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const times = [...stdout.matchAll(/^ (\d{4}-\d\d-\d\d \d\d:\d\d|none) /gm)].map(([, at]) => at);
  expect(times.length).toBeGreaterThanOrEqual(18);
  expect(times).toEqual([...times].sort((a = '', b = '') => a.localeCompare(b)));
  expect(stdout).toMatch(
    / \d{4}-\d\d-\d\d 02:00 +│ dev +│ validibot-clear-sessions-dev +│ At 02:00, every day/,
  );
  expect(stdout).toMatch(/process-purge-retries-dev +│ Every 5 minutes +│ and 287 more/);
  expect(stdout).toContain('Times are in Australia/Sydney. ');
});

it('shows them job by job', async () => {
  const { stdout } = await callOps(env, ['next', 'dev', '--by-job', '--days', '2']);
  expect(stdout).toMatch(
    /validibot-clear-sessions-dev +│ At 02:00, every day +│ \d{4}-\d\d-\d\d 02:00.*\n.*validibot-clear-sessions-dev /,
  );
  expect(stdout).toMatch(/process-purge-retries-dev +│ Every 5 minutes +│ \d{4}-.*, and 575 more/);
});

describe('a calendar', () => {
  const file = path.join(temporaryFolder(), 'runs.ics');

  it('has the runs of the jobs that do not run every hour', async () => {
    const { status, stdout } = await callOps(env, ['next', 'dev', '--days', '7', '--ics', file]);
    expect(stdout).toBe(
      `Wrote ${file}: 15 runs; 3 jobs that run every hour or are paused are not in it.\n`,
    );
    expect(status).toBe(0);
    const lines = fs.readFileSync(file, 'utf8').split('\r\n');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(15);
    expect(lines).toContain('SUMMARY:validibot-clear-sessions-dev');
    expect(lines.filter((line) => /^DTSTART:\d{8}T150000Z$/.test(line))).toHaveLength(7);
  });

  it('is not written where it cannot be', async () => {
    const { status, stderr } = await callOps(env, ['next', '--ics', path.join(file, 'x')]);
    expect(stderr).toMatch(/^Cannot write .*\nFix: pass --ics a path that can be written\n$/);
    expect(status).toBe(1);
  });
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
