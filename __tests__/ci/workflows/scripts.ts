import fs from 'node:fs';
import path from 'node:path';
import { runProcess, type Outcome } from '../../ops/support';
import { temporaryFolder } from '../../support/temporary-folder';

/** How a script of the workflows ended. */
export interface Run extends Outcome {
  readonly folder: string;
  /** What the workflow's page would show. */
  readonly summary: string;
}

/** Runs a script as a workflow does; for `FOLDER` it is given one. */
export async function runScript(
  env: NodeJS.ProcessEnv,
  script: string,
  ...args: string[]
): Promise<Run> {
  const folder = temporaryFolder();
  const summary = path.join(folder, 'summary');
  fs.writeFileSync(summary, '');
  const outcome = await runProcess(
    `ci/workflows/${script}`,
    args.map((arg) => (arg === 'FOLDER' ? path.join(folder, 'out') : arg)),
    { ...env, GITHUB_STEP_SUMMARY: summary },
  );
  return {
    ...outcome,
    folder: path.join(folder, 'out'),
    summary: fs.readFileSync(summary, 'utf8'),
  };
}

/** A file that it left in its folder. */
export function read({ folder }: Run, file: string): string {
  return fs.readFileSync(path.join(folder, file), 'utf8');
}
