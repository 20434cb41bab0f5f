import { PassThrough } from 'node:stream';
import { runProcess } from '../../../lib/run-process';
import type { Context } from '../../../ops/context';
import { tasks } from '../../../ops/commands/tasks';
import { MAIL, matchingTasks, writeTasks } from '../app-tasks';
import { APP, bareEnvironment, callOps, ROOT } from '../support';

const env = bareEnvironment();

const MATCHING = matchingTasks();

it('needs no project, and says when the app and the table agree', async () => {
  const { status, stdout } = await callOps(env, [
    'tasks',
    writeTasks({ tasks: MATCHING }),
    '--check',
  ]);
  expect(stdout).toBe('6 tasks in the app, 6 jobs in the table: they agree.\n');
  expect(status).toBe(0);
});

it('shows a task without a job; --check exits with 1', async () => {
  const file = writeTasks([...MATCHING, MAIL]);
  const { status, stdout, stderr } = await callOps(env, ['tasks', file]);
  expect(stdout).toContain('send-mail │ no job  │ 17 * * * * /api/v1/scheduled/send-mail/\n');
  expect(stdout).toContain('7 tasks in the app, 6 jobs in the table: 1 problem.\n');
  expect(stderr).toContain(`just gcp-scheduler-tasks ${file} --add`);
  expect(status).toBe(0);
  expect((await callOps(env, ['tasks', file, '--check'])).status).toBe(1);
});

it('shows a job without a task, and what differs', async () => {
  const [first, ...rest] = MATCHING.slice(1);
  const { stdout } = await callOps(env, [
    'tasks',
    writeTasks([{ ...first, schedule: '0 0 1 * *' }, ...rest]),
  ]);
  expect(stdout).toContain('no task, no endpoint');
  expect(stdout).toContain('schedule differs');
});

it('--add prints exactly the entries that the table lacks', async () => {
  const { status, stdout } = await callOps(env, [
    'tasks',
    writeTasks([...MATCHING, MAIL]),
    '--add',
  ]);
  expect(stdout).toBe(`  'send-mail': {
    schedule: '17 * * * *',
    endpoint: '/api/v1/scheduled/send-mail/',
    purpose: 'Sends mail',
  },
`);
  expect(status).toBe(0);
});

it('--add does not wrap the entries at a narrow terminal', async () => {
  const purpose = 'Sends the mail that users asked for, and nothing else, to whom they asked for';
  let shown = '';
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
  stream.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const terminal = { input: new PassThrough(), output: stream, errors: new PassThrough(), env };
  const context = { terminal, json: false, settings: { appName: APP } } as unknown as Context;
  await tasks(context, { file: writeTasks([{ ...MAIL, description: purpose }]), add: true });
  expect(shown).toContain(`    purpose: '${purpose}',\n`);
});

it('prints the findings as JSON', async () => {
  const { stdout } = await callOps(env, ['tasks', writeTasks([...MATCHING, MAIL]), '--json']);
  const { job_name: _jobName, enabled: _enabled, ...fields } = MAIL;
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    tasks: 7,
    findings: [{ kind: 'no-job', task: 'send-mail', ...fields }],
  });
});

it.each([[[]], [['-']]])('reads standard input with the arguments %j', async (args) => {
  const { status, stdout } = await runProcess(
    'node',
    ['lib/launch/main.js', 'ops/start.ts', 'tasks', ...args, '--json'],
    { cwd: ROOT, env, input: JSON.stringify([MAIL]) },
  );
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, tasks: 1 });
  expect(status).toBe(0);
});

it('rejects a file that does not exist, and what is no list of tasks', async () => {
  const missing = await callOps(env, ['tasks', '/nowhere/tasks.json']);
  expect(missing.stderr).toContain('Invalid file "/nowhere/tasks.json": cannot be read');
  expect(missing.status).toBe(2);
  const invalid = await callOps(env, ['tasks', writeTasks([{}])]);
  expect(invalid.stderr.trim().split('\n')).toHaveLength(3);
  expect(invalid.stdout).toBe('');
  expect(invalid.status).toBe(2);
});
