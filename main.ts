import { createApp } from './stages/app';
import { runSynth } from './synth/run';

process.exitCode = runSynth((outdir) => createApp(process.env, outdir), process.env);
