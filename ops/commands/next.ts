import { STAGES_HELP, type CommandLine, type CommonOptions } from '../command-line';
import {
  clockChangeEffects,
  runsEveryHour,
  runsAfter,
  scheduleInWords,
  wallClock,
} from '../../constructs/core/schedule';
import { renderTable } from '../../lib/table';
import type { Context, ExitStatus } from '../context';
import { WrongUse } from '../errors';
import { readStages, tableJobs, type TableJob } from '../jobs/table';
import { print, printJson } from '../terminal';

export function define({ add, run }: CommandLine): void {
  add('next', 'gcp-scheduler-next', 'The coming runs by the table; needs no Google project.')
    .argument('[stage]', STAGES_HELP)
    .option('--days <n>', 'how far to look ahead: 1 to 366 days', '1')
    .action((stage: string | undefined, options: CommonOptions & { days: string }) =>
      run(options, (context) => next(context, { stage, ...options }), false),
    );
}

export interface NextArguments {
  readonly stage?: string;
  /** 1 to 366, as it was typed. */
  readonly days: string;
}

interface Run {
  /** On the clock of the schedule's zone. */
  readonly wallTime: string;
  readonly kind: 'run' | 'skipped' | 'doubled';
  /** The instant; a time that is skipped has none. */
  readonly at: string | undefined;
}

const DAY = 86_400_000;

/** The coming runs of the table's jobs, with what daylight saving does to them. */
// oxlint-disable-next-line typescript/require-await -- a command, as the others
export async function next(context: Context, args: NextArguments): Promise<ExitStatus> {
  const stages = readStages(args.stage);
  const days = readDays(args.days);
  const from = new Date();
  const until = new Date(from.getTime() + days * DAY);
  const { settings, terminal } = context;
  const jobs = tableJobs(settings, context.location, stages).map((job) => ({
    job,
    runs: runsOf(job, settings.timeZone, from, until),
  }));
  if (context.json) {
    printJson(terminal, {
      from: from.toISOString(),
      until: until.toISOString(),
      timeZone: settings.timeZone,
      jobs: jobs.map(({ job: { stage, task, name, schedule, paused }, runs }) => ({
        ...{ stage, task, job: name, schedule, scheduleInWords: scheduleInWords(schedule) },
        ...{ paused: paused ?? false, runs },
      })),
    });
    return 0;
  }
  print(
    terminal,
    renderTable(
      ['stage', 'job', 'schedule', 'runs', ''],
      jobs.flatMap(({ job, runs }) => rows(job, runs)),
    ),
  );
  print(
    terminal,
    `Until ${wallClock(settings.timeZone, until)}. Times are those of ${settings.timeZone}. ` +
      'By the table: just gcp-scheduler-list tells what is paused.',
  );
  return 0;
}

function runsOf({ schedule }: TableJob, timeZone: string, from: Date, until: Date): Run[] {
  const runs: Run[] = [];
  const effects = [...clockChangeEffects({ cron: schedule, timeZone }, from, until)];
  const doubled = new Set(
    effects.filter(({ kind }) => kind === 'doubled').map(({ wallTime }) => wallTime),
  );
  for (const run of runsAfter({ cron: schedule, timeZone }, from)) {
    if (run > until) break;
    const wallTime = wallClock(timeZone, run);
    const kind = doubled.has(wallTime) ? 'doubled' : 'run';
    runs.push({ wallTime, kind, at: run.toISOString() });
  }
  const skipped = effects
    .filter(({ kind }) => kind === 'skipped')
    .map(({ wallTime }): Run => ({ wallTime, kind: 'skipped', at: undefined }));
  // They are in order, and there may be a hundred thousand.
  if (skipped.length === 0) return runs;
  return [...runs, ...skipped].sort((a, b) => a.wallTime.localeCompare(b.wallTime));
}

const KINDS: Readonly<Record<Run['kind'], string>> = {
  run: '',
  skipped: 'skipped: the clocks go forward, and it may not run',
  doubled: 'comes twice: the clocks go back, and it may run once or twice',
};

function rows({ stage, name, schedule, paused }: TableJob, runs: readonly Run[]): string[][] {
  const job = [stage, name, scheduleInWords(schedule)];
  const remark = paused ? 'paused by the table' : '';
  const [first] = runs;
  if (first === undefined) return [[...job, 'none', remark]];
  // Many runs a day are no news, and daylight saving does nothing to them.
  if (runsEveryHour(schedule))
    return [[...job, `${first.wallTime}, and ${runs.length - 1} more`, remark]];
  return runs.map(({ wallTime, kind }) => [...job, wallTime, KINDS[kind] || remark]);
}

function readDays(given: string): number {
  const days = Number(given);
  if (/^\d{1,3}$/.test(given) && days >= 1 && days <= 366) return days;
  throw new WrongUse([
    {
      subject: '--days',
      given,
      wrong: 'it is not such a number',
      expected: '1 to 366, whole',
      fix: 'write it like --days 7',
    },
  ]);
}
