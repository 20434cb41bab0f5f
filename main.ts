import { runSynth } from './lib/synth/run';
import { createApp } from './stages/app';
import { describeApp } from './stages/report';

process.exitCode = runSynth((outdir) => createApp(process.env, outdir), describeApp, process.env);
