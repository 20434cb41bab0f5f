import { missedRunsAlertName } from '../../constructs/core/alert-names';
import type { Context } from '../context';
import { Failed } from '../errors';
import { listAlertPolicies } from '../google/monitoring';
import { changeSnooze, createSnooze, listSnoozes } from '../google/snoozes';
import { shortName, type Job } from '../google/scheduler';
import type { Fix } from '../fixes/fix';
import { latestNotes, readNote, writeNote, type KeptNote, type Note } from './note';

/** What is kept, of jobs in Cloud Monitoring. */
interface Kept {
  /** The name of a job's alert policy on missed runs. */
  readonly policyOf: (job: string) => string | undefined;
  /** The notes whose snoozes have not ended. */
  readonly active: readonly KeptNote[];
}

/** Why a note was not kept. */
export interface NotKept {
  readonly cause: string;
  readonly fix?: Fix;
}

/** Ended snoozes tell of a pause that goes on; for how long after the end, in milliseconds. */
const REMEMBERED = 90 * 86_400_000;

/** The latest note of each job, by its name. */
export async function readNotes({
  client,
  location,
}: Pick<Context, 'client' | 'location'>): Promise<ReadonlyMap<string, KeptNote>> {
  const from = new Date(client.now().getTime() - REMEMBERED);
  return latestNotes(await listSnoozes(client, location.project, from));
}

/**
 * Notes that jobs were paused, by snoozing their alerts on missed runs; a pause that has a note already
 * gets the new one.
 *
 * @returns why a note was not kept, by the job's name
 */
export function keepPauses(
  context: Context,
  notes: readonly Note[],
): Promise<ReadonlyMap<string, NotKept>> {
  return keepEach(context, notes, async ({ policyOf, active }, note) => {
    const { client, location } = context;
    const earlier = active.find(({ kind, job }) => kind === 'paused' && job === note.job);
    if (earlier !== undefined) {
      await changeSnooze(client, earlier.snooze.name, writeNote(note), note.until);
      return undefined;
    }
    const policy = policyOf(note.job);
    if (policy === undefined)
      return { cause: 'it has no alert on missed runs that could keep them' };
    await createSnooze(client, location.project, policy, writeNote(note), note.until);
    return undefined;
  });
}

/**
 * Keeps the alerts of resumed jobs silent until their next run has succeeded, instead of until the end
 * of the pause: a daily job that is resumed at noon has no success until the night.
 *
 * @param needed - whether a job without a snooze gets one, by the job's name
 * @returns why an alert is not silenced, by the job's name
 */
export function keepResumptions(
  context: Context,
  notes: readonly Note[],
  needed: ReadonlySet<string>,
): Promise<ReadonlyMap<string, NotKept>> {
  return keepEach(context, notes, async ({ policyOf, active }, note) => {
    const { client, location } = context;
    const ofJob = active.filter(({ job }) => job === note.job);
    for (const { snooze, reason } of ofJob) {
      const text = writeNote({ reason, ...note });
      // oxlint-disable-next-line no-await-in-loop -- there is one, but for pauses on top of each other
      await changeSnooze(client, snooze.name, text, note.until);
    }
    const policy = policyOf(note.job);
    if (ofJob.length === 0 && policy !== undefined && needed.has(note.job)) {
      await createSnooze(client, location.project, policy, writeNote(note), note.until);
    }
    return undefined;
  });
}

async function keepEach(
  context: Context,
  notes: readonly Note[],
  keep: (kept: Kept, note: Note) => Promise<NotKept | undefined>,
): Promise<ReadonlyMap<string, NotKept>> {
  const problems = new Map<string, NotKept>();
  if (notes.length === 0) return problems;
  const kept = await orProblem(() => readKept(context));
  for (const note of notes) {
    const problem =
      'cause' in kept
        ? kept
        : // oxlint-disable-next-line no-await-in-loop -- Cloud Monitoring allows few changes a second
          await orProblem(() => keep(kept, note));
    if (problem !== undefined && 'cause' in problem) problems.set(note.job, problem);
  }
  return problems;
}

async function readKept({ client, location }: Context): Promise<Kept> {
  const { project } = location;
  const [policies, snoozes] = await Promise.all([
    listAlertPolicies(client, project),
    listSnoozes(client, project, client.now()),
  ]);
  const byName = new Map(policies.map(({ name, displayName = '' }) => [displayName, name]));
  return {
    policyOf: (job) => byName.get(missedRunsAlertName(job)),
    active: snoozes.flatMap((snooze) => readNote(snooze) ?? []),
  };
}

async function orProblem<T>(work: () => Promise<T>): Promise<T | NotKept> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    return { cause: error.what, ...(error.fix && { fix: error.fix }) };
  }
}

/** The note of a job that is paused now, if it is of this pause. */
export function noteOfPause(
  notes: ReadonlyMap<string, KeptNote>,
  live: Job | undefined,
): KeptNote | undefined {
  const note = live?.state === 'PAUSED' ? notes.get(shortName(live)) : undefined;
  return note?.kind === 'paused' ? note : undefined;
}
