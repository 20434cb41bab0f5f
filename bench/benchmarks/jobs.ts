import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { medianOf, type Benchmark, type Measured, type Row } from '../benchmark';
import { ratios, run } from '../command';

const COUNTS = [100, 1000, 10_000] as const;

/** What `children/jobs.ts` prints. */
interface Cost {
  readonly seconds: number;
  readonly bytes: number;
}

const rows = COUNTS.flatMap((count): Row[] => {
  const yardstick = 'the bare CloudSchedulerJob';
  return [
    { what: `${count} ScheduledJobs, time`, yardstick, atMost: 1.3, unit: 'times' },
    { what: `${count} ScheduledJobs, memory`, yardstick, atMost: 1.3, unit: 'times' },
  ];
});

export const JOBS: Benchmark = {
  rows: [
    ...rows,
    {
      what: `growth of time, ${COUNTS[1]} to ${COUNTS[2]} ScheduledJobs`,
      yardstick: '',
      atMost: 1.1,
      unit: 'exponent',
    },
  ],
  measure: async (rounds) => {
    const costs = new Map<number, [Cost, Cost][]>();
    for (const count of COUNTS) {
      const pairs: [Cost, Cost][] = [];
      for (let round = 0; round < rounds; round += 1) {
        pairs.push([await costOf('construct', count), await costOf('binding', count)]);
      }
      costs.set(count, pairs);
    }
    return [...COUNTS.flatMap((count) => ofCount(costs.get(count) ?? [], count)), growth(costs)];
  },
};

async function costOf(kind: string, count: number): Promise<Cost> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-jobs-'));
  try {
    const { stdout } = await run([
      'node',
      '--expose-gc',
      'launch/main.js',
      'bench/children/jobs.ts',
      kind,
      String(count),
      path.join(folder, 'cdktf.out'),
    ]);
    return JSON.parse(stdout) as Cost;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function ofCount(pairs: readonly [Cost, Cost][], count: number): Measured[] {
  const perJob = (index: 0 | 1): string =>
    `${(medianOf(pairs.map((pair) => pair[index].bytes)) / count / 1024).toFixed(1)} KiB`;
  return [
    ratios(pairs.map(([construct, binding]) => [construct.seconds, binding.seconds])),
    {
      values: pairs.map(([construct, binding]) => construct.bytes / binding.bytes),
      behind: `${perJob(0)} : ${perJob(1)} a job`,
    },
  ];
}

/** How time grows with the number of jobs: 1 is in proportion. */
function growth(costs: ReadonlyMap<number, readonly [Cost, Cost][]>): Measured {
  const [, some, many] = COUNTS;
  const seconds = (count: number, round: number): number =>
    costs.get(count)?.[round]?.[0].seconds ?? NaN;
  const rounds = costs.get(many)?.length ?? 0;
  const values = Array.from(
    { length: rounds },
    (_, round) => Math.log(seconds(many, round) / seconds(some, round)) / Math.log(many / some),
  );
  return { values };
}
