import path from 'node:path';
import { stackName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { Failed } from '../errors';
import { withProgress } from '../progress';
import { note } from '../terminal';
import { runChild, type Child, type Ended } from './child';
import { explainInit } from './explain-init';
import { checkBeforeInit } from './hcp/first-init';
import { changedProvider, isInitialized, rememberInitialized } from './initialized';
import { takeLock } from './lock';
import { makePrivateFolder, makeStatePrivate, PRIVATE_UMASK } from './private-files';

/** Where operations synthesize, in the folder of `npm run synth`: a folder for each stage. */
const OWN_OUTPUT = 'ops';

/** A stage's stack, synthesized and initialized. */
export interface Stack {
  readonly stage: StageName;
  readonly name: string;
  /** The folder of its JSON. */
  readonly folder: string;
  /** Whether `terraform init` has just run; if not, an earlier one is still valid. */
  readonly initialized: boolean;
}

/**
 * Synthesizes all stacks, and initializes the stage's if necessary. What is planned then is what was
 * synthesized here: the output is in a folder of its own, where no other synth writes, and which is
 * locked until the command ends.
 *
 * @param imports - what to import, as in `IMPORT_EXISTING`; nothing by default
 */
export async function prepareStack(
  context: Context,
  stage: StageName,
  imports = '',
): Promise<Stack> {
  const name = stackName(stage);
  const output = path.join(outdir(context), OWN_OUTPUT, stage);
  makePrivateFolder(path.dirname(output));
  lock(context, `${output}.lock`, name);
  const warnings = await withProgress(context.terminal, 'Synthesizing …', () =>
    synthesize(context, output, imports),
  );
  for (const line of warnings) {
    if (isAbout(line, name)) note(context.terminal, line);
  }
  const folder = path.join(output, 'stacks', name);
  makeStatePrivate(context, { name, folder });
  return { stage, name, folder, initialized: await initialize(context, { name, folder }) };
}

/** Synth's warnings start with the paths of their constructs: `Warning: dev/a, staging/a: …`. */
function isAbout(warning: string, name: string): boolean {
  return new RegExp(`^Warning: (?:[^ :]+, )*${name}[/:,]`).test(warning);
}

/** Takes a stack's lock, unless this command has it already. */
function lock({ locks }: Context, file: string, name: string): void {
  if (!locks.has(file)) locks.set(file, takeLock(file, name));
}

/** Synthesizes all stacks into a folder; returns the warnings of all of them. */
async function synthesize(context: Context, output: string, imports: string): Promise<string[]> {
  const env = { ...childEnv(context), CDKTF_OUTDIR: output, IMPORT_EXISTING: imports };
  const args = ['lib/launch/main.js', 'main.ts'];
  const { root: folder, signal, interruption } = context;
  const command = process.execPath;
  const ended = await runChild({ command, args, folder, env, signal, interruption });
  const lines = ended.stderr.split('\n').filter((line) => line !== '');
  if (ended.status !== 0) {
    throw new Failed(`${lines.join('\n')}\nSynth failed, so nothing was changed.`);
  }
  return lines;
}

/**
 * Runs `terraform init` if no earlier one is still valid, or if `force` is set.
 *
 * @returns whether it ran
 */
export async function initialize(
  context: Context,
  stack: Pick<Stack, 'name' | 'folder'>,
  { force = false } = {},
): Promise<boolean> {
  const place = { folder: stack.folder, env: terraformEnv(context) };
  if (!force && isInitialized(place)) return false;
  checkBeforeInit(context, stack);
  const changed = changedProvider(place);
  const instead = changed && ` with google ${changed.pinned} instead of ${changed.locked}`;
  // The state in another backend, such as a sandbox's, is not copied to this one. With HCP Terraform,
  // this option is not allowed.
  const reconfigure = context.settings.state.kind === 'cloud' ? [] : ['-reconfigure'];
  const upgrade = changed === undefined ? [] : ['-upgrade'];
  try {
    await withProgress(context.terminal, `Initializing ${stack.name}${instead ?? ''} …`, () =>
      terraform(context, stack, 'init', '-input=false', '-no-color', ...reconfigure, ...upgrade),
    );
  } catch (error) {
    throw explainInit(error, context, stack);
  }
  rememberInitialized(place);
  return true;
}

/** Runs terraform in a stack's folder; any status but 0 is a failure. */
export async function terraform(
  context: Context,
  stack: Pick<Stack, 'folder'>,
  subcommand: string,
  ...args: string[]
): Promise<Ended> {
  const ended = await runChild(terraformChild(context, stack, [subcommand, ...args]));
  if (ended.status === 0) return ended;
  throw new Failed(`terraform ${subcommand} failed in ${stack.folder}:\n${ended.stderr.trim()}`);
}

/** How to run terraform in a stack's folder. */
export function terraformChild(
  context: Context,
  { folder }: Pick<Stack, 'folder'>,
  args: readonly string[],
  onLine?: Child['onLine'],
): Child {
  const { signal, interruption } = context;
  return {
    command: context.env.TERRAFORM_BINARY_NAME || 'terraform',
    args,
    folder,
    env: terraformEnv(context),
    // A shared cache of plugins must stay readable for others.
    umask: args[0] === 'init' ? undefined : PRIVATE_UMASK,
    signal,
    interruption,
    onLine,
  };
}

/** Whatever `terraform workspace select` chose in a folder, a stage has one state. */
function terraformEnv(context: Context): NodeJS.ProcessEnv {
  // In HCP Terraform, the stack itself names its workspace.
  if (context.settings.state.kind === 'cloud') return childEnv(context);
  return { ...childEnv(context), TF_WORKSPACE: 'default' };
}

/** Where `npm run synth` writes, as an absolute path. */
function outdir({ root, env }: Context): string {
  return path.resolve(root, env.CDKTF_OUTDIR || 'cdktf.out');
}

function childEnv({ env }: Context): NodeJS.ProcessEnv {
  return { ...env, TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
}
