import { medianOf, type Benchmark, type Measured, type Row } from '../benchmark';
import { ratios, run } from '../command';
import { inOutdir } from '../outdir';

const COUNTS = [100, 1000, 10_000] as const;

/** What `constructs/bench/jobs.ts` prints. */
interface Cost {
  readonly seconds: number;
  readonly bytes: number;
}

type Pair = readonly [construct: Cost, binding: Cost];

const rows = COUNTS.flatMap((count): Row[] => {
  const baseline = 'the bare CloudSchedulerJob';
  return [
    { name: `${count} ScheduledJobs, time`, baseline, target: 1.3, unit: 'times' },
    { name: `${count} ScheduledJobs, memory`, baseline, target: 1.4, unit: 'times' },
  ];
});

export const JOBS: Benchmark = {
  rows: [
    ...rows,
    {
      name: `growth of time, ${COUNTS[1]} to ${COUNTS[2]} ScheduledJobs`,
      baseline: '',
      target: 1.1,
      unit: 'exponent',
    },
  ],
  measure: (rounds) =>
    inOutdir(async (outdir) => {
      const costs: Pair[][] = [];
      for (const count of COUNTS) {
        const pairs: Pair[] = [];
        for (let round = 0; round < rounds; round += 1) {
          pairs.push([
            await costOf('construct', count, outdir),
            await costOf('binding', count, outdir),
          ]);
        }
        costs.push(pairs);
      }
      const [, some = [], many = []] = costs;
      return [
        ...COUNTS.flatMap((count, index) => ofCount(costs[index] ?? [], count)),
        growth(some, many),
      ];
    }),
};

async function costOf(kind: string, count: number, outdir: string): Promise<Cost> {
  const child = ['lib/launch/main.js', 'constructs/bench/jobs.ts', kind, String(count), outdir];
  const { stdout } = await run(['node', '--expose-gc', ...child]);
  return JSON.parse(stdout) as Cost;
}

function ofCount(pairs: readonly Pair[], count: number): Measured[] {
  const perJob = (index: 0 | 1): string =>
    `${(medianOf(pairs.map((pair) => pair[index].bytes)) / count / 1024).toFixed(1)} KiB`;
  return [
    ratios(pairs.map(([construct, binding]) => [construct.seconds, binding.seconds])),
    {
      values: pairs.map(([construct, binding]) => construct.bytes / binding.bytes),
      absolute: `${perJob(0)} : ${perJob(1)} a job`,
    },
  ];
}

/** How time grows with the number of jobs; 1 is linear. */
function growth(some: readonly Pair[], many: readonly Pair[]): Measured {
  const times = COUNTS[2] / COUNTS[1];
  const values = many.map(
    ([{ seconds }], round) =>
      Math.log(seconds / (some[round]?.[0].seconds ?? NaN)) / Math.log(times),
  );
  return { values };
}
