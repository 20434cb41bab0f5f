import { Annotations, App } from 'cdktf';
import { describeMistake } from '../constructs/core/mistake';
import type { Environment } from './environment';
import { readSettings } from './settings';
import { STAGE_NAMES, STAGES } from './stages';
import { ValidibotStack } from './validibot-stack';

const NO_CHANNELS =
  'No one is alerted when a job fails or is missed: incidents show in the console only. ' +
  'Set ALERT_EMAILS or ALERT_CHANNELS.';

/** The application: a stack for every stage, with the settings of the environment. */
export function createApp(env: Environment, outdir?: string): App {
  const { settings, mistakes } = readSettings(env);
  const app = new App({
    outdir,
    // With them, the manifest holds this machine's paths.
    stackTraces: false,
    // CDKTF's own validation stops at the first bad stack, and for imports and HCP Terraform it
    // wants a terraform binary. The synth here validates all stacks itself.
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
