/**
 * Regenerates the plans in this folder, with the real terraform and the real google provider against
 * the sandbox: `npm run review:plans`. Read the diff before you commit it.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Block, Configuration } from '../../../support/scheduled-job';
import { SCENARIOS, unchanged, type Place, type Scenario } from './scenarios';
import { strip } from './strip';
import { writeReviews } from './write-reviews';

const HERE = 'cdk.tf.json';
const JOBS = ['clear-sessions', 'cleanup-callback-receipts', 'process-purge-retries'];
const KEPT_TYPES = ['google_project_service', 'google_cloud_run_v2_service_iam_member'];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'validibot-plans-'));
try {
  // With `reviews`, only the expected reviews are regenerated.
  if (process.argv[2] !== 'reviews') main(process.argv.slice(2));
  writeReviews();
} finally {
  fs.rmSync(folder, { recursive: true });
}

function main(only: readonly string[]): void {
  const endpoint = process.env.GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT;
  if (endpoint === undefined) throw new Error('Run this with: npm run review:plans');
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    if (only.length > 0 && !only.includes(name)) continue;
    request(endpoint, 'POST', '../_sandbox/reset');
    const json = planOf(scenario, endpoint);
    const file = path.join('__tests__', 'ops', 'plan-review', 'plans', `${name}.json`);
    fs.writeFileSync(file, `${JSON.stringify(strip(json), undefined, 1)}\n`);
    console.log(file);
  }
}

/** The plan of a scenario: applies, changes things outside Terraform, and plans. */
function planOf(scenario: Scenario, endpoint: string): unknown {
  const { stage = 'prod', applied = unchanged, planned = unchanged } = scenario;
  const env = { ...process.env, ...scenario.env, CDKTF_OUTDIR: path.join(folder, 'out') };
  run(process.cwd(), env, process.execPath, 'lib/launch/main.js', 'main.ts');
  const stack = path.join(folder, 'out', 'stacks', `validibot-${stage}`, HERE);
  const base = reduced(JSON.parse(fs.readFileSync(stack, 'utf8')) as Configuration);
  const place: Place = {
    jobs: `projects/${process.env.GCP_PROJECT_ID ?? ''}/locations/${process.env.GCP_REGION ?? ''}/jobs`,
    call: (method, resource, body) => {
      request(endpoint, method, resource, body);
    },
  };
  const work = fs.mkdtempSync(path.join(folder, 'work-'));
  const terraform = (...args: string[]): string => run(work, env, 'terraform', ...args);
  const write = (configuration: Configuration): void => {
    fs.writeFileSync(path.join(work, HERE), JSON.stringify(configuration));
  };
  if (applied !== null) {
    write(applied(base));
    terraform('init', '-input=false');
    terraform('apply', '-input=false', '-auto-approve');
  }
  scenario.meanwhile?.(place);
  write(planned(base));
  terraform('init', '-input=false');
  const fails = scenario.fails === true;
  const args = ['plan', '-input=false', '-out=plan', ...(scenario.options ?? [])];
  const { status, stderr } = spawnSync('terraform', args, { cwd: work, env, encoding: 'utf8' });
  if ((status !== 0) !== fails)
    throw new Error(`terraform plan ended with ${String(status)}:\n${stderr}`);
  return JSON.parse(terraform('show', '-json', 'plan'));
}

/** The stack with three of its jobs and what they need: enough to review, small enough to read. */
function reduced(configuration: Configuration): Configuration {
  const { resource = {}, terraform, import: imports, data, provider, variable } = configuration;
  const jobs = Object.entries(resource.google_cloud_scheduler_job ?? {});
  const kept = Object.entries(resource).filter(([type]) => KEPT_TYPES.includes(type));
  return {
    data,
    provider,
    variable,
    terraform: { ...terraform, backend: { local: {} } },
    ...(imports && {
      import: imports.filter((block) => JOBS.some((job) => String(block.to).endsWith(job))),
    }),
    resource: {
      ...Object.fromEntries(kept.map(([type, blocks]) => [type, someOf(type, blocks)])),
      google_cloud_scheduler_job: Object.fromEntries(
        jobs.filter(([job]) => JOBS.includes(job)).map(([job, block]) => [job, unprotected(block)]),
      ),
    },
  };
}

/** Production's protection would refuse most of the plans; the output that lists it is left out, too. */
function unprotected({ deletion_policy: _policy, lifecycle, ...block }: Block): Block {
  const { prevent_destroy: _prevent, ...rest } = (lifecycle ?? {}) as Block;
  return { ...block, lifecycle: rest };
}

/** All resources of a type; of the APIs, only Cloud Scheduler's. */
function someOf(type: string, blocks: Readonly<Record<string, Block>>): Record<string, Block> {
  const entries = Object.entries(blocks);
  if (type !== 'google_project_service') return Object.fromEntries(entries);
  return Object.fromEntries(
    entries.filter(([, { service }]) => service === 'cloudscheduler.googleapis.com'),
  );
}

function run(cwd: string, env: NodeJS.ProcessEnv, command: string, ...args: string[]): string {
  const ended = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 1e8 });
  if (ended.status === 0) return ended.stdout;
  throw new Error(`${command} ${args.join(' ')} failed:\n${ended.stdout}${ended.stderr}`);
}

/** In its own process, because this script is synchronous. */
function request(endpoint: string, method: string, resource: string, body: unknown = {}): void {
  const code = `fetch(${JSON.stringify(new URL(resource, endpoint).href)}, ${JSON.stringify({
    method,
    headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox-token' },
    ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
  })}).then(async (answer) => { if (!answer.ok) throw new Error(await answer.text()) })`;
  run(process.cwd(), process.env, process.execPath, '-e', code);
}
