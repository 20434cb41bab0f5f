import fs from 'node:fs';
import path from 'node:path';
import { startLocalCloud } from '../../stages/local-cloud';

/** A sandbox for measurements, and the environment for commands in it. */
export interface Bench {
  readonly url: string;
  /** Deleted when the measurement ends. */
  readonly directory: string;
  readonly region: string;
  readonly projectId: string;
  readonly env: NodeJS.ProcessEnv;
  /** Resets the sandbox, and deletes Terraform's state and the synthesized stacks. */
  reset(): Promise<void>;
}

/** Runs a function with a sandbox, which is then closed. */
export async function inSandbox<T>(use: (bench: Bench) => Promise<T>): Promise<T> {
  const sandbox = await startLocalCloud();
  const outdir = path.join(sandbox.directory, 'cdktf.out');
  const state = path.join(sandbox.directory, 'state');
  const env = {
    ...sandbox.env,
    CDKTF_OUTDIR: outdir,
    CHECKPOINT_DISABLE: '1',
  };
  const reset = async (): Promise<void> => {
    const { ok } = await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
    if (!ok) throw new Error('cannot reset the sandbox');
    fs.rmSync(outdir, { recursive: true, force: true });
    for (const file of fs.readdirSync(state)) fs.rmSync(path.join(state, file));
  };
  try {
    return await use({ ...sandbox, env, reset });
  } finally {
    await sandbox.close();
  }
}
