import { checkCron } from '../../constructs/core/schedule';
import type { Mistake, Violation } from '../../constructs/core/mistake';
import { parseJson } from '../../lib/json';
import { checkEndpoint } from '../../stages/endpoint';
import { DEFAULTS } from '../../stages/settings';
import { UsageError } from '../errors';

/** A task that the app runs periodically, as the app lists it. */
export interface AppTask {
  /** Its name in the table: the job's name without the app's. */
  readonly task: string;
  readonly jobName: string;
  /** Five-field cron. */
  readonly schedule: string;
  readonly endpoint: string;
  readonly enabled: boolean;
  readonly description: string | undefined;
}

/** What every message about the input as a whole asks for. */
const EXPECTED =
  'a JSON list of objects with job_name, schedule, endpoint and enabled, or an object with such a list in tasks';

/**
 * Reads a list of tasks. Fields that are not known are ignored.
 *
 * @param source - what the text was read from, for messages: `tasks.json`
 * @throws UsageError with every mistake
 */
export function readTasks(text: string, source: string, appName: string): AppTask[] {
  const entries = listIn(text, source);
  const mistakes: Mistake[] = [];
  const tasks = entries.flatMap((entry, index) => {
    const found = readTask(entry, `tasks[${index}]`, appName);
    mistakes.push(...found.mistakes);
    return found.task === undefined ? [] : [found.task];
  });
  mistakes.push(...duplicates(tasks));
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return tasks;
}

function listIn(text: string, source: string): unknown[] {
  const refuse = (wrong: string): UsageError =>
    new UsageError({
      subject: 'tasks in',
      given: source,
      wrong,
      expected: EXPECTED,
      fix: 'pass exactly what manage.py sync_schedules --backend=gcp --format=json prints',
    });
  // Some shells write a byte order mark.
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '') throw refuse('is empty');
  const value = parseJson(json);
  // Not the engine's message, which quotes lines of the text as they are.
  if (value === undefined) {
    throw refuse(`is not JSON: it starts with ${JSON.stringify(json.trim().slice(0, 40))}`);
  }
  const list = isObject(value) ? value.tasks : value;
  if (!Array.isArray(list)) throw refuse(`is ${typeName(value)} without a list of tasks`);
  return list;
}

function readTask(
  entry: unknown,
  at: string,
  appName: string,
): { task?: AppTask; mistakes: Mistake[] } {
  if (!isObject(entry)) {
    return { mistakes: [{ subject: at, given: typeName(entry), ...OBJECT }] };
  }
  const mistakes: Mistake[] = [];
  const text = (field: string, check: (value: string) => Violation[]): string => {
    const given = entry[field];
    const violations = typeof given === 'string' ? check(given) : [TEXT];
    const shown = typeof given === 'object' ? typeName(given) : given;
    mistakes.push(
      ...violations.map((each) => ({ subject: `${at}.${field}`, given: shown, ...each })),
    );
    return String(given);
  };
  const jobName = text('job_name', checkJobName);
  const schedule = text('schedule', checkCron);
  const endpoint = text('endpoint', checkAppEndpoint);
  const { description, enabled = true } = entry;
  if (description !== undefined && description !== null) text('description', () => []);
  if (typeof enabled !== 'boolean') {
    mistakes.push({ subject: `${at}.enabled`, given: typeName(enabled), ...BOOLEAN });
  }
  if (mistakes.length > 0) return { mistakes };
  return {
    mistakes,
    task: {
      task: taskOf(jobName, appName),
      jobName,
      schedule,
      endpoint,
      enabled: enabled === true,
      description: typeof description === 'string' ? description : undefined,
    },
  };
}

const OBJECT: Violation = {
  wrong: 'must be an object',
  expected: EXPECTED,
  fix: 'correct the list',
};
const TEXT: Violation = { expected: 'string', fix: 'correct it in the app' };
const BOOLEAN: Violation = { wrong: 'must be true or false', fix: 'correct it in the app' };

function checkJobName(name: string): Violation[] {
  if (/^[A-Za-z0-9_-]{1,500}$/.test(name)) return [];
  return [
    {
      wrong: 'must be 1-500 letters, digits, hyphens or underscores',
      fix: 'correct it in the app: Cloud Scheduler allows no other names',
    },
  ];
}

function checkAppEndpoint(endpoint: string): Violation[] {
  return checkEndpoint(endpoint).map((violation) => ({
    ...violation,
    fix: violation.fix.startsWith('write ') ? violation.fix : 'correct it in the app',
  }));
}

/** The app's own list has its default name, whatever it is deployed as. */
function taskOf(jobName: string, appName: string): string {
  const prefix = [appName, DEFAULTS.GCP_APP_NAME].find((name) => jobName.startsWith(`${name}-`));
  return prefix === undefined ? jobName : jobName.slice(prefix.length + 1);
}

function duplicates(tasks: readonly AppTask[]): Mistake[] {
  const names = tasks.map(({ task }) => task);
  const repeated = names.filter((name, index) => names.indexOf(name) !== index);
  return [...new Set(repeated)].map((given) => ({
    subject: 'job_name of task',
    given,
    wrong: 'is in the list more than once',
    fix: 'list each task once',
  }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
