import { sandboxEnvironment } from '../sandbox/environment';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { createSeed } from './seed';
import { DEFAULTS } from './settings';

/** A sandbox that holds Validibot, and the environment of commands that run in it. */
export interface LocalCloud extends Sandbox {
  readonly env: NodeJS.ProcessEnv;
}

/** What `npm run sandbox` starts, within this process. It must be closed. */
export async function startLocalCloud(): Promise<LocalCloud> {
  const sandbox = await startSandbox({ seed: createSeed(DEFAULTS.GCP_APP_NAME) });
  return { ...sandbox, env: sandboxEnvironment(process.env, sandbox) };
}
