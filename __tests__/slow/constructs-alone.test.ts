import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readFiles, writeFiles } from '../support/files';
import { temporaryFolder } from '../support/temporary-folder';

/**
 * The promise of constructs/README.md: an app from `cdktf init --template=typescript` copies the
 * folder, installs it, and uses it, with its own tsconfig.json and compiler.
 */

const root = path.join(__dirname, '..', '..');
const template = path.join(
  path.dirname(require.resolve('@cdktf/cli-core/package.json')),
  'templates',
  'typescript',
);

/** The last version with which the template's `npx ts-node main.ts` runs; 6 and 7 must compile too. */
const TYPESCRIPT = '5.9.3';

const MAIN = `
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { missedRunsAfterSeconds } from './constructs/core/missed-runs';
import { FailedRunsAlert } from './constructs/failed-runs-alert';
import { MissedRunsAlert } from './constructs/missed-runs-alert';
import { ScheduledJob } from './constructs/scheduled-job';
import { SuccessfulRunsMetric } from './constructs/successful-runs-metric';

const app = new App();
const stack = new TerraformStack(app, 'reports');
new GoogleProvider(stack, 'google', { project: 'my-project', region: 'europe-west1' });
const job = new ScheduledJob(stack, 'nightly-report', {
  schedule: '30 4 * * MON-FRI',
  timeZone: 'Europe/Berlin',
  uri: 'https://reports-abc123-ew.a.run.app/nightly/',
  serviceAccountEmail: 'scheduler@my-project.iam.gserviceaccount.com',
});
const metric = new SuccessfulRunsMetric(stack, 'successes', { jobs: [job], metricName: 'reports' });
new FailedRunsAlert(stack, 'failed', { jobs: [job] });
const afterSeconds = missedRunsAfterSeconds({ cron: job.schedule, timeZone: job.timeZone }, 600);
if (afterSeconds !== undefined) new MissedRunsAlert(stack, 'missed', { job, metric, afterSeconds });
app.synth();
`;

jest.setTimeout(10 * 60_000);

const app = temporaryFolder();

/** Runs a command in the app; returns its output. */
function run(command: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: app, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${[command, ...args].join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  }
  return stdout;
}

const npmInstall = (...args: string[]): string =>
  run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', ...args);

beforeAll(() => {
  const manifest = fs.readFileSync(path.join(template, 'package.json'), 'utf8');
  writeFiles(app, {
    'package.json': manifest.replace('{{ $base }}', 'reports'),
    'tsconfig.json': fs.readFileSync(path.join(template, 'tsconfig.json'), 'utf8'),
    'main.ts': MAIN,
  });
  // As the template's own hook does.
  npmInstall('cdktf@0.21.0', 'constructs@10');
  npmInstall('--save-dev', '@types/node', `typescript@${TYPESCRIPT}`, 'ts-node');
  // As the README of constructs/ says.
  fs.cpSync(path.join(root, 'constructs'), path.join(app, 'constructs'), { recursive: true });
  npmInstall('./constructs', '@cdktf/provider-google@16');
});

it('installs its packages once, with those of the app', () => {
  expect(fs.existsSync(path.join(app, 'constructs', 'node_modules'))).toBe(false);
  expect(run('npm', 'ls')).toContain('@scheduled-jobs/constructs@0.1.0 -> ./constructs');
});

it.each([
  ["the template's", path.join(app, 'node_modules', 'typescript', 'bin', 'tsc')],
  ["this project's", path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')],
])('compiles with %s TypeScript and the settings of the template', (_, tsc) => {
  expect(run('node', tsc, '--noEmit')).toBe('');
});

it('synthesizes a job and its alerts', () => {
  run('npx', 'ts-node', 'main.ts');

  const file = path.join('stacks', 'reports', 'cdk.tf.json');
  const synthesized = readFiles(path.join(app, 'cdktf.out'))[file] ?? '';
  expect(JSON.parse(synthesized)).toMatchObject({
    resource: {
      google_cloud_scheduler_job: {
        'nightly-report': {
          name: 'nightly-report',
          schedule: '30 4 * * MON-FRI',
          time_zone: 'Europe/Berlin',
          attempt_deadline: '600s',
          http_target: {
            http_method: 'POST',
            uri: 'https://reports-abc123-ew.a.run.app/nightly/',
            oidc_token: {
              audience: 'https://reports-abc123-ew.a.run.app',
              service_account_email: 'scheduler@my-project.iam.gserviceaccount.com',
            },
          },
        },
      },
      google_logging_metric: { successes: { name: 'reports' } },
      google_monitoring_alert_policy: {
        failed: { display_name: 'A scheduled job of reports failed' },
        // From Friday to Monday, with the hour of daylight saving: 73 h, 10 min and 30 min of grace.
        missed: {
          conditions: [{ display_name: 'No success for 3.1 d' }],
        },
      },
    },
  });
});

it('fails the synth for a mistake', () => {
  writeFiles(app, { 'main.ts': MAIN.replace('Europe/Berlin', 'Berlin') });
  expect(() => run('npx', 'ts-node', 'main.ts')).toThrow('Invalid timeZone "Berlin"');
});
