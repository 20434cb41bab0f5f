import path from 'node:path';
import { runSynth } from './lib/synth/run';
import { createApp } from './stages/app';
import { readProviderLock } from './stages/provider-lock';
import { describeApp } from './stages/report';

// This file is in the project's folder; commands may start it from anywhere.
const lock = readProviderLock(path.dirname(process.argv[1] ?? ''), process.env);

process.exitCode = runSynth(
  (outdir) => createApp(process.env, outdir),
  describeApp,
  process.env,
  lock,
);
