import { checkCron } from '../../constructs/core/schedule';
import { originOf } from '../../constructs/core/uri';
import { checkEndpoint } from '../../stages/endpoint';
import { stageOfJobName, taskOfJobName } from '../../stages/naming';
import { NOT_MANAGED } from '../../stages/not-managed';
import type { StageName } from '../../stages/stages';
import { edit, either, inOrder, recipe, run, type Fix } from '../fixes/fix';
import { shortName, type Job } from '../google/scheduler';
import { purposeOf, tableEntryInLine } from '../tasks/table-entry';
import { note, type Terminal } from '../terminal';
import { tableJobs, type Names } from './table';

/** A live job that calls a stage's worker, but is not in the table. */
export interface UnmanagedJob {
  readonly name: string;
  readonly live: Job;
  /** The task that its name stands for, if it is one of the app's names. */
  readonly task: string | undefined;
  /** Why it is left to others; undefined if nobody said so. */
  readonly reason: string | undefined;
}

/**
 * The jobs of a location that call a stage's worker and are not in the table.
 *
 * @param origins - the worker's; those that the stage's own jobs call are added
 */
export function unmanagedJobs(
  names: Names,
  stage: StageName,
  liveJobs: readonly Job[],
  origins: readonly (string | undefined)[],
): UnmanagedJob[] {
  const table = tableJobs(names);
  const known = new Set(table.map(({ name }) => name));
  const own = new Set(table.filter((job) => job.stage === stage).map(({ name }) => name));
  const called = new Set([
    ...origins.filter((origin) => origin !== undefined),
    // A worker that is gone, or cannot be read, is still where its jobs aim.
    ...liveJobs.filter((job) => own.has(shortName(job))).map(targetOf),
  ]);
  called.delete('');
  return liveJobs
    .filter((job) => !known.has(shortName(job)) && called.has(targetOf(job)))
    .map((live) => {
      const name = shortName(live);
      const { appName } = names.settings;
      const task = taskOfJobName(appName, name, stage);
      return { name, live, task, reason: notManagedReason(appName, name, stage) };
    });
}

function targetOf({ httpTarget }: Job): string {
  return originOf(httpTarget?.uri ?? '');
}

/** Why a job is left to others, by its name or its task; undefined if nobody said so. */
export function notManagedReason(
  appName: string,
  name: string,
  stage: StageName = stageOfJobName(name),
): string | undefined {
  return reasonFor(name) ?? reasonFor(taskOfJobName(appName, name, stage));
}

function reasonFor(key = ''): string | undefined {
  return Object.hasOwn(NOT_MANAGED, key) ? NOT_MANAGED[key] : undefined;
}

/** How a job becomes one of the table's, or is left to others. It is never deleted for that. */
export function adoptFix(job: UnmanagedJob, stage: StageName): Fix {
  const { name, task } = job;
  const leave = edit('stages/not-managed.ts', `name ${JSON.stringify(name)} with the reason`);
  const entry = entryOf(job);
  if (task === undefined || entry === undefined) return leave;
  const adopt = inOrder(
    edit('stages/jobs.ts', `add ${entry}`),
    run('npm', 'run', 'accept'),
    recipe('import', stage, '--apply'),
  );
  return either(adopt, leave);
}

/** Its entry in the table; undefined if the table takes no such job. */
function entryOf({ live, task }: UnmanagedJob): string | undefined {
  const { schedule = '', description, httpTarget: { uri = '' } = {} } = live;
  const endpoint = uri.slice(originOf(uri).length);
  if (task === undefined || checkCron(schedule).length > 0 || checkEndpoint(endpoint).length > 0) {
    return undefined;
  }
  // Validibot's recipe appends the stage.
  const purpose = (description ?? '').replace(/ \([a-z]+\)$/, '') || purposeOf(task);
  return tableEntryInLine(task, { schedule, endpoint, purpose });
}

/** Names the jobs that a command on the whole stage leaves as they are. */
export function noteUntouched(terminal: Terminal, jobs: readonly UnmanagedJob[]): void {
  if (jobs.length === 0) return;
  const each = jobs.map(
    ({ name, live: { state = 'ENABLED' } }) => `${name} (${state.toLowerCase()})`,
  );
  note(terminal, `Not in the table, so left as they are: ${each.join(', ')}.`);
}

/** Fields of JSON. */
export function untouchedInJson(jobs: readonly UnmanagedJob[]) {
  return jobs.map(({ name, live, reason }) => ({ job: name, state: live.state, reason }));
}
