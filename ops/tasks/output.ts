import { note, write, type Terminal } from '../terminal';
import type { TaskFinding } from './compare-tasks';
import type { AppTask } from './read-tasks';
import { purposeOf, tableEntry } from './table-entry';

/** Prints the entries that the table lacks. */
export function printEntries(terminal: Terminal, missing: readonly AppTask[]): void {
  if (missing.length === 0) {
    note(terminal, 'Every task of the app has a job, or is left out on purpose.');
    return;
  }
  for (const { task, description, ...fields } of missing) {
    const entry = tableEntry(task, { ...fields, purpose: description || purposeOf(task) });
    // Source code is copied as it is: a wrapped line would be another program.
    write(terminal, terminal.output, `${entry}\n`, { wraps: false });
  }
  note(terminal, 'Add these entries to JOBS in stages/jobs.ts, then run npm run accept.');
}

/** Task, problem, and what the app and the table have. */
export function rowsOf(finding: TaskFinding): string[][] {
  switch (finding.kind) {
    case 'no-job':
      return [[finding.app.task, 'no job', `${finding.app.schedule} ${finding.app.endpoint}`, '']];
    case 'no-task': {
      const { schedule, endpoint } = finding.job;
      return [[finding.task, 'no task, no endpoint', '', `${schedule} ${endpoint}`]];
    }
    case 'differs':
      return finding.fields.map(({ field, app, table }) => [
        finding.task,
        `${field} differs`,
        app,
        table,
      ]);
    case 'left-out':
      return [];
  }
}

export function findingInJson(finding: TaskFinding) {
  switch (finding.kind) {
    case 'no-job':
    case 'left-out': {
      const { task, schedule, endpoint, description } = finding.app;
      const reason = finding.kind === 'left-out' ? finding.reason : undefined;
      return { kind: finding.kind, task, schedule, endpoint, description, reason };
    }
    case 'no-task': {
      const { schedule, endpoint } = finding.job;
      return { kind: finding.kind, task: finding.task, schedule, endpoint };
    }
    case 'differs':
      return { kind: finding.kind, task: finding.task, differences: finding.fields };
  }
}
