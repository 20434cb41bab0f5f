import { App, TerraformStack } from 'cdktf';
import { createApp } from '../../stages/app';
import type { Environment } from '../../stages/environment';
import { stackName } from '../../stages/naming';
import { readSettings } from '../../stages/settings';
import type { Stage, StageName } from '../../stages/stages';
import { ValidibotStack } from '../../stages/validibot-stack';
import { configurationOf, type Block, type Configuration } from './scheduled-job';
import { temporaryFolder } from './temporary-folder';

/** Local state needs a folder; this one is the same on every machine. */
const STATE_DIR = { TF_STATE_DIR: '/state' };

/** A stage's stack as `main.ts` creates it, with the settings of an environment. */
export function stackOf(stage: StageName, env: Environment = {}): TerraformStack {
  const app = createApp({ ...STATE_DIR, ...env }, temporaryFolder());
  const stack = app.node.findChild(stackName(stage));
  if (!TerraformStack.isStack(stack)) throw new Error(`${stackName(stage)} is not a stack`);
  return stack;
}

/** The configuration of a stage's stack. */
export function configurationOfStage(stage: StageName, env: Environment = {}): Configuration {
  return configurationOf(stackOf(stage, env));
}

/** The stack of a stage that is not in the table of stages. */
export function customStack(stage: Stage, name: StageName = 'dev'): ValidibotStack {
  const app = new App({ outdir: temporaryFolder(), skipValidation: true });
  return new ValidibotStack(app, name, stage, readSettings(STATE_DIR).settings);
}

/** The jobs of a stack by task. */
export function jobsOf(stack: TerraformStack): Readonly<Record<string, Block>> {
  return configurationOf(stack).resource?.google_cloud_scheduler_job ?? {};
}
