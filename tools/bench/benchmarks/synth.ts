import fs from 'node:fs';
import type { Benchmark } from '../benchmark';
import { inTurns, type Command } from '../command';
import { inOutdir } from '../outdir';

/** The command in `cdktf.json`. */
function synth(): Command {
  const { app } = JSON.parse(fs.readFileSync('cdktf.json', 'utf8')) as { app: string };
  const [program = '', ...args] = app.split(' ');
  return [program, ...args];
}

function against(name: string, baseline: string, target: number, command: Command): Benchmark {
  return {
    rows: [{ name, baseline, target, unit: 'times' }],
    measure: (rounds) =>
      inOutdir(async (outdir) => {
        const env = { ...process.env, CDKTF_OUTDIR: outdir };
        return [await inTurns(synth(), command, rounds, env)];
      }),
  };
}

export const SYNTH: readonly Benchmark[] = [
  against('synth of all stages', 'node, loading cdktf and the same modules', 1.5, [
    'node',
    'tools/bench/children/bindings.js',
  ]),
  against('synth of all stages', 'npx tsx, importing the package’s index', 0.25, [
    'npx',
    'tsx',
    'tools/bench/children/template.ts',
  ]),
];
