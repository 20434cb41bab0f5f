import { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import readline from 'node:readline/promises';
import type { Call } from '../../sandbox/conformance/checks';
import { runChecks, type Outcome } from '../../sandbox/conformance/run-checks';
import { startLocalCloud } from '../../stages/local-cloud';
import { googleCall, sandboxCall } from './call';
import { describeOutcome } from './describe';

interface Options {
  readonly project?: string;
  readonly region: string;
  readonly yes?: boolean;
}

const FAILED = 1;
const WRONG_USE = 2;

async function main({ project, region, yes }: Options): Promise<number> {
  const job = `sandbox-conformance-${Date.now()}-${randomBytes(3).toString('hex')}`;
  if (project === undefined) return againstSandbox(job);
  const parent = `projects/${project}/locations/${region}`;
  console.log(
    `Creates one job in ${project} (${region}): ${job}\n` +
      'It is paused, changed, run once (GET https://www.example.com/), and deleted, also after a failure.\n' +
      'Nothing else is changed.',
  );
  if (!yes) {
    if (!process.stdin.isTTY) {
      console.error(
        'stdin is not a terminal.\nFix: pass --yes to run the checks without a question.',
      );
      return WRONG_USE;
    }
    if (!(await confirmed())) return FAILED;
  }
  return report(await runChecks(await googleCall(project), { parent, job }), 'Google');
}

async function againstSandbox(job: string): Promise<number> {
  const cloud = await startLocalCloud();
  try {
    const call: Call = sandboxCall(cloud.url);
    const parent = `projects/${cloud.projectId}/locations/${cloud.region}`;
    return report(await runChecks(call, { parent, job }), 'this sandbox');
  } finally {
    await cloud.close();
  }
}

function report(outcome: Outcome, subject: string): number {
  console.log(describeOutcome(outcome, subject));
  return outcome.differences.length + outcome.problems.length > 0 ? FAILED : 0;
}

async function confirmed(): Promise<boolean> {
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Continue? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

const program = new Command('npm run conformance --')
  .description(
    'Checks Cloud Scheduler as the sandbox emulates it, or compares it with a real project',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
  .option('--project <id>', 'a real project (default: a sandbox)')
  .option('--region <name>', 'region of the throwaway job', 'us-central1')
  .option('--yes', 'do not ask before the job is created in a real project')
  .action(async (options: Options) => {
    try {
      process.exitCode = await main(options);
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = FAILED;
    }
  });

void program.parseAsync();
