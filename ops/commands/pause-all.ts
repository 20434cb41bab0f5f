import { STAGE_HELP, type CommandLine, type CommonOptions } from '../command-line';
import type { StageName } from '../../stages/stages';
import type { Context, ExitStatus } from '../context';
import { jobsOfStageWithState, setAllPaused, type StageJob } from '../maintenance';
import { readRecord, writeRecord } from '../jobs/record';
import { readStage } from '../jobs/table';
import { note } from '../terminal';

export function define({ add, run }: CommandLine): void {
  add('pause-all', 'gcp-scheduler-pause-all', 'Pauses every job of a stage.')
    .argument('<stage>', STAGE_HELP)
    .option('--record <file>', 'keep in this file which jobs were paused before')
    .action((stage: string, options: CommonOptions & { record?: string }) =>
      run(options, (context) => pauseAll(context, { stage, ...options })),
    );
}

export interface PauseAllArguments {
  readonly stage: string;
  /** A file that keeps which jobs were paused before. */
  readonly record?: string;
}

/** Pauses every job of a stage. */
export async function pauseAll(context: Context, args: PauseAllArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  // Judged before anything else, since a file that is no record must not be overwritten.
  const earlier = args.record && readRecord(args.record, context.location, stage);
  const jobs = await jobsOfStageWithState(context, stage);
  if (args.record) {
    if (earlier && earlier.restoredAt === undefined) {
      // A second call, which completes the first: by now the jobs that this paused are paused.
      note(context.terminal, `${args.record} is kept as it was recorded at ${earlier.recordedAt}.`);
    } else {
      record(context, stage, jobs, args.record);
    }
  }
  const wanted = jobs.map((job) => ({ job, paused: true }));
  return setAllPaused(context, stage, wanted);
}

function record(
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
