import { DEFAULTS } from '../../../stages/settings';
import type { Benchmark } from '../benchmark';
import { inTurns, missingProgram, run, type Command } from '../command';
import { inSandbox } from '../in-sandbox';

const STAGE = 'dev';
const OPS = ['node', 'lib/launch/main.js', 'ops/start.ts'] as const;
const BASELINE = 'gcloud scheduler jobs list';
const LIST: Command = ['gcloud', 'scheduler', 'jobs', 'list', `--location=${DEFAULTS.GCP_REGION}`];

/** In the sandbox, with a deployed stage. */
export const OPERATIONS: Benchmark = {
  rows: [
    { name: 'list', baseline: BASELINE, target: 0.4, unit: 'times' },
    { name: 'doctor', baseline: BASELINE, target: 1, unit: 'times' },
  ],
  missing: () => missingProgram('terraform', 'gcloud'),
  measure: (rounds) =>
    inSandbox(async ({ env }) => {
      await run([...OPS, 'setup', STAGE], env);
      return [
        await inTurns([...OPS, 'list', STAGE], LIST, rounds, env),
        await inTurns([...OPS, 'doctor', STAGE], LIST, rounds, env),
      ];
    }),
};
