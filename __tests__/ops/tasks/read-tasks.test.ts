import { UsageError } from '../../../ops/errors';
import { readTasks } from '../../../ops/tasks/read-tasks';

const TASK = {
  job_name: 'shop-sweep',
  schedule: '0 2 * * *',
  endpoint: '/tasks/sweep/',
  enabled: true,
};

function read(value: unknown, appName = 'shop') {
  return readTasks(JSON.stringify(value), 'tasks.json', appName);
}

function mistakesIn(text: string): string[] {
  try {
    readTasks(text, 'tasks.json', 'shop');
  } catch (error) {
    if (error instanceof UsageError) return error.message.split('\n');
    throw error;
  }
  throw new Error('no mistake was found');
}

it.each([
  ['a list', [TASK]],
  ['an object with a list', { tasks: [TASK], version: 2 }],
])('reads %s', (_name, value) => {
  expect(read(value)).toEqual([
    {
      task: 'sweep',
      jobName: 'shop-sweep',
      schedule: '0 2 * * *',
      endpoint: '/tasks/sweep/',
      enabled: true,
      description: undefined,
    },
  ]);
});

it.each([
  ['shop-sweep', 'shop', 'sweep'],
  ['validibot-sweep', 'shop', 'sweep'],
  ['sweep', 'shop', 'sweep'],
])('takes the task of %s in the app %s for %s', (jobName, appName, task) => {
  expect(read([{ ...TASK, job_name: jobName }], appName)[0]?.task).toBe(task);
});

it('takes a task for enabled unless it says otherwise', () => {
  const { enabled: _enabled, ...rest } = TASK;
  const tasks = read([rest, { ...TASK, job_name: 'shop-b', enabled: false }]);
  expect(tasks.map(({ enabled }) => enabled)).toEqual([true, false]);
});

it('ignores a byte order mark', () => {
  expect(readTasks(`\uFEFF${JSON.stringify([TASK])}`, 'tasks.json', 'shop')).toHaveLength(1);
});

it.each([
  ['', 'is empty'],
  ['Starting …\n[]', 'is not JSON: '],
  ['"tasks"', 'is a string without a list of tasks'],
  ['{"jobs": []}', 'is an object without a list of tasks'],
])('rejects %j', (text, wrong) => {
  const [mistake = '', ...rest] = mistakesIn(text);
  expect(mistake).toContain(`Invalid tasks in "tasks.json": ${wrong}`);
  expect(mistake).toContain('Fix: pass exactly what manage.py sync_schedules');
  expect(rest).toEqual([]);
});

it('reports every mistake, with its place and its fix', () => {
  const mistakes = mistakesIn(
    JSON.stringify([
      'sweep',
      { job_name: 'a b', schedule: '0 25 * * *', endpoint: 'tasks/a', enabled: 'yes' },
      { schedule: null },
      TASK,
      TASK,
    ]),
  );
  expect(mistakes.map((line) => line.replace(/\. Fix: .*/, ''))).toEqual([
    expect.stringContaining(
      'Invalid tasks[0] "a string": must be an object. Expected: a JSON list',
    ),
    'Invalid tasks[1].job_name "a b": must be 1-500 letters, digits, hyphens or underscores',
    'Invalid tasks[1].schedule "0 25 * * *": hour "25" must be 0-23',
    'Invalid tasks[1].endpoint "tasks/a": must start with a slash',
    'Invalid tasks[1].enabled "a string": must be true or false',
    'tasks[2].job_name is required (string)',
    'Invalid tasks[2].schedule "null". Expected: string',
    'tasks[2].endpoint is required (string)',
    'Invalid job_name of task "sweep": is in the list more than once',
  ]);
  expect(mistakes.filter((line) => !line.includes(' Fix: '))).toEqual([]);
});
