import fs from 'node:fs';
import path from 'node:path';
import { runProcess, type Outcome } from '../../../lib/run-process';
import { ROOT } from '../../ops/support';
import { temporaryFolder } from '../../support/temporary-folder';

/** The result of a workflow script. */
export interface ScriptOutcome extends Outcome {
  readonly folder: string;
  /** The job summary. */
  readonly summary: string;
  /** The step's outputs. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs a script as a workflow does; the argument `FOLDER` is replaced with a temporary folder. */
export function runScript(
  env: NodeJS.ProcessEnv,
  script: string,
  ...args: string[]
): Promise<ScriptOutcome> {
  return withSummary(env, (folder, variables) =>
    runProcess(
      `ci/workflows/${script}`,
      args.map((arg) => (arg === 'FOLDER' ? folder : arg)),
      { cwd: ROOT, env: variables },
    ),
  );
}

/**
 * Runs a workflow step by its name, in the same shell as GitHub.
 *
 * @param root - the checkout that it runs in. @default - this project
 */
export function runStep(
  workflow: string,
  name: string,
  env: NodeJS.ProcessEnv,
  root = ROOT,
): Promise<ScriptOutcome> {
  const file = path.join(ROOT, '.github', 'workflows', workflow);
  const [, step] = fs.readFileSync(file, 'utf8').split(`- name: ${name}\n`);
  const [, block, line] = /^ {8}run: (?:\|\n((?: {10}.*\n)+)|(\S.*)\n)/m.exec(step ?? '') ?? [];
  const script = block ?? line;
  if (script === undefined) throw new Error(`${workflow} has no step ${name} with a script`);
  // Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell
  return withSummary(env, (_, variables) =>
    runProcess('bash', ['-e', '-c', script], { cwd: root, env: variables }),
  );
}

async function withSummary(
  env: NodeJS.ProcessEnv,
  run: (folder: string, env: NodeJS.ProcessEnv) => Promise<Outcome>,
): Promise<ScriptOutcome> {
  const root = temporaryFolder();
  const folder = path.join(root, 'out');
  const summary = path.join(root, 'summary');
  const output = path.join(root, 'output');
  for (const file of [summary, output]) fs.writeFileSync(file, '');
  const outcome = await run(folder, {
    ...env,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_OUTPUT: output,
  });
  const lines = fs.readFileSync(output, 'utf8').split('\n').slice(0, -1);
  const outputs = Object.fromEntries(
    lines.map((line) => [line.split('=')[0] ?? '', line.replace(/^[^=]*=/, '')]),
  );
  return { ...outcome, folder, summary: fs.readFileSync(summary, 'utf8'), outputs };
}

/** A file that it wrote to its folder. */
export function read({ folder }: ScriptOutcome, file: string): string {
  return fs.readFileSync(path.join(folder, file), 'utf8');
}
