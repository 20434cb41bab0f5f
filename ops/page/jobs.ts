import { JOB_DEFAULTS } from '../../constructs/core/job-defaults';
import { isValidSchedule } from '../../constructs/core/schedule';
import { groupBy } from '../../lib/group-by';
import type { JobInput, Tone } from '../../page/input';
import type { AttemptFacts, Pause } from '../../page/week/model';
import { timeOf } from '../../page/week/history';
import type { StageResult } from '../checks';
import type { Snapshot } from '../checks/snapshot';
import { noteOfPause } from '../pauses/keep';
import { describeNote, type KeptNote } from '../pauses/note';
import type { LogEntry } from '../google/logging';
import { shortName, type Job } from '../google/scheduler';
import { attemptsOf, factsOf } from '../jobs/attempts';
import { describeSchedule, formatTime } from '../jobs/format-time';
import { deadlineSecondsOf, lastResultOf } from '../jobs/last-run';
import { describeResult } from '../jobs/result';
import type { TableJob } from '../jobs/table';

/** What the jobs of a stage are made of, besides the snapshot. */
export interface JobSources {
  /** The entries of all jobs, in order of time. */
  readonly entries: readonly LogEntry[];
  readonly checks: readonly StageResult[];
}

/** A job of the stage: of the table, of Google, or of both. */
interface StageJob {
  readonly name: string;
  readonly table: TableJob | undefined;
  readonly live: Job | undefined;
}

/** The jobs of a stage: the table's, and others that call its worker. */
export function jobsOfPage(
  snapshot: Snapshot,
  unmanaged: readonly Job[],
  sources: JobSources,
): JobInput[] {
  const byJob = groupBy(sources.entries, ({ resource }) => resource?.labels?.job_id ?? '');
  const jobs: StageJob[] = [
    ...snapshot.jobs.map(({ table, live }) => ({ name: table.name, table, live })),
    ...unmanaged.map((live) => ({ name: shortName(live), table: undefined, live })),
  ];
  return jobs.map((job) => jobInput(job, byJob.get(job.name) ?? [], snapshot, sources));
}

function jobInput(
  { name, table, live }: StageJob,
  entries: readonly LogEntry[],
  snapshot: Snapshot,
  { checks }: JobSources,
): JobInput {
  const { now, notes, settings } = snapshot;
  const note = noteOfPause(notes, live);
  const cron = live?.schedule ?? table?.schedule ?? '';
  const timeZone = live === undefined ? settings.timeZone : (live.timeZone ?? 'UTC');
  const isValid = isValidSchedule({ cron, timeZone });
  const deadlineSeconds =
    live === undefined
      ? (table?.definition.attemptDeadlineSeconds ?? JOB_DEFAULTS.attemptDeadlineSeconds)
      : deadlineSecondsOf(live);
  const attempts = attemptsOf(entries).map((attempt) => factsOf(attempt, now, deadlineSeconds));
  const since = live?.userUpdateTime;
  const isPaused = live?.state === 'PAUSED';
  return {
    name,
    label: table?.task ?? name,
    description: live?.description ?? table?.definition.purpose,
    cron,
    scheduleInWords: describeSchedule(cron),
    timeZone,
    // A job that does not exist does not run.
    schedule: isValid && live !== undefined ? { cron, timeZone } : undefined,
    deadlineSeconds,
    attempts,
    since: since === undefined ? undefined : new Date(since),
    pauses: isPaused ? [pauseOf(attempts, since, table, note, timeZone)] : [],
    state: stateOf(table, live),
    lastRun: lastRunOf(live, attempts.at(-1)),
    nextRun: isPaused || live?.scheduleTime === undefined ? undefined : new Date(live.scheduleTime),
    watchedBy: watchedBy(name, table, checks),
  };
}

/** Google does not say since when a job is paused; it was after its last attempt and its last change. */
function pauseOf(
  attempts: readonly AttemptFacts[],
  since: string | undefined,
  table: TableJob | undefined,
  note: KeptNote | undefined,
  timeZone: string,
): Pause {
  if (note !== undefined && table?.paused !== true) {
    return { from: note.since, reason: describeNote(note, (at) => formatTime(timeZone, at)) };
  }
  const last = attempts.at(-1);
  const known = [
    ...(last === undefined ? [] : [timeOf(last).getTime() + 1]),
    ...(since === undefined ? [] : [Date.parse(since)]),
  ];
  const reason = table?.paused === true ? 'by the table' : 'not by the table';
  return { from: new Date(Math.max(0, ...known)), reason };
}

const TONES: Readonly<Record<NonNullable<Job['state']>, Tone>> = {
  ENABLED: 'good',
  PAUSED: 'warn',
  DISABLED: 'bad',
  UPDATE_FAILED: 'bad',
};

function stateOf(table: TableJob | undefined, live: Job | undefined): JobInput['state'] {
  if (live === undefined) return { text: 'missing', tone: 'bad' };
  const state = live.state ?? 'ENABLED';
  const text = state.toLowerCase().replaceAll('_', ' ');
  if (table === undefined) return { text: `${text}, unmanaged`, tone: 'warn' };
  if (state === 'PAUSED' && table.paused === true) return { text, tone: 'idle' };
  return { text, tone: TONES[state] };
}

function lastRunOf(live: Job | undefined, last: AttemptFacts | undefined): JobInput['lastRun'] {
  const result = live && lastResultOf(live);
  if (live?.lastAttemptTime === undefined || result === undefined) return undefined;
  const at = new Date(live.lastAttemptTime);
  // Until it ends, the job's status is that of the run before.
  if (last?.outcome === 'running') return { at, text: last.text, ok: true };
  // The log has the worker's own status, which Google maps to a code.
  if (last?.outcome === 'failed') return { at, text: last.text, ok: false };
  return { at, text: describeResult(result), ok: result.ok };
}

function watchedBy(
  name: string,
  table: TableJob | undefined,
  checks: readonly StageResult[],
): string | undefined {
  if (table === undefined) return 'no one: not in the table';
  return checks.find(({ check, subject }) => check === 'job-alerts' && subject === name)?.cause;
}
