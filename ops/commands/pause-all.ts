import { STAGE_HELP, type AddCommand } from '../command-line';
import type { StageName } from '../../stages/stages';
import type { Context, ExitStatus } from '../context';
import { setAllPaused } from '../maintenance';
import { listStageJobs, type StageJob } from '../jobs/stage-jobs';
import { readRecord, writeRecord } from '../jobs/record';
import { drain } from '../jobs/drain';
import { readStage } from '../jobs/table';
import { withProgress } from '../progress';
import { readDuration } from '../read-option';
import { pauseNotes } from '../pauses/pause-notes';
import { readPausePlan, withPauseOptions, type PauseOptions } from '../pauses/options';
import { AGAIN } from '../fixes/fix';
import { withFix } from '../errors';
import { note, print } from '../terminal';

export function define(add: AddCommand): void {
  withPauseOptions(add('pause-all', 'Pause all jobs of a stage', pauseAll))
    .argument('<stage>', STAGE_HELP)
    .option('--record <file>', 'save in this file which jobs were already paused')
    .option('--wait', 'then wait until no run is under way')
    .option(
      '--timeout <duration>',
      'with --wait: exit with 1 if a run has not ended by then: 90s, 30m',
      '30m',
    );
}

interface PauseAllArguments extends PauseOptions {
  readonly stage: string;
  /** A file to save which jobs were already paused. @default - it is not saved */
  readonly record?: string;
  /** Whether to wait until no run is under way. @default false */
  readonly wait?: boolean;
  /** The longest wait, as typed: `30m`, the longest that Google lets an attempt take. */
  readonly timeout: string;
}

/** Pauses every job of a stage, notes why, and waits for their runs to end if asked. */
async function pauseAll(context: Context, args: PauseAllArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const timeoutSeconds = readDuration('--timeout', args.timeout);
  // Read first: a file that is not a record must not be overwritten.
  const earlier = args.record && readRecord(args.record, context.location, stage);
  const ofStage = await listStageJobs(context, stage);
  const { jobs } = ofStage;
  const plan = readPausePlan(args, context);
  if (args.record) {
    if (earlier && earlier.restoredAt === undefined) {
      // A second call that finishes the first, which has paused some of the jobs already.
      note(context.terminal, `Kept ${args.record}, which was recorded at ${earlier.recordedAt}.`);
    } else {
      saveRecord(context, stage, jobs, args.record);
    }
  }
  const wanted = jobs.map((job) => ({ job, paused: true }));
  return setAllPaused(context, ofStage, wanted, async (outcomes) => {
    // Those that were paused before keep their note.
    const paused = outcomes.filter(({ outcome }) => outcome === 'paused').map(({ job }) => job);
    const notes = await pauseNotes(context, paused, plan);
    if (!context.json && paused.length > 0) note(context.terminal, notes.describe());
    const isDone = outcomes.every(({ outcome }) => ['paused', 'unchanged'].includes(outcome));
    const running =
      args.wait && isDone ? await waitForRuns(context, jobs, timeoutSeconds) : undefined;
    return {
      ok: (running ?? []).length === 0,
      jobInJson: (job) => (paused.includes(job) ? notes.inJson(job) : {}),
      inJson: { running },
    };
  });
}

/** @returns the jobs that still run */
async function waitForRuns(
  context: Context,
  jobs: readonly StageJob[],
  timeoutSeconds: number,
): Promise<readonly string[]> {
  const { terminal, json } = context;
  const names = jobs.map(({ table }) => table.name);
  const running = await withProgress(terminal, 'Waiting until no run is under way …', () =>
    drain(context, names, timeoutSeconds),
  );
  if (json) return running;
  if (running.length === 0) print(terminal, 'No run is under way.');
  else note(terminal, withFix(`Still running: ${running.join(', ')}`, AGAIN));
  return running;
}

function saveRecord(
  { client, location }: Context,
  stage: StageName,
  jobs: readonly StageJob[],
  file: string,
): void {
  const namesOf = (isPaused: boolean): string[] =>
    jobs
      .filter(({ live }) => live !== undefined && (live.state === 'PAUSED') === isPaused)
      .map(({ table }) => table.name);
  writeRecord(file, {
    ...{ project: location.project, region: location.region, stage },
    recordedAt: client.now().toISOString(),
    paused: namesOf(true),
    enabled: namesOf(false),
  });
}
