import fs from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../lib/run-process';
import { sandboxEnvironment } from '../../sandbox/environment';
import { stackName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import { createApp } from '../../stages/app';
import { startClient, type Client } from '../sandbox/client';

/** A command's exit status and output. */
export interface Ended {
  readonly status: number;
  readonly output: string;
}

/** A sandbox to run real commands in. */
export interface Cloud extends Client {
  readonly env: NodeJS.ProcessEnv;
  run(command: string, args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Runs terraform in the folder of a stage's stack. */
  terraform(stage: StageName, ...args: string[]): Promise<Ended>;
  /** Synthesizes all stacks, and runs terraform init for a stage's. */
  synth(stage: StageName, env?: Record<string, string>): Promise<void>;
  apply(stage: StageName): Promise<Ended>;
  plan(stage: StageName): Promise<Ended>;
  close(): Promise<void>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A sandbox for a test file; `reset` restores its initial state and removes Terraform's state. */
export async function startCloud(): Promise<Cloud & { reset(): Promise<void> }> {
  const client = await startClient();
  const { sandbox } = client;
  const env = { ...sandboxEnvironment(process.env, sandbox), CHECKPOINT_DISABLE: '1' };
  const outdir = path.join(sandbox.directory, 'cdktf.out');
  const run = (command: string, args: readonly string[], options: RunOptions = {}) =>
    runCommand(command, args, { env, ...options });
  const terraform = (stage: StageName, ...args: string[]) =>
    run('terraform', args, { cwd: path.join(outdir, 'stacks', stackName(stage)) });
  return {
    ...client,
    env,
    run,
    terraform,
    synth: async (stage, more = {}) => {
      createApp({ ...env, ...more }, outdir).synth();
      const { status, output } = await terraform(stage, 'init', '-input=false', '-no-color');
      if (status !== 0) throw new Error(output);
    },
    apply: (stage) => terraform(stage, 'apply', '-auto-approve', '-no-color', '-input=false'),
    plan: (stage) => terraform(stage, 'plan', '-detailed-exitcode', '-no-color', '-input=false'),
    reset: async () => {
      await client.call('POST', '/_sandbox/reset');
      const state = path.join(sandbox.directory, 'state');
      for (const file of fs.readdirSync(state)) fs.rmSync(path.join(state, file));
    },
    close: () => sandbox.close(),
  };
}

/** Runs a command without blocking, because the sandbox that it calls is in this process. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Ended> {
  const { status, stdout, stderr } = await runProcess(command, args, options);
  return { status: status ?? -1, output: `${stdout}${stderr}` };
}
