import { Command, InvalidArgumentError } from 'commander';
import { resultsOf, type Result } from './benchmark';
import { JOBS } from './benchmarks/jobs';
import { OPERATIONS } from './benchmarks/operations';
import { SECONDS } from './benchmarks/seconds';
import { PLAN } from './benchmarks/plan';
import { SETUP } from './benchmarks/setup';
import { SYNTH } from './benchmarks/synth';
import { report } from './report';

const BENCHMARKS = [...SYNTH, JOBS, SETUP, PLAN, OPERATIONS, ...SECONDS];

interface BenchOptions {
  readonly json?: boolean;
  readonly rounds: number;
  readonly only?: string;
}

async function main(): Promise<void> {
  const program = new Command('npm run bench --')
    .description(
      'Measures how long things take, side by side with a yardstick. It never fails for a missed aim.',
    )
    .option(
      '--json',
      'as JSON: what, yardstick, unit, atMost, median, least, most, met, or skipped',
    )
    .option('--rounds <count>', 'how often each is measured, from 1', readCount, 5)
    .option('--only <text>', 'lines with this in their name')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse();
  const { json, rounds, only } = program.opts<BenchOptions>();
  const results: Result[] = [];
  for (const benchmark of BENCHMARKS) {
    const names = benchmark.rows.map(({ what }) => what);
    if (only !== undefined && !names.some((name) => name.includes(only))) continue;
    console.error(`Measuring ${names.join(', ')} …`);
    results.push(...(await resultsOf(benchmark, rounds)));
  }
  if (results.length === 0) {
    console.error(
      `No line has ${JSON.stringify(only)} in its name. Lines:\n  ` +
        BENCHMARKS.flatMap(({ rows }) => rows.map(({ what }) => what)).join('\n  '),
    );
    process.exitCode = 2;
    return;
  }
  console.log(json === true ? JSON.stringify(results, null, 2) : report(results));
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Allowed: a whole number from 1 to 999.');
}

void main();
