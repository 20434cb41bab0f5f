import fs from 'node:fs';
import path from 'node:path';
import { validateAll } from '../../lib/synth/validate';
import { createApp } from '../../stages/app';
import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import { FILES_WITH_TABLES, withTables } from './readme';
import { WORKFLOWS, withStages } from './workflows';

/**
 * The first step of `npm run accept`: writes what follows from `stages/` outside the tests. What a test
 * compares with a snapshot is written by jest.
 */
function main(): number {
  const mistakes = validateAll(createApp({}));
  if (mistakes.length > 0) {
    console.error(`${mistakes.join('\n')}\n\nNothing was written.`);
    return 1;
  }
  for (const file of Object.keys(FILES_WITH_TABLES)) {
    rewrite(file, (text) => withTables(file, text));
  }
  for (const file of WORKFLOWS) {
    rewrite(path.join('.github', 'workflows', file), (text) => withStages(file, text, STAGE_NAMES));
  }
  removeStaleSnapshots(path.join('__tests__', 'stages', '__snapshots__'));
  return 0;
}

function rewrite(file: string, change: (text: string) => string): void {
  fs.writeFileSync(file, change(fs.readFileSync(file, 'utf8')));
}

/** Of stages that no longer exist. */
function removeStaleSnapshots(folder: string): void {
  const stacks = STAGE_NAMES.map((stage) => `${stackName(stage)}.json`);
  for (const file of fs.readdirSync(folder)) {
    if (file.startsWith('validibot-') && !stacks.includes(file)) fs.rmSync(path.join(folder, file));
  }
}

// npm runs scripts in the project's folder.
process.exitCode = main();
