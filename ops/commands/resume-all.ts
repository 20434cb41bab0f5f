import { CONFIRM, STAGE_HELP, type AddCommand } from '../command-line';
import { count } from '../../lib/count';
import { stackName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context, ExitStatus } from '../context';
import { UsageError } from '../errors';
import { describeLocation } from '../google/scheduler';
import { setAllPaused, type Afterwards, type JobOutcome } from '../maintenance';
import { listStageJobs, type StageJob } from '../jobs/stage-jobs';
import { settle, settledInJson } from '../pauses/settle';
import { readRecord, writeRecord } from '../jobs/record';
import { readStage } from '../jobs/table';
import { noteUntouched, untouchedInJson } from '../jobs/unmanaged';
import { confirm, note, print, printJson } from '../terminal';

export function define(add: AddCommand): void {
  add('resume-all', 'Resume the paused jobs of a stage', resumeAll)
    .argument('<stage>', STAGE_HELP)
    .option(
      '--record <file>',
      'restore exactly what pause-all saved in this file, without a prompt',
    )
    .option('--catch-up', 'then run once, one after the other, those that will not run soon')
    .option(...CONFIRM);
}

interface ResumeAllArguments {
  readonly stage: string;
  /** The file that pause-all wrote. */
  readonly record?: string;
  /** Whether to run jobs that missed a run and will not run within the hour. @default false */
  readonly catchUp?: boolean;
  readonly confirm?: string;
}

/** Resumes a stage's jobs as recorded; without a record, all that the table does not pause. */
async function resumeAll(context: Context, args: ResumeAllArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  return args.record === undefined
    ? resumePaused(context, stage, args)
    : restore(context, stage, args.record, args);
}

async function restore(
  context: Context,
  stage: StageName,
  file: string,
  args: ResumeAllArguments,
): Promise<ExitStatus> {
  const record = readRecord(file, context.location, stage);
  if (record === undefined) {
    throw new UsageError({
      subject: '--record',
      given: file,
      wrong: 'file not found',
      expected: 'a file written by pause-all --record',
      fix: 'pass that file, or omit --record to resume every paused job',
    });
  }
  const ofStage = await listStageJobs(context, stage);
  const wanted = ofStage.jobs.flatMap((job) => {
    const { name } = job.table;
    if (record.paused.includes(name)) return [{ job, paused: true }];
    if (record.enabled.includes(name)) return [{ job, paused: false }];
    note(context.terminal, `${name} is not in the record, so it was not changed.`);
    return [];
  });
  const after = settler(context, ofStage.jobs, args);
  const status = await setAllPaused(context, ofStage, wanted, after);
  if (status === 0)
    writeRecord(file, { ...record, restoredAt: context.client.now().toISOString() });
  return status;
}

async function resumePaused(
  context: Context,
  stage: StageName,
  args: ResumeAllArguments,
): Promise<ExitStatus> {
  const { terminal, location } = context;
  const place = describeLocation(location);
  const ofStage = await listStageJobs(context, stage);
  const jobs = ofStage.jobs.filter(isToResume);
  if (jobs.length === 0) {
    const { untouched } = ofStage;
    if (context.json) {
      const rest = untouchedInJson(untouched);
      printJson(terminal, { ...location, stage, ok: true, jobs: [], untouched: rest });
    } else {
      print(terminal, `No jobs of ${stage} to resume in ${place}.`);
      noteUntouched(terminal, untouched);
    }
    return 0;
  }
  note(
    terminal,
    `Jobs to resume in ${place}:\n${jobs.map(({ table }) => `  ${table.name}`).join('\n')}`,
  );
  await confirm(context, {
    question: `Resume ${count(jobs.length, 'job')} of ${stage} in ${place}?`,
    expected: stackName(stage),
    given: args.confirm,
    refusal: 'Nothing was changed.',
  });
  const wanted = jobs.map((job) => ({ job, paused: false }));
  return setAllPaused(context, ofStage, wanted, settler(context, jobs, args));
}

/** What there is to do once jobs were resumed. */
function settler(context: Context, jobs: readonly StageJob[], args: ResumeAllArguments) {
  return async (outcomes: readonly JobOutcome[]): Promise<Afterwards> => {
    const resumed = jobs.flatMap(({ table, live }) =>
      live && outcomes.some(({ job, outcome }) => job === table.name && outcome === 'resumed')
        ? [{ table, live }]
        : [],
    );
    const settled = await settle(context, resumed, {
      run: args.catchUp === true ? 'those that matter' : 'none',
    });
    return {
      ok: settled.ok,
      jobInJson: (job) =>
        resumed.some(({ table }) => table.name === job) ? settledInJson(settled, job) : {},
    };
  };
}

function isToResume({ table, live }: StageJob): boolean {
  return live?.state === 'PAUSED' && table.paused !== true;
}
