import os from 'node:os';
import path from 'node:path';
import type { Pair } from './measure';

const OUTDIR = path.join(os.tmpdir(), 'validibot-bench-cdktf.out');

export const PAIRS: readonly Pair[] = [
  {
    name: 'synth of all stacks : loading cdktf alone; the rest of it should stay below 3',
    command: ['node', '--import', 'tsx', 'main.ts'],
    against: ['node', '--eval', 'require("cdktf")'],
    env: { CDKTF_OUTDIR: OUTDIR },
  },
];
