import { Option } from 'commander';
import { STAGES_HELP, type CommandLine, type CommonOptions } from '../command-line';
import { originOf } from '../../constructs/core/uri';
import { STAGE_NAMES, type StageName } from '../../stages/stages';
import { styled, table, type Cell, type Text } from '../../lib/text/text';
import { visible } from '../../lib/text/visible';
import { describeDifference, differences, type Difference } from '../jobs/compare';
import type { Context, ExitStatus } from '../context';
import { listJobs, shortName, type Job } from '../google/scheduler';
import { canReplaceLine } from '../live-line';
import { withQuietProgress } from '../progress';
import { describeSchedule, formatTime } from '../jobs/format-time';
import { findUnderWay, lastResultOf, type UnderWay } from '../jobs/last-run';
import { describeResult } from '../jobs/result';
import { readStages, tableJobs, type TableJob } from '../jobs/table';
import { notManagedReason } from '../jobs/unmanaged';
import { Failed, UsageError } from '../errors';
import { noteOfPause, readNotes } from '../pauses/keep';
import { describeNote, noteInJson, type KeptNote } from '../pauses/note';
import { repeat } from '../repeat';
import { print, printJson, warn } from '../terminal';
import { findWorkers, type Worker } from '../jobs/workers';

export function define({ add, run }: CommandLine): void {
  add('list', 'List the jobs of all stages, or of one, and mark what is wrong with them')
    .argument('[stage]', STAGES_HELP)
    .option('--check', 'exit with 1 if any job is marked')
    .addOption(
      new Option('--watch', 'list again every 5 seconds until Ctrl-C').conflicts(['json', 'check']),
    )
    .action((stage: string | undefined, options: CommonOptions & Omit<ListArguments, 'stage'>) =>
      run(options, (context) =>
        (options.watch === true ? watch : list)(context, { stage, ...options }),
      ),
    );
}

export interface ListArguments {
  readonly stage?: string;
  /** Whether to exit with 1 if any job is marked. */
  readonly check?: boolean;
  /** Whether to list again and again. @default false */
  readonly watch?: boolean;
}

type Mark = 'missing' | 'unmanaged' | 'drifted' | 'paused' | 'broken' | 'failed';

interface Row {
  readonly stage: StageName | undefined;
  readonly task: string | undefined;
  readonly job: string;
  /** The live schedule, else the table's. Five-field cron, except of some unmanaged jobs. */
  readonly schedule: string;
  readonly live: Job | undefined;
  /** When the run under way started, if there is one. */
  readonly runningSince: Date | undefined;
  readonly marks: readonly Mark[];
  readonly differences: readonly Difference[];
  /** Who paused it, why and until when, as far as it was noted. */
  readonly pause?: KeptNote | undefined;
}

const WATCH_SECONDS = 5;

/** Lists again and again, each time on an empty screen. */
async function watch(context: Context, args: ListArguments): Promise<ExitStatus> {
  const { output } = context.terminal;
  if (!output.isTTY) {
    const wrong = 'stdout is not a terminal';
    throw new UsageError([
      { subject: '--watch', given: true, wrong, fix: 'omit it, or use --json' },
    ]);
  }
  await repeat(context, WATCH_SECONDS, async () => {
    if (canReplaceLine(context.terminal)) output.write('\u001B[H\u001B[2J');
    await list(context, args);
    print(context.terminal, `\nEvery ${WATCH_SECONDS} s; press Ctrl-C to stop.`);
  });
  return 0;
}

async function read(context: Context, stages: readonly StageName[]) {
  const [jobs, workers] = await Promise.all([
    listJobs(context.client, context.location),
    findWorkers(context, stages),
  ]);
  const [underWay, notes] = await Promise.all([
    findUnderWay(context, jobs),
    readNotesOf(context, jobs),
  ]);
  return { jobs, workers, underWay, notes };
}

/** Lists all jobs of the stages, and what is wrong with them. */
export async function list(context: Context, args: ListArguments): Promise<ExitStatus> {
  const stages = readStages(args.stage);
  const { jobs, workers, underWay, notes } = await withQuietProgress(
    context.terminal,
    'Reading from Google Cloud …',
    () => read(context, stages),
  );
  const rows = rowsOf(context, jobs, workers, underWay, args.stage === undefined).map((row) => ({
    ...row,
    pause: noteOfPause(notes, row.live),
  }));
  const marked = rows.filter((row) => row.marks.length > 0);
  if (context.json) {
    printJson(context.terminal, {
      ...context.location,
      ok: marked.length === 0,
      jobs: rows.map(toJson),
    });
  } else {
    print(context.terminal, describe(context, rows));
    for (const { stage, problem } of workers) {
      if (problem !== undefined) {
        warn(
          context.terminal,
          stage,
          `the worker could not be read, so URIs were not compared. ${problem}`,
        );
      }
    }
    if (underWay.problem !== undefined) {
      const sentence = `the log could not be read, so a result may be that of the run before. ${underWay.problem}`;
      warn(context.terminal, 'running jobs', sentence);
    }
  }
  return args.check && marked.length > 0 ? 1 : 0;
}

/** Only of use for jobs that are paused; what cannot be read is left out. */
async function readNotesOf(
  context: Context,
  jobs: readonly Job[],
): Promise<ReadonlyMap<string, KeptNote>> {
  if (jobs.every(({ state }) => state !== 'PAUSED')) return new Map();
  try {
    return await readNotes(context);
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    warn(context.terminal, 'paused jobs', `who paused them is not known. ${error.message}`);
    return new Map();
  }
}

function rowsOf(
  context: Context,
  jobs: readonly Job[],
  workers: readonly Worker[],
  underWay: UnderWay,
  isAllStages: boolean,
): Row[] {
  const { settings, location } = context;
  const byName = new Map(jobs.map((job) => [shortName(job), job]));
  const table = workers.flatMap((worker) =>
    tableJobs(settings, location, [worker.stage]).map((job) =>
      tableRow(job, byName.get(job.name), worker, underWay),
    ),
  );
  const known = new Set(tableJobs(settings, location, STAGE_NAMES).map((job) => job.name));
  const unmanaged = jobs
    .filter((job) => !known.has(shortName(job)))
    .map((job) => unmanagedRow(context, job, workers, underWay))
    // For one stage, only the unmanaged jobs that target its worker.
    .filter((row) => isAllStages || row.stage !== undefined);
  return [...table, ...unmanaged];
}

function tableRow(job: TableJob, live: Job | undefined, worker: Worker, underWay: UnderWay): Row {
  const schedule = live?.schedule ?? job.schedule;
  const runningSince = underWay.since.get(job.name);
  const identity = {
    stage: job.stage,
    task: job.task,
    job: job.name,
    schedule,
    live,
    runningSince,
  };
  if (live === undefined) return { ...identity, marks: ['missing'], differences: [] };
  const found = differences(live, job, worker.url);
  const marks: Mark[] = [];
  if (found.length > 0) marks.push('drifted');
  if (live.state === 'PAUSED' && job.paused !== true) marks.push('paused');
  if (live.state === 'DISABLED' || live.state === 'UPDATE_FAILED') marks.push('broken');
  // What is running has not failed yet.
  if (runningSince === undefined && lastResultOf(live)?.ok === false) marks.push('failed');
  return { ...identity, marks, differences: found };
}

function unmanagedRow(
  { settings }: Context,
  live: Job,
  workers: readonly Worker[],
  underWay: UnderWay,
): Row {
  const origin = originOf(live.httpTarget?.uri ?? '');
  const stage = workers.find((worker) => worker.origins.includes(origin))?.stage;
  const job = shortName(live);
  const { schedule = '' } = live;
  const isLeft = notManagedReason(settings.appName, job, stage) !== undefined;
  // What else a shared project has is nobody's mistake.
  const isOurs = stage !== undefined || job.startsWith(`${settings.appName}-`);
  const marks: Mark[] = isOurs && !isLeft ? ['unmanaged'] : [];
  const runningSince = underWay.since.get(job);
  return { stage, task: undefined, job, schedule, live, runningSince, marks, differences: [] };
}

function toJson({ live, runningSince, pause, ...row }: Row) {
  return {
    ...row,
    pause: pause && noteInJson(pause),
    state: live?.state,
    running: runningSince !== undefined,
    runningSince: runningSince?.toISOString(),
    scheduleInWords: describeSchedule(row.schedule),
    timeZone: live && (live.timeZone ?? 'UTC'),
    lastRun: live?.lastAttemptTime,
    lastResult: live && lastResult(live, runningSince),
    nextRun: live && nextRun(live),
  };
}

/** Only what ended well is green; what runs, or never ran, has no color. */
function colored(result: string): Cell {
  if (result === 'succeeded') return styled('green', result);
  return /^\d{3}:|failed|deadline/.test(result) ? styled('red', result) : result;
}

function describe({ location }: Context, rows: readonly Row[]): Text {
  if (rows.length === 0) return 'No jobs.';
  const zones = [...new Set(rows.flatMap(({ live }) => (live ? [zoneOf(live)] : [])))];
  // Where they differ, each time says its own.
  const timeOf = (live: Job | undefined, at: string | undefined): string => {
    const zone = live && zones.length > 1 && at !== undefined ? ` ${zoneOf(live)}` : '';
    return `${formatTime(live?.timeZone, at)}${zone}`;
  };
  const jobs = table(
    ['stage', 'job', 'state', 'schedule', 'last run', 'result', 'next run', 'problems'],
    rows.map(({ stage = '', job, schedule, live, runningSince, ...row }) => [
      stage,
      job,
      describeState(live, runningSince),
      describeSchedule(schedule),
      timeOf(live, live?.lastAttemptTime),
      live ? colored(lastResult(live, runningSince)) : '',
      timeOf(live, live && nextRun(live)),
      styled('red', describeMarks(row)),
    ]),
    2,
  );
  const details = rows.flatMap(({ job, differences: fields, pause, live }) =>
    [
      ...fields.map(describeDifference),
      ...(pause ? [`paused ${describeNote(pause, (at) => formatTime(live?.timeZone, at))}`] : []),
    ].map((detail) => `\n${visible(`${job}: ${detail}`)}`),
  );
  const { project, region } = location;
  return [
    jobs,
    `\nProject ${project}, region ${region}.${describeZones(zones)}${details.join('')}`,
  ];
}

function describeZones(zones: readonly string[]): string {
  if (zones.length === 0) return '';
  return zones.length === 1
    ? ` Times are in ${visible(zones.join())}.`
    : " Times are in each job's own time zone.";
}

function zoneOf({ timeZone = 'UTC' }: Job): string {
  return timeZone;
}

/** `enabled`, `running`, `paused, running` */
function describeState(live: Job | undefined, runningSince: Date | undefined): string {
  const state = live?.state?.toLowerCase() ?? '';
  if (runningSince === undefined) return state;
  return state === 'enabled' ? 'running' : `${state}, running`;
}

/** `drifted: schedule, audience; paused` */
function describeMarks({ marks, differences: fields }: Pick<Row, 'marks' | 'differences'>): string {
  const names = fields.map(({ field }) => field).join(', ');
  return marks.map((mark) => (mark === 'drifted' ? `${mark}: ${names}` : mark)).join('; ');
}

/** None for a paused job, which keeps the time at which it would have run. */
function nextRun(live: Job): string | undefined {
  return live.state === 'PAUSED' ? undefined : live.scheduleTime;
}

function lastResult(live: Job, runningSince: Date | undefined): string {
  if (runningSince !== undefined) return 'running';
  const result = lastResultOf(live);
  return result === undefined ? 'never ran' : describeResult(result);
}
