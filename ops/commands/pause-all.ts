import { STAGE_HELP, type CommandLine, type CommonOptions } from '../command-line';
import type { StageName } from '../../stages/stages';
import type { Context, ExitStatus } from '../context';
import { listStageJobs, setAllPaused, type StageJob } from '../maintenance';
import { readRecord, writeRecord } from '../jobs/record';
import { readStage } from '../jobs/table';
import { note } from '../terminal';

export function define({ add, run }: CommandLine): void {
  add('pause-all', 'Pause all jobs of a stage')
    .argument('<stage>', STAGE_HELP)
    .option('--record <file>', 'save in this file which jobs were already paused')
    .action((stage: string, options: CommonOptions & { record?: string }) =>
      run(options, (context) => pauseAll(context, { stage, ...options })),
    );
}

export interface PauseAllArguments {
  readonly stage: string;
  /** A file to save which jobs were already paused. @default - it is not saved */
  readonly record?: string;
}

/** Pauses every job of a stage. */
export async function pauseAll(context: Context, args: PauseAllArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  // Read first: a file that is not a record must not be overwritten.
  const earlier = args.record && readRecord(args.record, context.location, stage);
  const { jobs, untouched } = await listStageJobs(context, stage);
  if (args.record) {
    if (earlier && earlier.restoredAt === undefined) {
      // A second call that finishes the first, which has paused some of the jobs already.
      note(context.terminal, `Kept ${args.record}, which was recorded at ${earlier.recordedAt}.`);
    } else {
      saveRecord(context, stage, jobs, args.record);
    }
  }
  const wanted = jobs.map((job) => ({ job, paused: true }));
  return setAllPaused(context, stage, wanted, untouched);
}

function saveRecord(
  { client, location }: Context,
  stage: StageName,
  jobs: readonly StageJob[],
  file: string,
): void {
  const live = jobs.flatMap(({ table, live }) =>
    live ? [{ name: table.name, isPaused: live.state === 'PAUSED' }] : [],
  );
  writeRecord(file, {
    project: location.project,
    region: location.region,
    stage,
    recordedAt: client.now().toISOString(),
    paused: live.filter(({ isPaused }) => isPaused).map(({ name }) => name),
    enabled: live.filter(({ isPaused }) => !isPaused).map(({ name }) => name),
  });
}
