import { DEFAULTS } from '../../../stages/settings';
import { jobsOfStage, STAGES } from '../../../stages/stages';
import type { Benchmark } from '../benchmark';
import { run, type Command } from '../command';

function seconds(name: string, target: number, command: Command): Benchmark {
  return {
    rows: [{ name, baseline: '', target, unit: 'seconds' }],
    measure: async (rounds) => {
      const values: number[] = [];
      for (let round = 0; round < rounds; round += 1) values.push((await run(command)).seconds);
      return [{ values }];
    },
  };
}

export const SECONDS: readonly Benchmark[] = [
  seconds('a year of the six jobs on the scheduler core', 20, [
    'node',
    'lib/launch/main.js',
    'sandbox/bench/year.ts',
    DEFAULTS.GCP_SCHEDULER_TIMEZONE,
    ...jobsOfStage(STAGES.dev).map(({ schedule }) => schedule),
  ]),
  seconds('npm test without the end-to-end part', 60, [
    'npm',
    'test',
    '--',
    '--testPathIgnorePatterns=/e2e/',
  ]),
];
