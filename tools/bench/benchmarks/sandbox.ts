import { medianOf, type Benchmark } from '../benchmark';
import { missingProgram, run } from '../command';

/** Longer than the log is kept, so that its memory has stopped growing. */
const DAYS = 90;

/** What `children/simulate.ts` prints: seconds of CPU time, and MB. */
interface Cost {
  readonly attempt: number;
  readonly list: number;
  readonly empty: number;
  readonly megabytes: number;
}

const BASELINE = 'a call of an empty fastify route';

/** The sandbox with a stage and its alerts, over HTTP. */
export const SANDBOX: Benchmark = {
  rows: [
    { name: 'an attempt of a simulated job', baseline: BASELINE, target: 1.5, unit: 'times' },
    { name: 'entries:list, 22,000 entries', baseline: BASELINE, target: 5, unit: 'times' },
    { name: `memory of ${DAYS} simulated days`, baseline: '', target: 400, unit: 'MB' },
  ],
  missing: () => missingProgram('terraform'),
  measure: async (rounds) => {
    const costs: Cost[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const child = ['lib/launch/main.js', 'tools/bench/children/simulate.ts', String(DAYS)];
      costs.push(JSON.parse((await run(['node', ...child])).stdout) as Cost);
    }
    const ratio = (of: 'attempt' | 'list'): { values: number[]; absolute: string } => ({
      values: costs.map((cost) => cost[of] / cost.empty),
      absolute: [of, 'empty' as const]
        .map((name) => `${(medianOf(costs.map((cost) => cost[name])) * 1000).toFixed(2)} ms`)
        .join(' : '),
    });
    return [ratio('attempt'), ratio('list'), { values: costs.map(({ megabytes }) => megabytes) }];
  },
};
