import type { Violation, Mistake } from '../constructs/core/mistake';
import { unknownName } from '../constructs/core/suggest';
import type { Environment } from './environment';
import { jobsOfStage, STAGE_NAMES, STAGES, type StageName } from './stages';

/** The tasks of each stage whose existing jobs are to be imported. */
export type Imports = ReadonlyMap<StageName, ReadonlySet<string>>;

const VARIABLE = 'IMPORT_EXISTING';

/**
 * `IMPORT_EXISTING`: `prod` for all jobs of a stage, `prod/clear-sessions` for one, or several,
 * comma-separated.
 */
export function readImports(env: Environment): { imports: Imports; mistakes: Mistake[] } {
  const imports = new Map<StageName, Set<string>>();
  const mistakes: Mistake[] = [];
  const given = env[VARIABLE];
  if (!given) return { imports, mistakes };
  for (const item of given.split(',')) {
    const found = readItem(item);
    if ('fix' in found) {
      mistakes.push({ subject: VARIABLE, given, ...found });
      continue;
    }
    const tasks = imports.get(found.stage) ?? new Set();
    found.tasks.forEach((task) => tasks.add(task));
    imports.set(found.stage, tasks);
  }
  return { imports, mistakes };
}

function readItem(item: string): { stage: StageName; tasks: readonly string[] } | Violation {
  const [stageText = '', taskText, ...rest] = item.split('/');
  if (item.trim() === '' || rest.length > 0) {
    return {
      wrong:
        item.trim() === ''
          ? 'must not have an empty item'
          : `${JSON.stringify(item)} has too many slashes`,
      expected: 'comma-separated STAGE or STAGE/TASK',
      fix: 'write it like prod or prod/clear-sessions,prod/cleanup-stuck-runs',
    };
  }
  const stage = STAGE_NAMES.find((name) => name === stageText);
  if (stage === undefined) return unknown('stage', stageText, STAGE_NAMES);
  const tasks = jobsOfStage(STAGES[stage]).map((job) => job.task);
  if (taskText === undefined) return { stage, tasks };
  const task = tasks.find((name) => name === taskText);
  return task === undefined ? unknown('task', taskText, tasks) : { stage, tasks: [task] };
}

function unknown(what: string, given: string, known: readonly string[]): Violation {
  return unknownName(`${JSON.stringify(given)} is not a ${what}`, given, known);
}
