import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
import { planFile } from '../plan-review/support/plans';
import { OpsSandbox } from '../support';

const DAY = 86_400;
const folder = temporaryFolder();
const file = path.join(folder, 'page.html');

let sandbox: OpsSandbox;
beforeAll(async () => {
  sandbox = await OpsSandbox.start();
  await sandbox.deploy('dev');
});
afterAll(() => sandbox.close());

/** The page's text, without markup. */
async function pageOf(...args: string[]): Promise<string> {
  const { status, stderr } = await sandbox.ops('page', ...args, '--out', file);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return textOf(fs.readFileSync(file, 'utf8'));
}

function textOf(html: string): string {
  return html
    .replace(/<(style|title|desc)\b[^]*?<\/\1\s*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

it('shows what ran, what failed, what is paused, and what to do about it', async () => {
  await sandbox.fault({
    fault: 'worker-failing',
    stage: 'dev',
    path: 'cleanup-idempotency-keys',
    status: 500,
  });
  await sandbox.advance(DAY);
  await sandbox.ops('pause', 'cleanup-stuck-runs', 'dev');
  await sandbox.advance(DAY);
  const page = await pageOf('dev');
  expect(page).toContain('dev 1 failing job 1 paused job');
  expect(page).toMatch(/validibot-cleanup-idempotency-keys-dev .* 500: failed .* 0 % 0 of 2 /);
  expect(page).toMatch(/validibot-process-purge-retries-dev .* 100 % 57\d of 57\d /);
  expect(page).toContain('paused: not by the table');
  expect(page).toMatch(/failure job-paused: validibot-cleanup-stuck-runs-dev .* Fix: just gcp-/);
  expect(page).toMatch(/Runs are read from [\d,]+ log entries since \d{4}-\d\d-\d\d \d\d:\d\d\. /);
  expect(page).toContain('No open incidents.');
});

it('shows all stages, and jobs that are missing', async () => {
  const page = await pageOf();
  for (const stage of ['dev', 'staging', 'prod']) expect(page).toContain(`Jobs of ${stage} `);
  expect(page).toMatch(/validibot-clear-sessions-staging .* missing never none/);
});

it('shows a job of the stage that the table lacks', async () => {
  await sandbox.createJob({
    ...(await sandbox.job('validibot-clear-sessions-dev')),
    name: 'by-hand',
  });
  expect(await pageOf('dev')).toMatch(/ by-hand .* enabled, unmanaged .* no one: not in the table/);
});

it('shows what a plan would change, with both weeks of a job that is rescheduled', async () => {
  const page = await pageOf('prod', '--plan', planFile('update'));
  expect(page).toContain('The next deploy passes review');
  expect(page).toContain('validibot-clear-sessions: changed');
  expect(page).toContain('Now Planned 0 6 12 18 0 6 12 18 ');
});

it('says what could not be read', async () => {
  await sandbox.fault({ fault: 'call', code: 403, path: 'entries:list' });
  await sandbox.fault({ fault: 'call', code: 403, path: '/alerts' });
  const page = await pageOf('dev');
  await sandbox.clearFaults();
  expect(page).toMatch(/0 log entries since .* The log could not be read: .*403/);
  expect(page).toMatch(/The incidents could not be read: .*403/);
});

it('prints the file as JSON', async () => {
  const found = await sandbox.json<object>('page', 'dev', 'dev', '--out', file);
  expect(found).toEqual({ file, stages: ['dev'], jobs: expect.any(Number) as number });
});

it.each([
  [['nowhere'], 'Invalid stage "nowhere": ', 2],
  [['dev', '--out', path.join(folder, 'none', 'x.html')], 'its folder does not exist.\nFix: ', 1],
  [['--plan', path.join(folder, 'none.json')], 'Invalid --plan ', 2],
  [['prod', '--plan', planFile('update'), '--plan', planFile('update')], 'another plan of prod', 2],
  [['staging', 'dev', '--plan', planFile('update')], 'the plan is of prod', 2],
])('rejects %j', async (args, message, expected) => {
  const { status, stderr, stdout } = await sandbox.ops('page', ...args);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(status).toBe(expected);
});
