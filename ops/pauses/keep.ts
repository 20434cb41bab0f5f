import { missedRunsAlertName } from '../../constructs/core/alert-names';
import type { Context } from '../context';
import { DAY_SECONDS, secondsBefore } from '../durations';
import { Failed, orFailed } from '../errors';
import { listAlertPolicies } from '../google/monitoring';
import { changeSnooze, createSnooze, listSnoozes } from '../google/snoozes';
import { shortName, type Job } from '../google/scheduler';
import { latestNotes, readNote, writeNote, type KeptNote, type Note } from './note';

/** What is kept, of jobs in Cloud Monitoring. */
interface Kept {
  /** The name of a job's alert policy on missed runs. */
  readonly policyOf: (job: string) => string | undefined;
  /** The notes whose snoozes have not ended. */
  readonly active: readonly KeptNote[];
}

/** Ended snoozes tell of a pause that goes on; for how long after the end. */
const REMEMBERED_SECONDS = 90 * DAY_SECONDS;

/** The latest note of each job, by its name. */
export async function readNotes({
  client,
  location,
}: Context): Promise<ReadonlyMap<string, KeptNote>> {
  const from = secondsBefore(client.now(), REMEMBERED_SECONDS);
  return latestNotes(await listSnoozes(client, location.project, from));
}

/** The same; none if they cannot be read. */
export async function readNotesOrNone(context: Context): Promise<ReadonlyMap<string, KeptNote>> {
  const notes = await orFailed(readNotes(context));
  return notes instanceof Failed ? new Map() : notes;
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
): Promise<ReadonlyMap<string, Failed>> {
  return keepEach(context, notes, async ({ policyOf, active }, note) => {
    const { client, location } = context;
    const earlier = active.find(({ kind, job }) => kind === 'paused' && job === note.job);
    if (earlier !== undefined) {
      await changeSnooze(client, earlier.snooze.name, writeNote(note), note.until);
      return;
    }
    const policy = policyOf(note.job);
    if (policy === undefined)
      throw new Failed('it has no alert on missed runs that could keep them');
    await createSnooze(client, location.project, policy, writeNote(note), note.until);
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
): Promise<ReadonlyMap<string, Failed>> {
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
  });
}

async function keepEach(
  context: Context,
  notes: readonly Note[],
  keep: (kept: Kept, note: Note) => Promise<void>,
): Promise<ReadonlyMap<string, Failed>> {
  const problems = new Map<string, Failed>();
  if (notes.length === 0) return problems;
  const kept = await orFailed(readKept(context));
  for (const note of notes) {
    // oxlint-disable-next-line no-await-in-loop -- Cloud Monitoring allows few changes a second
    const problem = kept instanceof Failed ? kept : await orFailed(keep(kept, note));
    if (problem instanceof Failed) problems.set(note.job, problem);
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

/** The note of a job that is paused now, if it is of this pause. */
export function noteOfPause(
  notes: ReadonlyMap<string, KeptNote>,
  live: Job | undefined,
): KeptNote | undefined {
  const note = live?.state === 'PAUSED' ? notes.get(shortName(live)) : undefined;
  return note?.kind === 'paused' ? note : undefined;
}
