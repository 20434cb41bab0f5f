import {
  CONFIRM,
  CONFIRM_HELP,
  STAGE_HELP,
  type CommandLine,
  type CommonOptions,
} from '../command-line';
import { stackName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context, ExitStatus } from '../context';
import { Failed, WrongUse } from '../errors';
import { jobsOfStageWithState, setAllPaused, type StageJob } from '../maintenance';
import { readRecord, writeRecord } from '../jobs/record';
import { readStage } from '../jobs/table';
import { confirm, note, print, printJson } from '../terminal';

export function define({ add, run }: CommandLine): void {
  add('resume-all', 'gcp-scheduler-resume-all', 'Resumes the jobs of a stage.')
    .argument('<stage>', STAGE_HELP)
    .option('--record <file>', 'restore exactly what pause-all recorded, without asking')
    .option(CONFIRM, CONFIRM_HELP)
    .action((stage: string, options: CommonOptions & { record?: string; confirm?: string }) =>
      run(options, (context) => resumeAll(context, { stage, ...options })),
    );
}

export interface ResumeAllArguments {
  readonly stage: string;
  /** The file that pause-all wrote. */
  readonly record?: string;
  readonly confirm?: string;
}

/** Resumes the jobs of a stage: as they were recorded, or all that the table does not pause. */
export async function resumeAll(context: Context, args: ResumeAllArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  return args.record === undefined
    ? resumeWhatIsPaused(context, stage, args.confirm)
    : restore(context, stage, args.record);
}

async function restore(context: Context, stage: StageName, file: string): Promise<ExitStatus> {
  const record = readRecord(file, context.location, stage);
  if (record === undefined) {
    throw new WrongUse([
      {
        subject: '--record',
        given: file,
        wrong: 'there is no such file',
        expected: 'the file that pause-all --record wrote',
        fix: 'name that file, or leave --record out to be asked',
      },
    ]);
  }
  const jobs = await jobsOfStageWithState(context, stage);
  const wanted = jobs.flatMap((job) => {
    const { name } = job.table;
    if (record.paused.includes(name)) return [{ job, paused: true }];
    if (record.enabled.includes(name)) return [{ job, paused: false }];
    note(context.terminal, `${name} is not in the record and is left as it is.`);
    return [];
  });
  const status = await setAllPaused(context, stage, wanted);
  if (status === 0)
    writeRecord(file, { ...record, restoredAt: context.client.now().toISOString() });
  return status;
}

async function resumeWhatIsPaused(
  context: Context,
  stage: StageName,
  confirmation: string | undefined,
): Promise<ExitStatus> {
  const { terminal, signal } = context;
  const jobs = (await jobsOfStageWithState(context, stage)).filter(isToResume);
  if (jobs.length === 0) {
    if (context.json) printJson(terminal, { stage, ok: true, jobs: [] });
    else print(terminal, `No job of ${stage} is paused that the table does not pause.`);
    return 0;
  }
  note(terminal, `To be resumed:\n${jobs.map(({ table }) => `  ${table.name}`).join('\n')}`);
  const agreed = await confirm(terminal, {
    question: `Resume ${jobs.length === 1 ? 'it' : `all ${jobs.length}`}?`,
    expected: stackName(stage),
    given: confirmation,
    signal,
  });
  if (!agreed) throw new Failed('Nothing was changed.');
  return setAllPaused(
    context,
    stage,
    jobs.map((job) => ({ job, paused: false })),
  );
}

function isToResume({ table, live }: StageJob): boolean {
  return live?.state === 'PAUSED' && table.paused !== true;
}
