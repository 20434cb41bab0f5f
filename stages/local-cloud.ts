import { sandboxEnvironment } from '../sandbox/environment';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';
import { createSeed } from './seed';
import { DEFAULTS } from './settings';

/** A sandbox that contains Validibot, and the environment for commands that use it. */
export interface LocalCloud extends Sandbox {
  readonly env: NodeJS.ProcessEnv;
}

/** Starts what `npm run sandbox` starts, in this process. The caller must close it. */
export async function startLocalCloud(): Promise<LocalCloud> {
  const sandbox = await startSandbox({ seed: createSeed(DEFAULTS.GCP_APP_NAME) });
  return { ...sandbox, env: sandboxEnvironment(process.env, sandbox) };
}
