import { Command, InvalidArgumentError } from 'commander';
import { resultsOf, type Result } from './benchmark';
import { JOBS } from './benchmarks/jobs';
import { OPERATIONS } from './benchmarks/operations';
import { SANDBOX } from './benchmarks/sandbox';
import { SECONDS } from './benchmarks/seconds';
import { PLAN } from './benchmarks/plan';
import { SETUP } from './benchmarks/setup';
import { SYNTH } from './benchmarks/synth';
import { report } from './report';

const BENCHMARKS = [...SYNTH, JOBS, SETUP, PLAN, OPERATIONS, SANDBOX, ...SECONDS];

interface BenchOptions {
  readonly json?: boolean;
  readonly rounds: number;
  readonly only?: string;
}

async function main(): Promise<void> {
  const program = new Command('npm run bench --')
    .description('Measures durations against baselines. A missed target is not an error.')
    .option(
      '--json',
      'print JSON: name, baseline, unit, target, and median, min, max, met, or skipped',
    )
    .option('--rounds <count>', 'measurements per benchmark, 1-999', readCount, 5)
    .option('--only <text>', 'run only benchmarks with this in their name')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse();
  const { json, rounds, only } = program.opts<BenchOptions>();
  const results: Result[] = [];
  for (const benchmark of BENCHMARKS) {
    const names = benchmark.rows.map(({ name }) => name);
    if (only !== undefined && !names.some((name) => name.includes(only))) continue;
    console.error(`Measuring ${names.join(', ')} …`);
    results.push(...(await resultsOf(benchmark, rounds)));
  }
  if (results.length === 0) {
    console.error(
      `No benchmark has ${JSON.stringify(only)} in its name. Benchmarks:\n  ` +
        BENCHMARKS.flatMap(({ rows }) => rows.map(({ name }) => name)).join('\n  '),
    );
    process.exitCode = 2;
    return;
  }
  console.log(json === true ? JSON.stringify(results, null, 2) : report(results));
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected: integer, 1-999.');
}

void main();
