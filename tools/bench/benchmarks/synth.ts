import fs from 'node:fs';
import type { Benchmark } from '../benchmark';
import { inTurns, type Command } from '../command';
import { inOutdir } from '../outdir';

/** As `cdktf.json` runs it. */
function synth(): Command {
  const { app } = JSON.parse(fs.readFileSync('cdktf.json', 'utf8')) as { app: string };
  const [program = '', ...args] = app.split(' ');
  return [program, ...args];
}

function against(what: string, yardstick: string, atMost: number, command: Command): Benchmark {
  return {
    rows: [{ what, yardstick, atMost, unit: 'times' }],
    measure: (rounds) =>
      inOutdir(async (outdir) => {
        const env = { ...process.env, CDKTF_OUTDIR: outdir };
        return [await inTurns(synth(), command, rounds, env)];
      }),
  };
}

export const SYNTH: readonly Benchmark[] = [
  against('synth of all stages', 'node that loads cdktf and the same modules', 1.5, [
    'node',
    'tools/bench/children/bindings.js',
  ]),
  against('synth of all stages', 'npx tsx, and imports from the package’s index', 0.25, [
    'npx',
    'tsx',
    'tools/bench/children/template.ts',
  ]),
];
