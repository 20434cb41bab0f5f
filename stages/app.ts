import { Annotations, App } from 'cdktf';
import { describeMistake } from '../constructs/core/mistake';
import type { Environment } from './environment';
import { readSettings } from './settings';
import { STAGE_NAMES, STAGES } from './stages';
import { ValidibotStack } from './validibot-stack';

const NO_CHANNELS =
  'No one will be notified when a job fails or misses a run: incidents are only visible in the ' +
  'console. Fix: set ALERT_EMAILS or ALERT_CHANNELS.';

/** The application: a stack for each stage, with settings from the environment. */
export function createApp(env: Environment, outdir?: string): App {
  const { settings, mistakes } = readSettings(env);
  const app = new App({
    outdir,
    // They would put this machine's paths into the manifest.
    stackTraces: false,
    // CDKTF's own validation stops at the first invalid stack, and requires a terraform binary for
    // imports and HCP Terraform. `runSynth` validates all stacks itself.
    skipValidation: true,
  });
  app.node.addValidation({ validate: () => mistakes.map(describeMistake) });
  const { emails, existing } = settings.channels;
  for (const name of STAGE_NAMES) {
    const stack = new ValidibotStack(app, name, STAGES[name], settings);
    if (emails.length + existing.length === 0) Annotations.of(stack).addWarning(NO_CHANNELS);
  }
  return app;
}
