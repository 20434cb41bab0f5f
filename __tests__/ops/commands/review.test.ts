import fs from 'node:fs';
import path from 'node:path';
import { runProcess, type Outcome } from '../../../lib/run-process';
import { bareEnvironment, ROOT, callOps } from '../support';
import { temporaryFolder } from '../../support/temporary-folder';
import { planFile } from '../plan-review/support/plans';

function review(...args: string[]): Promise<Outcome> {
  return callOps(bareEnvironment(), ['review', ...args]);
}

/** The review of a plan on stdin. */
function reviewOfInput(input: string): Promise<Outcome> {
  const args = ['lib/launch/main.js', 'ops/start.ts', 'review', '--plan', '-'];
  return runProcess('node', args, { cwd: ROOT, env: bareEnvironment(), input });
}

it('prints Markdown and exits with 0 when the plan passes', async () => {
  const { status, stdout, stderr } = await review('--plan', planFile('moved'));
  expect(stdout).toBe(fs.readFileSync(planFile('moved').replace(/json$/, 'md'), 'utf8'));
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it('exits with 1 when the plan stops a job of production, unless that is allowed', async () => {
  const paused = planFile('paused');
  const failed = await review('--plan', paused);
  expect(failed.stdout).toContain('### validibot-prod: fails review');
  expect(failed.status).toBe(1);
  expect(failed.stdout).toContain(
    'To accept this: `--allow stop`, or the label `allow-stop` on the pull request.',
  );
  const other = await review('prod', '--plan', paused, '--allow', 'destroy');
  expect(other.status).toBe(1);
  const allowed = await review('prod', '--plan', paused, '--allow', 'destroy,stop');
  expect(allowed.stdout).toMatch(/^- Pauses .* \(allowed: stop\)$/m);
  expect(allowed.status).toBe(0);
});

it('prints JSON, with the same exit status', async () => {
  const { status, stdout } = await review('--plan', planFile('destroy'), '--json');
  const json = JSON.parse(stdout) as Record<string, unknown>;
  expect(json).toMatchObject({
    stage: 'prod',
    passed: false,
    allowed: [],
    needed: ['destroy'],
    terraformVersion: '1.11.4',
    findings: [
      {
        severity: 'stops',
        rule: 'job-destroyed',
        consent: 'destroy',
        address: 'google_cloud_scheduler_job.cleanup-callback-receipts',
      },
    ],
    jobs: [
      {
        name: 'validibot-cleanup-callback-receipts',
        action: 'destroyed',
        before: {
          schedule: '0 4 * * 0',
          timeZone: 'Australia/Sydney',
          inWords: 'At 04:00, only on Sunday',
        },
        after: null,
      },
    ],
    unchangedJobs: 2,
    drift: [],
    others: [],
  });
  expect(status).toBe(1);
});

it('reads a plan from stdin', async () => {
  const { status, stdout } = await reviewOfInput(fs.readFileSync(planFile('empty'), 'utf8'));
  expect(stdout).toContain('No changes.');
  expect(status).toBe(0);
});

describe('exits with 2 and prints no review for', () => {
  const folder = temporaryFolder();
  const truncated = path.join(folder, 'truncated.json');
  fs.writeFileSync(truncated, fs.readFileSync(planFile('update')).subarray(0, 5000));

  it.each([
    ['a truncated plan', ['--plan', truncated], /is truncated after \d+ characters/],
    ['no such file', ['--plan', path.join(folder, 'none')], /cannot be read \(.*ENOENT/],
    ['a folder', ['--plan', folder], /cannot be read \(.*EISDIR/],
    ['an unknown stage', ['prd', '--plan', planFile('empty')], /Invalid stage "prd"/],
    [
      'another stage',
      ['dev', '--plan', planFile('empty')],
      /Invalid stage "dev": the plan has jobs/,
    ],
    [
      '--out for a plan',
      ['--plan', planFile('empty'), '--out', 'x'],
      /Invalid --out "x": must not be used with --plan/,
    ],
    ['an unknown option', ['--plan', planFile('empty'), '--force'], /unknown option '--force'/],
  ])('%s', async (_, args, message) => {
    const { status, stdout, stderr } = await review(...args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('neither a stage nor a plan', async () => {
    const { status, stderr } = await callOps(bareEnvironment({ GCP_PROJECT_ID: 'my-project' }), [
      'review',
    ]);
    expect(stderr).toContain('<stage> or --plan is required. Fix: pass the stage');
    expect(status).toBe(2);
  });
});
