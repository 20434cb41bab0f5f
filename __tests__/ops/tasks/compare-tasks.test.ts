import { compareTasks } from '../../../ops/tasks/compare-tasks';
import type { AppTask } from '../../../ops/tasks/read-tasks';

const TABLE = {
  sweep: { schedule: '0 2 * * *', endpoint: '/tasks/sweep/', purpose: 'Sweeps' },
  report: { schedule: '0 4 * * 0', endpoint: '/tasks/report/', purpose: 'Reports' },
};

function appTask(task: string, fields: Partial<AppTask> = {}): AppTask {
  return {
    task,
    jobName: `shop-${task}`,
    schedule: '0 2 * * *',
    endpoint: `/tasks/${task}/`,
    enabled: true,
    description: undefined,
    ...fields,
  };
}

const SWEEP = appTask('sweep');
const REPORT = appTask('report', { schedule: '0 4 * * SUN' });

it('finds nothing where the schedules mean the same runs', () => {
  expect(compareTasks([SWEEP, REPORT], TABLE, {})).toEqual([]);
});

it('finds a task without a job', () => {
  const app = appTask('mail');
  expect(compareTasks([SWEEP, app, REPORT], TABLE, {})).toEqual([{ kind: 'no-job', app }]);
});

it('finds a job without a task', () => {
  expect(compareTasks([SWEEP], TABLE, {})).toEqual([
    { kind: 'no-task', task: 'report', job: TABLE.report },
  ]);
});

it('finds every field that differs', () => {
  const app = appTask('sweep', { schedule: '0 3 * * *', endpoint: '/sweep/', enabled: false });
  expect(compareTasks([app, REPORT], TABLE, {})).toEqual([
    {
      kind: 'differs',
      task: 'sweep',
      app,
      fields: [
        { field: 'schedule', app: '0 3 * * *', table: '0 2 * * *' },
        { field: 'endpoint', app: '/sweep/', table: '/tasks/sweep/' },
        { field: 'enabled', app: 'false', table: 'true' },
      ],
    },
  ]);
});

it('recognizes a renamed task by its endpoint', () => {
  const app = appTask('clean', { endpoint: '/tasks/sweep/' });
  expect(compareTasks([app, REPORT], TABLE, {})).toEqual([
    {
      kind: 'differs',
      task: 'sweep',
      app,
      fields: [{ field: 'name', app: 'clean', table: 'sweep' }],
    },
  ]);
});

it('treats a second task with the endpoint of another one as a task without a job', () => {
  const app = appTask('sweep-more', { endpoint: '/tasks/sweep/' });
  expect(compareTasks([app, SWEEP, REPORT], TABLE, {})).toEqual([{ kind: 'no-job', app }]);
});

it('expects no job for a task that the app disables', () => {
  const app = appTask('mail', { enabled: false });
  expect(compareTasks([SWEEP, REPORT, app], TABLE, {})).toEqual([]);
});

it('gives the reason for a task that is left out on purpose', () => {
  const app = appTask('mail');
  expect(compareTasks([SWEEP, REPORT, app], TABLE, { mail: 'sent elsewhere' })).toEqual([
    { kind: 'left-out', app, reason: 'sent elsewhere' },
  ]);
});

it('takes no reason from what every object has', () => {
  const app = appTask('constructor');
  expect(compareTasks([SWEEP, REPORT, app], TABLE, {})).toEqual([{ kind: 'no-job', app }]);
});
