import { STAGES_HELP, type CommandLine, type CommonOptions } from '../command-line';
import {
  clockChangeEffects,
  runsEveryHour,
  runsAfter,
  scheduleInWords,
  wallClock,
} from '../../constructs/core/schedule';
import { table } from '../../lib/text/text';
import type { Context, ExitStatus } from '../context';
import { UsageError } from '../errors';
import { readStages, tableJobs, type TableJob } from '../jobs/table';
import { print, printJson } from '../terminal';

export function define({ add, run }: CommandLine): void {
  add('next', 'Show upcoming runs, and how daylight saving affects them')
    .argument('[stage]', STAGES_HELP)
    .option('--days <n>', 'days to look ahead, 1-366', '1')
    .action((stage: string | undefined, options: CommonOptions & { days: string }) =>
      run(options, (context) => next(context, { stage, ...options }), false),
    );
}

export interface NextArguments {
  readonly stage?: string;
  /** 1-366, as typed. */
  readonly days: string;
}

interface Run {
  /** Local time in the schedule's time zone. */
  readonly wallTime: string;
  readonly kind: 'run' | 'skipped' | 'doubled';
  /** The instant; undefined when it is skipped. */
  readonly at: string | undefined;
}

const DAY = 86_400_000;

/** Shows the upcoming runs of the jobs in the table, and how daylight saving affects them. */
// oxlint-disable-next-line typescript/require-await -- every command is asynchronous
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
    table(
      ['stage', 'job', 'schedule', 'runs', 'note'],
      jobs.flatMap(({ job, runs }) => rows(job, runs)),
      2,
    ),
  );
  print(
    terminal,
    `Until ${wallClock(settings.timeZone, until)}. Times are in ${settings.timeZone}. ` +
      'These runs follow the table; just gcp-scheduler-list shows which jobs are paused.',
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
  // Without skipped times they are in order already; there may be a hundred thousand.
  if (skipped.length === 0) return runs;
  return [...runs, ...skipped].sort((a, b) => a.wallTime.localeCompare(b.wallTime));
}

const KINDS: Readonly<Record<Run['kind'], string>> = {
  run: '',
  skipped: 'skipped: the clocks go forward, so it may not run',
  doubled: 'doubled: the clocks go back, so it may run twice',
};

function rows({ stage, name, schedule, paused }: TableJob, runs: readonly Run[]): string[][] {
  const job = [stage, name, scheduleInWords(schedule)];
  const remark = paused ? 'paused in the table' : '';
  const [first] = runs;
  if (first === undefined) return [[...job, 'none', remark]];
  // Daylight saving does not affect a job that runs every hour, so its first run is enough.
  if (runsEveryHour(schedule))
    return [[...job, `${first.wallTime}, and ${runs.length - 1} more`, remark]];
  return runs.map(({ wallTime, kind }) => [...job, wallTime, KINDS[kind] || remark]);
}

function readDays(given: string): number {
  const days = Number(given);
  if (/^\d{1,3}$/.test(given) && days >= 1 && days <= 366) return days;
  throw new UsageError([
    {
      subject: '--days',
      given,
      wrong: 'must be an integer, 1-366',
      fix: 'pass a number of days, such as --days 7',
    },
  ]);
}
