import { count } from '../../lib/count';
import { table, type Text } from '../../lib/text/text';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { describeLocation } from '../google/scheduler';
import {
  comparisonInJson,
  describeMismatches,
  warnOfMismatches,
  type Comparison,
} from '../jobs/mismatch';
import type { PlannedChange } from '../plan-review/changes';
import { JOB_TYPE } from '../plan-review/job/job';
import { note, print, printJson } from '../terminal';
import type { Importable } from './importable';

/** What was found, and how it differs from the table. */
export function describeImportable({ location }: Context, { jobs, resources }: Importable): Text {
  const place = describeLocation(location);
  const rows = jobs.flatMap(({ table: { name }, live, differences }) => {
    const notes = [
      live.state === 'PAUSED' ? 'stays paused' : [],
      // Terraform writes out the API's defaults, without a change in behavior.
      live.retryConfig === undefined ? 'default retries are written out' : [],
    ];
    const note = notes.flat().join('; ');
    if (differences.length === 0) return [[name, 'matches the table', '', '', note]];
    return differences.map((each) => [name, each.field, each.live, each.table, note]);
  });
  const others = resources.filter(({ type }) => type !== JOB_TYPE);
  const tables = [
    { head: [`job in ${place}`, 'field', 'live', 'table', 'note'], rows },
    {
      head: [`also in ${place}`, 'resource'],
      rows: others.map(({ name, address }) => [name, address]),
    },
  ];
  return tables
    .filter(({ rows: { length } }) => length > 0)
    .map(({ head, rows: ofTable }, index) => [index === 0 ? '' : '\n', table(head, ofTable)]);
}

/**
 * Prints what can be imported, or was.
 *
 * @param applied - how the jobs compare with the table after the import. @default - nothing was imported
 */
export function reportImport(
  { terminal, json, location }: Context,
  stage: StageName,
  { jobs, resources }: Importable,
  changes: readonly PlannedChange[],
  applied?: Comparison,
): void {
  if (json) {
    printJson(terminal, {
      ...location,
      stage,
      applied: applied !== undefined,
      jobs: jobs.map(({ table: { name, task }, live, differences }) => ({
        ...{ job: name, task, paused: live.state === 'PAUSED', differences },
      })),
      resources: resources.map(({ address, name, id }) => ({ address, name, id })),
      changes: changes.map(({ address, action, imported }) => ({ address, action, imported })),
      ...(applied && comparisonInJson(applied)),
    });
    return;
  }
  const place = describeLocation(location);
  if (resources.length === 0) {
    print(
      terminal,
      `Nothing to import: Terraform manages every existing job and alert of ${stage} in ${place}.`,
    );
    return;
  }
  const others = changes.filter(({ imported }) => !imported);
  if (others.length > 0) {
    print(
      terminal,
      table(
        ['other change', 'resource'],
        others.map(({ action, address }) => [action, address]),
      ),
    );
  }
  const what = `${countByKind(jobs.length, resources.length - jobs.length)} of ${stage} in ${place}`;
  if (applied !== undefined) {
    warnOfMismatches(terminal, stage, applied);
    print(terminal, `Imported ${what}${describeMismatches(applied)}.`);
    return;
  }
  print(terminal, `${what} can be imported. Nothing was changed.`);
  note(terminal, `To import: just gcp-scheduler-import ${stage} --apply`);
}

/** `6 jobs and 13 other resources` */
function countByKind(jobs: number, others: number): string {
  const counts = [
    ...(jobs === 0 ? [] : [count(jobs, 'job')]),
    ...(others === 0 ? [] : [count(others, 'other resource')]),
  ];
  return counts.join(' and ');
}
