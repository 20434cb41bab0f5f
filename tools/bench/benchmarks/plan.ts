import path from 'node:path';
import { stackName } from '../../../stages/naming';
import type { Benchmark } from '../benchmark';
import { missingProgram, ratios, run, type Command } from '../command';
import { inSandbox, type Bench } from '../in-sandbox';

const STAGE = 'dev';
const OPS = ['node', 'lib/launch/main.js', 'ops/start.ts'] as const;

/** The overhead of `setup` and `review` over terraform itself, for a stage that is up to date. */
export const PLAN: Benchmark = {
  rows: [
    {
      name: 'setup of a stage that is up to date',
      baseline: 'terraform plan -detailed-exitcode',
      target: 1.3,
      unit: 'times',
    },
    {
      name: 'review of a stage',
      baseline: 'terraform plan -out, and show -json',
      target: 1.3,
      unit: 'times',
    },
  ],
  missing: () => missingProgram('terraform'),
  measure: (rounds) =>
    inSandbox(async (bench) => {
      await run([...OPS, 'setup', STAGE], bench.env);
      const setups: [number, number][] = [];
      const reviews: [number, number][] = [];
      // The first round is a warm-up.
      for (let round = 0; round <= rounds; round += 1) {
        const setup = await secondsOf(bench, [...OPS, 'setup', STAGE]);
        const plan = await secondsOf(bench, planCommand(bench));
        const review = await secondsOf(bench, [...OPS, 'review', STAGE]);
        const planned = await secondsOf(bench, planCommand(bench));
        const shown = await secondsOf(bench, [
          ...terraformIn(bench),
          'show',
          '-json',
          planFile(bench),
        ]);
        if (round === 0) continue;
        setups.push([setup, plan]);
        reviews.push([review, planned + shown]);
      }
      return [ratios(setups), ratios(reviews)];
    }),
};

async function secondsOf({ env }: Bench, command: Command): Promise<number> {
  const { seconds } = await run(command, env);
  return seconds;
}

function planCommand(bench: Bench): Command {
  const args = ['plan', '-input=false', '-no-color', '-detailed-exitcode'] as const;
  return [...terraformIn(bench), ...args, `-out=${planFile(bench)}`];
}

function terraformIn({ env }: Bench): Command {
  const stack = path.join(env.CDKTF_OUTDIR ?? '', 'ops', STAGE, 'stacks', stackName(STAGE));
  return ['terraform', `-chdir=${stack}`];
}

function planFile({ directory }: Bench): string {
  return path.join(directory, 'bench.plan');
}
