import { App } from 'cdktf';
import { describeMistake } from '../constructs/mistake';
import type { Environment } from './environment';
import { readSettings } from './settings';
import { STAGE_NAMES, STAGES } from './stages';
import { ValidibotStack } from './validibot-stack';

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
  for (const stage of STAGE_NAMES) new ValidibotStack(app, stage, STAGES[stage], settings);
  return app;
}
