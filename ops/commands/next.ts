import path from 'node:path';
import { scheduleInWords, wallClock } from '../../constructs/core/schedule';
import { count } from '../../lib/count';
import { replaceFile } from '../../lib/replace-file';
import { table, type Text } from '../../lib/text/text';
import { runsBetween } from '../../page/week/runs';
import { STAGES_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { DAY_SECONDS, secondsAfter } from '../durations';
import { Failed, messageOf } from '../errors';
import { manual } from '../fixes/fix';
import { readStages, tableJobs } from '../jobs/table';
import {
  asCalendar,
  inTimeOrder,
  isInCalendar,
  linesOf,
  type RunLine,
  type Upcoming,
} from '../jobs/upcoming';
import { readInteger } from '../read-option';
import { print, printJson } from '../terminal';

export function define(add: AddCommand): void {
  add('next', 'Show upcoming runs, and how daylight saving affects them', next, () => false)
    .argument('[stage]', STAGES_HELP)
    .option('--days <n>', 'days to look ahead, 1-366', '1')
    .option('--by-job', 'job after job, instead of in order of time')
    .option(
      '--ics <file>',
      'write a calendar file instead, of the jobs that do not run every hour',
    );
}

interface NextArguments {
  readonly stage?: string;
  /** 1-366, as typed. */
  readonly days: string;
  /** @default false - in order of time */
  readonly byJob?: boolean;
  /** A calendar file to write. @default - the runs are printed */
  readonly ics?: string;
}

/** Shows the upcoming runs of the jobs in the table, and how daylight saving affects them. */
function next(context: Context, args: NextArguments): ExitStatus {
  const stages = readStages(args.stage);
  const days = readInteger('--days', args.days, 366, 'pass a number of days, such as --days 7');
  const from = new Date();
  const until = secondsAfter(from, days * DAY_SECONDS);
  const { settings, terminal } = context;
  const { timeZone } = settings;
  const upcoming = tableJobs(context, stages).map((job) => ({
    job,
    runs: runsBetween({ cron: job.schedule, timeZone }, from, until),
  }));
  const wrote = args.ics === undefined ? undefined : writeCalendar(args.ics, upcoming, from);
  if (context.json) {
    const range = { from: from.toISOString(), until: until.toISOString(), timeZone };
    printJson(terminal, { ...range, ...wrote, jobs: upcoming.map(toJson) });
    return 0;
  }
  if (wrote !== undefined) {
    const others = upcoming.filter(({ job }) => !isInCalendar(job)).length;
    const without =
      others === 0
        ? ''
        : `; ${count(others, 'job')} that run every hour or are paused are not in it`;
    print(terminal, `Wrote ${wrote.file}: ${count(wrote.events, 'run')}${without}.`);
    return 0;
  }
  const lines = upcoming.flatMap(linesOf);
  print(terminal, args.byJob === true ? tableByJob(lines) : tableByTime(lines));
  print(
    terminal,
    `Until ${wallClock(timeZone, until)}. Times are in ${timeZone}. ` +
      'These runs follow the table; just gcp-scheduler-list shows which jobs are paused.',
  );
  return 0;
}

function toJson({ job: { stage, task, name, schedule, paused }, runs }: Upcoming) {
  return {
    ...{ stage, task, job: name, schedule, scheduleInWords: scheduleInWords(schedule) },
    paused: paused ?? false,
    runs: runs.map(({ wallTime, kind, at }) => ({
      ...{ wallTime, kind },
      // A skipped time has no instant.
      ...(kind !== 'skipped' && { at: at.toISOString() }),
    })),
  };
}

function tableByTime(lines: readonly RunLine[]): Text {
  const head = ['run', 'stage', 'job', 'schedule', 'note'];
  return table(
    head,
    inTimeOrder(lines).map((line) => {
      const { first, more, note } = line;
      const notes = [...(more === 0 ? [] : [`and ${more} more`]), ...(note === '' ? [] : [note])];
      return [first?.wallTime ?? 'none', ...jobOf(line), notes.join('; ')];
    }),
    3,
  );
}

function tableByJob(lines: readonly RunLine[]): Text {
  const head = ['stage', 'job', 'schedule', 'runs', 'note'];
  return table(
    head,
    lines.map((line) => {
      const { first, more, note } = line;
      const runs = first?.wallTime ?? 'none';
      return [...jobOf(line), more === 0 ? runs : `${runs}, and ${more} more`, note];
    }),
    2,
  );
}

function jobOf({ job: { stage, name, schedule } }: RunLine): string[] {
  return [stage, name, scheduleInWords(schedule)];
}

function writeCalendar(
  file: string,
  upcoming: readonly Upcoming[],
  now: Date,
): { file: string; events: number } {
  const { file: content, events } = asCalendar(upcoming, now);
  try {
    replaceFile(path.resolve(file), content);
  } catch (error) {
    throw new Failed(
      `Cannot write ${file}: ${messageOf(error)}.`,
      manual('pass --ics a path that can be written'),
    );
  }
  return { file, events };
}
