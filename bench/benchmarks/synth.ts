import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Benchmark } from '../benchmark';
import { inTurns, type Command } from '../command';

/** As `cdktf.json` runs it. */
function synth(): Command {
  const { app } = JSON.parse(fs.readFileSync('cdktf.json', 'utf8')) as { app: string };
  const [program = '', ...args] = app.split(' ');
  return [program, ...args];
}

function against(what: string, yardstick: string, atMost: number, command: Command): Benchmark {
  return {
    rows: [{ what, yardstick, atMost, unit: 'times' }],
    measure: async (rounds) => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-synth-'));
      const env = { ...process.env, CDKTF_OUTDIR: path.join(folder, 'cdktf.out') };
      try {
        return [await inTurns(synth(), command, rounds, env)];
      } finally {
        fs.rmSync(folder, { recursive: true });
      }
    },
  };
}

export const SYNTH: readonly Benchmark[] = [
  against('synth of all stages', 'node that loads cdktf and the same modules', 1.5, [
    'node',
    'bench/children/bindings.js',
  ]),
  against('synth of all stages', 'npx tsx, and imports from the package’s index', 0.25, [
    'npx',
    'tsx',
    'bench/children/template.ts',
  ]),
];
