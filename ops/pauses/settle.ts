import { count } from '../../lib/count';
import type { Context } from '../context';
import { HOUR_SECONDS, secondsAfter, secondsBefore, secondsBetween } from '../durations';
import { Failed, orFailed, withFix } from '../errors';
import { recipe, type Fix } from '../fixes/fix';
import { fixInJson, renderFix } from '../fixes/render';
import type { Job } from '../google/scheduler';
import { START_DELAY_SECONDS } from '../google/snoozes';
import { formatTime } from '../jobs/format-time';
import { describeResult } from '../jobs/result';
import { runAndWait } from '../jobs/wait';
import type { TableJob } from '../jobs/table';
import { note, print, warn } from '../terminal';
import { callerOf } from './caller';
import { keepResumptions, noteOfPause, readNotesOrNone } from './keep';
import { missedRuns, succeededBy, type Missed } from './missed';
import type { KeptNote } from './note';

/** A job that was resumed: as it was before. */
export interface Resumed {
  readonly table: TableJob;
  readonly live: Job;
}

/** Which jobs to run once: none, those that will not run soon, or all that missed a run. */
export type CatchUp = 'none' | 'those that matter' | 'all';

export interface SettledJob extends Missed {
  readonly job: string;
  /** How the catch-up ended. @default - there was none */
  readonly result?: string;
  /** What to do if it failed. */
  readonly fix?: Fix;
}

/** What resumed jobs missed, and what was done about it. */
export interface Settled {
  /** Whether every catch-up succeeded. */
  readonly ok: boolean;
  readonly jobs: readonly SettledJob[];
}

/** From which time until the next run a missed run matters. */
const SOON_SECONDS = HOUR_SECONDS;

/** How long until Cloud Monitoring has surely counted a success. */
const COUNTED_SECONDS = 600;

/**
 * What there is to do after jobs were resumed: keeps their alerts silent until they have succeeded, says
 * which runs they missed, and runs them once where that is wanted, one after the other.
 */
export async function settle(
  context: Context,
  resumed: readonly Resumed[],
  { run }: { readonly run: CatchUp },
): Promise<Settled> {
  const now = context.client.now();
  const paused = resumed.filter(({ live }) => live.state === 'PAUSED');
  if (paused.length === 0) return { ok: true, jobs: [] };
  const notes = await readNotesOrNone(context);
  const missed = paused.map((job) => ({
    ...job,
    missed: missedRuns(job.live, pausedSince(job.live, notes), now),
  }));
  const by = callerOf(context.env);
  await silence(context, missed, notes, by);
  const jobs: SettledJob[] = [];
  for (const job of missed) {
    const matters = isToRun(job.missed, run, now);
    jobs.push({
      job: job.table.name,
      ...job.missed,
      // oxlint-disable-next-line no-await-in-loop -- one at a time, so that the worker is not flooded
      ...(matters && (await catchUp(context, job, notes.get(job.table.name), by))),
    });
  }
  const ok = jobs.every(({ result }) => result === undefined || result === 'succeeded');
  if (!context.json) describe(context, jobs);
  return { ok, jobs };
}

export function settledInJson({ jobs }: Settled, name: string): object {
  const job = jobs.find((each) => each.job === name);
  if (job === undefined) return { missedRuns: 0 };
  return {
    missedRuns: job.count,
    lastMissed: job.last?.toISOString(),
    nextRun: job.next?.toISOString(),
    catchUp: job.result,
    ...(job.fix && fixInJson(job.fix)),
  };
}

function isToRun({ count: missed, next }: Missed, wanted: CatchUp, now: Date): boolean {
  if (missed === 0 || wanted === 'none') return false;
  return wanted === 'all' || matters(next, now);
}

function matters(next: Date | undefined, now: Date): boolean {
  return next === undefined || secondsBetween(now, next) > SOON_SECONDS;
}

/** Without a note, the pause began after the last attempt, or after the last change. */
function pausedSince(live: Job, notes: ReadonlyMap<string, KeptNote>): Date {
  const note = noteOfPause(notes, live);
  return note === undefined
    ? new Date(live.lastAttemptTime ?? live.userUpdateTime ?? Date.now())
    : secondsBefore(note.since, START_DELAY_SECONDS);
}

async function silence(
  context: Context,
  jobs: readonly (Resumed & { missed: Missed })[],
  notes: ReadonlyMap<string, KeptNote>,
  by: string,
): Promise<void> {
  const wanted = jobs.flatMap(({ table: { name: job }, live, missed: { next } }) =>
    next === undefined
      ? []
      : [{ kind: 'resumed' as const, job, by, until: succeededBy(next, live) }],
  );
  const needed = new Set(
    jobs.filter(({ missed }) => missed.count > 0).map(({ table }) => table.name),
  );
  const problems = await keepResumptions(context, wanted, needed);
  for (const [job, { message }] of problems) {
    if (!needed.has(job) && !notes.has(job)) continue;
    const what = `its alert on missed runs could not be silenced until the next run: ${message}`;
    warn(context.terminal, job, what);
  }
}

async function catchUp(
  context: Context,
  { table, live }: Resumed,
  silenced: KeptNote | undefined,
  by: string,
): Promise<Pick<SettledJob, 'result' | 'fix'>> {
  const run = await orFailed(runAndWait(context, table, { ...live, state: 'ENABLED' }));
  if (run instanceof Failed) return { result: run.what, ...(run.fix && { fix: run.fix }) };
  const { result } = run;
  const text = describeResult(result);
  if (!result.ok) return { result: text, fix: recipe('doctor', table.stage) };
  if (silenced !== undefined) {
    const until = secondsAfter(context.client.now(), COUNTED_SECONDS);
    await keepResumptions(context, [{ kind: 'resumed', job: table.name, by, until }], new Set());
  }
  return { result: text };
}

function describe(context: Context, jobs: readonly SettledJob[]): void {
  const { terminal, settings, client } = context;
  const time = (at: Date | undefined): string =>
    at === undefined ? 'unknown' : formatTime(settings.timeZone, at);
  const now = client.now();
  const late = jobs.filter(({ count: missed }) => missed > 0);
  for (const { job, count: missed, last, next, result, fix } of late) {
    const runs = `${job} missed ${count(missed, 'run')}, the last at ${time(last)}; the next is at ${time(next)} ${settings.timeZone}.`;
    if (result === 'succeeded') print(terminal, `${runs} Its catch-up succeeded.`);
    else if (result !== undefined) {
      const failed = `${runs} Its catch-up failed: ${result}`;
      note(terminal, fix === undefined ? failed : withFix(failed, fix));
    } else if (matters(next, now))
      note(terminal, `${runs} To run it now: ${renderFix(recipe('run', job))}`);
    else note(terminal, runs);
  }
}
