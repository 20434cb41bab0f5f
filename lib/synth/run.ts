import type { App } from 'cdktf';
import fs from 'node:fs';
import path from 'node:path';
import { types } from 'node:util';
import { lookOf } from '../text/look';
import { render, table, type Text } from '../text/text';
import { addLockFile, removeLockFile, type LockFile } from './lock-file';
import { replaceOutput } from './replace-output';
import { validateAll } from './validate';
import { describeWarnings } from './warnings';

/** A synthesized stack, for people: a table. */
export interface Description {
  /** The id of the stack. */
  readonly stack: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Describes the stacks of an app. */
export type Describe = (app: App, now: Date) => readonly Description[];

/**
 * Synthesizes an app into `CDKTF_OUTDIR`, by default `cdktf.out`, and prints its description with the
 * path of each stack's JSON. Writes nothing if there is any mistake.
 *
 * @param lock - goes next to each stack's JSON. @default - lock files are left as terraform writes them
 * @returns the exit status: 0, or 1 after a mistake
 */
export function runSynth(
  create: (outdir: string) => App,
  describe: Describe,
  env: NodeJS.ProcessEnv,
  lock?: LockFile,
): number {
  if (env.SYNTH_HCL_OUTPUT === 'true') {
    console.error(
      '--hcl is not supported: CDKTF 0.21 renders a postcondition as an attribute, which terraform rejects.\n' +
        'Fix: omit --hcl; terraform reads JSON too.',
    );
    return 1;
  }
  const outdir = env.CDKTF_OUTDIR || 'cdktf.out';
  try {
    return synthesize(create, describe, outdir, env, lock);
  } catch (error) {
    // An error of the file system is no bug of the app, so its stack trace would not help.
    if (!(types.isNativeError(error) && 'syscall' in error)) throw error;
    complain(`Cannot write ${outdir}, which is unchanged: ${error.message}`, env);
    return 1;
  }
}

function synthesize(
  create: (outdir: string) => App,
  describe: Describe,
  outdir: string,
  env: NodeJS.ProcessEnv,
  lock: LockFile | undefined,
): number {
  const scratch = makeScratch(path.resolve(outdir));
  try {
    const fresh = path.join(scratch, 'fresh');
    const app = create(fresh);
    const mistakes = [...(lock?.mistakes ?? []), ...validateAll(app)];
    if (mistakes.length > 0) {
      complain(`${mistakes.join('\n')}\n\n${count(mistakes)}. ${outdir} is unchanged.`, env);
      return 1;
    }
    app.synth();
    if (lock !== undefined) addLockFile(fresh, lock);
    replaceOutput(fresh, outdir, path.join(scratch, 'replaced'));
    if (lock !== undefined) removeLockFile(outdir, lock);
    // The cdktf command sets this, and prints warnings and results itself.
    if (env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS !== undefined) return 0;
    for (const warning of describeWarnings(app)) complain(`Warning: ${warning}`, env);
    const text = asText(describe(app, new Date()), outdir);
    console.log(render(text, lookOf(process.stdout, env)));
    return 0;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * A folder on the file system of the output, so that files can be renamed into place: in the output,
 * which may be a mount or a link; next to it while it does not exist.
 */
function makeScratch(outdir: string): string {
  if (fs.existsSync(outdir)) return fs.mkdtempSync(path.join(outdir, '.tmp-'));
  fs.mkdirSync(path.dirname(outdir), { recursive: true });
  return fs.mkdtempSync(`${outdir}.tmp-`);
}

function complain(text: string, env: NodeJS.ProcessEnv): void {
  console.error(render(text, lookOf(process.stderr, env)));
}

function asText(stacks: readonly Description[], outdir: string): Text {
  return stacks.map(({ stack, head, rows }, index) => {
    const json = path.join(outdir, 'stacks', stack, 'cdk.tf.json');
    return [index === 0 ? '' : '\n\n', `${stack}\n`, table(head, rows), `\n  ${json}`];
  });
}

function count(mistakes: readonly string[]): string {
  return mistakes.length === 1 ? '1 error' : `${mistakes.length} errors`;
}
