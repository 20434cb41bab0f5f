import { Option } from 'commander';
import { STAGES_HELP, type AddCommand } from '../command-line';
import type { StageName } from '../../stages/stages';
import type { Context, ExitStatus } from '../context';
import { listJobs, type Job } from '../google/scheduler';
import { canReplaceLine } from '../live-line';
import { withQuietProgress } from '../progress';
import { findUnderWay } from '../jobs/last-run';
import { listedJobs, type Listing } from '../jobs/listed-jobs';
import { describeListedJobs, listedJobInJson } from '../jobs/listed-jobs-output';
import { readStages } from '../jobs/table';
import { Failed, orFailed, UsageError } from '../errors';
import { readNotes } from '../pauses/keep';
import type { KeptNote } from '../pauses/note';
import { repeat } from '../repeat';
import { print, printJson, warn } from '../terminal';
import { findWorkers } from '../jobs/workers';

export function define(add: AddCommand): void {
  add(
    'list',
    'List the jobs of all stages, or of one, and mark what is wrong with them',
    listOrWatch,
  )
    .argument('[stage]', STAGES_HELP)
    .option('--check', 'exit with 1 if any job is marked')
    .addOption(
      new Option('--watch', 'list again every 5 seconds until Ctrl-C').conflicts(['json', 'check']),
    );
}

interface ListArguments {
  readonly stage?: string;
  /** Whether to exit with 1 if any job is marked. */
  readonly check?: boolean;
  /** Whether to list again and again. @default false */
  readonly watch?: boolean;
}

function listOrWatch(context: Context, args: ListArguments): Promise<ExitStatus> {
  return args.watch === true ? watch(context, args) : list(context, args);
}

const WATCH_SECONDS = 5;

/** Lists again and again, each time on an empty screen. */
async function watch(context: Context, args: ListArguments): Promise<ExitStatus> {
  const { output } = context.terminal;
  if (!output.isTTY) {
    const wrong = 'stdout is not a terminal';
    throw new UsageError({ subject: '--watch', given: true, wrong, fix: 'omit it, or use --json' });
  }
  await repeat(context, WATCH_SECONDS, async () => {
    if (canReplaceLine(context.terminal)) output.write('\u001B[H\u001B[2J');
    await list(context, args);
    print(context.terminal, `\nEvery ${WATCH_SECONDS} s; press Ctrl-C to stop.`);
  });
  return 0;
}

async function read(context: Context, stages: readonly StageName[]): Promise<Listing> {
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
async function list(context: Context, args: ListArguments): Promise<ExitStatus> {
  const stages = readStages(args.stage);
  const listing = await withQuietProgress(context.terminal, 'Reading from Google Cloud …', () =>
    read(context, stages),
  );
  const { workers, underWay } = listing;
  const rows = listedJobs(context, listing, args.stage === undefined);
  const marked = rows.filter((row) => row.marks.length > 0);
  if (context.json) {
    printJson(context.terminal, {
      ...context.location,
      ok: marked.length === 0,
      jobs: rows.map(listedJobInJson),
    });
  } else {
    print(context.terminal, describeListedJobs(context, rows));
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
  const notes = await orFailed(readNotes(context));
  if (!(notes instanceof Failed)) return notes;
  warn(context.terminal, 'paused jobs', `who paused them is not known. ${notes.message}`);
  return new Map();
}
