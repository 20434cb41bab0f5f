import { hasSameRuns } from '../../constructs/core/schedule';
import type { JobDefinition } from '../../stages/jobs';
import type { AppTask } from './read-tasks';

/** How a task of the app and the table disagree, or that they do so on purpose. */
export type TaskFinding =
  /** The app has the task; the table does not. */
  | { readonly kind: 'no-job'; readonly app: AppTask }
  /** The table has the job; the app has no such task, so no endpoint for it either. */
  | { readonly kind: 'no-task'; readonly task: string; readonly job: JobDefinition }
  | {
      readonly kind: 'differs';
      readonly task: string;
      readonly app: AppTask;
      readonly fields: readonly FieldDifference[];
    }
  /** It has no job on purpose. */
  | { readonly kind: 'left-out'; readonly app: AppTask; readonly reason: string };

export interface FieldDifference {
  readonly field: 'name' | 'schedule' | 'endpoint' | 'enabled';
  readonly app: string;
  readonly table: string;
}

/**
 * Compares the app's tasks with the table, by name, or by endpoint where a task was renamed. What single
 * stages override is not compared: it is their purpose to differ.
 *
 * @param notManaged - tasks that have no job on purpose, with the reason
 */
export function compareTasks(
  appTasks: readonly AppTask[],
  table: Readonly<Record<string, JobDefinition>>,
  notManaged: Readonly<Record<string, string>>,
): TaskFinding[] {
  const rest = new Map(Object.entries(table));
  const named = new Set(appTasks.map(({ task }) => task));
  const findings = appTasks.flatMap((app): TaskFinding[] => {
    if (!rest.has(app.task) && Object.hasOwn(notManaged, app.task)) {
      return [{ kind: 'left-out', app, reason: notManaged[app.task] ?? '' }];
    }
    const task = rest.has(app.task) ? app.task : renamed(app, rest, named);
    const job = task === undefined ? undefined : rest.get(task);
    // What the app itself does not run needs no job.
    if (task === undefined || job === undefined)
      return app.enabled ? [{ kind: 'no-job', app }] : [];
    rest.delete(task);
    const fields = differences(app, task, job);
    return fields.length === 0 ? [] : [{ kind: 'differs', task, app, fields }];
  });
  return [
    ...findings,
    ...[...rest].map(([task, job]): TaskFinding => ({ kind: 'no-task', task, job })),
  ];
}

/** Whether a finding is a disagreement, and not only a remark. */
export function isProblem({ kind }: TaskFinding): boolean {
  return kind !== 'left-out';
}

/** The job with the task's endpoint that no other task of the app names. */
function renamed(
  { endpoint }: AppTask,
  rest: ReadonlyMap<string, JobDefinition>,
  named: ReadonlySet<string>,
): string | undefined {
  const found = [...rest].find(([task, job]) => !named.has(task) && job.endpoint === endpoint);
  return found?.[0];
}

function differences(app: AppTask, task: string, job: JobDefinition): FieldDifference[] {
  const fields: FieldDifference[] = [
    { field: 'name', app: app.task, table: task },
    { field: 'schedule', app: app.schedule, table: job.schedule },
    { field: 'endpoint', app: app.endpoint, table: job.endpoint },
    { field: 'enabled', app: String(app.enabled), table: 'true' },
  ];
  return fields.filter(({ field, app: one, table: other }) =>
    field === 'schedule' ? !hasSameRuns(one, other) : one !== other,
  );
}
