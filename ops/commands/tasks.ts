import fs from 'node:fs';
import type { AddCommand } from '../command-line';
import { count } from '../../lib/count';
import { table } from '../../lib/text/text';
import { JOBS } from '../../stages/jobs';
import { NOT_MANAGED } from '../../stages/not-managed';
import type { Context, ExitStatus } from '../context';
import { messageOf, UsageError, withFix } from '../errors';
import { edit, either, inOrder, manual, recipe } from '../fixes/fix';
import { compareTasks, isProblem, type TaskFinding } from '../tasks/compare-tasks';
import { findingInJson, printEntries, rowsOf } from '../tasks/output';
import { readTasks, type AppTask } from '../tasks/read-tasks';
import { note, print, printJson, type Terminal } from '../terminal';

export function define(add: AddCommand): void {
  add('tasks', "Compare the table of jobs with the app's own list of tasks", tasks, () => false)
    .argument('[file]', `what the app printed: ${SYNC_SCHEDULES} (default: -, standard input)`)
    .option('--check', 'exit with 1 if they disagree')
    .option('--add', 'print the entries that stages/jobs.ts lacks');
}

const SYNC_SCHEDULES = 'manage.py sync_schedules --backend=gcp --format=json';

interface TasksArguments {
  /** A file, or `-` for standard input. @default '-' */
  readonly file?: string;
  /** Whether to exit with 1 if the app and the table disagree. */
  readonly check?: boolean;
  /** Whether to print entries for the table instead. */
  readonly add?: boolean;
}

/** Compares the table of jobs with the tasks that the app lists. Needs neither a project nor Google. */
export async function tasks(context: Context, args: TasksArguments): Promise<ExitStatus> {
  const { file = '-', check = false, add = false } = args;
  const text = await readText(context.terminal, file);
  const source = file === '-' ? 'standard input' : file;
  const appTasks = readTasks(text, source, context.settings.appName);
  const findings = compareTasks(appTasks, JOBS, NOT_MANAGED);
  const problems = findings.filter(isProblem);
  const missing = problems.flatMap((finding) => (finding.kind === 'no-job' ? [finding.app] : []));
  if (context.json) {
    printJson(context.terminal, {
      ok: problems.length === 0,
      tasks: appTasks.length,
      findings: findings.map(findingInJson),
    });
  } else if (add) printEntries(context.terminal, missing);
  else describe(context.terminal, appTasks, findings, file);
  return check && problems.length > 0 ? 1 : 0;
}

async function readText({ input }: Terminal, file: string): Promise<string> {
  const refuse = (wrong: string): UsageError =>
    new UsageError({
      subject: 'file',
      given: file,
      wrong,
      fix: `in Validibot, run ${SYNC_SCHEDULES} > tasks.json; then just gcp-scheduler-tasks tasks.json`,
    });
  if (file !== '-') {
    try {
      return fs.readFileSync(file, 'utf8');
    } catch (error) {
      throw refuse(`cannot be read: ${messageOf(error)}`);
    }
  }
  if (input.isTTY) throw refuse('standard input is a terminal');
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk as Buffer | string));
  return Buffer.concat(chunks).toString('utf8');
}

function describe(
  terminal: Terminal,
  appTasks: readonly AppTask[],
  findings: readonly TaskFinding[],
  file: string,
): void {
  const rows = findings.flatMap(rowsOf);
  if (rows.length > 0) print(terminal, table(['task', 'problem', 'app', 'table'], rows));
  const jobs = Object.keys(JOBS).length;
  const counts = `${count(appTasks.length, 'task')} in the app, ${count(jobs, 'job')} in the table`;
  const problems = findings.filter(isProblem).length;
  print(terminal, `${counts}: ${problems === 0 ? 'they agree' : count(problems, 'problem')}.`);
  for (const finding of findings) {
    if (finding.kind !== 'left-out') continue;
    print(terminal, `${finding.app.task} has no job on purpose: ${finding.reason}`);
  }
  for (const [kind, advice] of Object.entries(ADVICE)) {
    if (findings.some((finding) => finding.kind === kind)) note(terminal, advice(file));
  }
}

const ADVICE: Readonly<Record<Exclude<TaskFinding['kind'], 'left-out'>, (file: string) => string>> =
  {
    'no-job': (file) =>
      withFix(
        'Tasks without a job never run.',
        either(
          inOrder(recipe('tasks', file, '--add'), edit('stages/jobs.ts', 'add the entries')),
          edit('stages/not-managed.ts', 'name the tasks, with the reason'),
        ),
      ),
    'no-task': () =>
      withFix(
        'Jobs without a task get 404 from the worker.',
        either(edit('stages/jobs.ts', 'remove them'), manual('add the tasks to the app')),
      ),
    differs: () =>
      withFix(
        'Where they differ, the table decides when and at which path a task runs.',
        either(
          edit('stages/jobs.ts', 'correct them (in stages/stages.ts what only some stages need)'),
          manual('correct the app'),
        ),
      ),
  };
