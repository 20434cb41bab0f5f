import type { Snooze } from '../google/snoozes';

/** What is known of a pause, or of the resumption after it. */
export interface Note {
  readonly kind: 'paused' | 'resumed';
  /** The job's name. */
  readonly job: string;
  /** Who paused or resumed it. */
  readonly by: string;
  /** Why it is paused. @default - nobody said */
  readonly reason?: string;
  /** When the pause should end; after a resumption, when the alert on missed runs speaks again. */
  readonly until: Date;
}

/** A note, and the snooze that keeps it. */
export interface KeptNote extends Note {
  readonly since: Date;
  readonly snooze: Snooze;
}

/** Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.snoozes#Snooze */
const MAX_CHARACTERS = 512;

const PATTERN =
  /^(?<job>\S+) (?:is (?<paused>paused)|was resumed) by (?<by>\S+)(?<middle> until | and silent until )(?<until>\d{4}-\d\d-\d\dT[\d:.]+Z)(?:: (?<reason>[^]+))?$/;

/** A snooze's display name: `validibot-clear-sessions-dev is paused by ada@example.com until …: a migration`. */
export function writeNote({ kind, job, by, reason, until }: Note): string {
  const what = kind === 'paused' ? 'is paused by' : 'was resumed by';
  const end = `${kind === 'paused' ? 'until' : 'and silent until'} ${until.toISOString()}`;
  const text = `${job} ${what} ${by.replace(/\s+/g, '_')} ${end}${reason ? `: ${reason}` : ''}`;
  if (text.length <= MAX_CHARACTERS) return text;
  // Not within a surrogate pair.
  return `${text.slice(0, MAX_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The note in a snooze's display name; undefined if people gave it another. */
export function readNote(snooze: Snooze): KeptNote | undefined {
  const groups = PATTERN.exec(snooze.displayName ?? '')?.groups;
  const since = new Date(snooze.interval?.startTime ?? NaN);
  if (groups === undefined || Number.isNaN(since.getTime())) return undefined;
  const { job = '', by = '', until = '', paused, reason } = groups;
  return {
    kind: paused === undefined ? 'resumed' : 'paused',
    job,
    by,
    ...(reason !== undefined && { reason }),
    until: new Date(until),
    since,
    snooze,
  };
}

/** The latest note of each job, by its name. */
export function latestNotes(snoozes: readonly Snooze[]): ReadonlyMap<string, KeptNote> {
  const notes = new Map<string, KeptNote>();
  for (const snooze of snoozes) {
    const note = readNote(snooze);
    const known = note && notes.get(note.job);
    if (note && (known === undefined || known.since <= note.since)) notes.set(note.job, note);
  }
  return notes;
}

/** `by ada@example.com since 2026-11-26 12:00 until 2026-11-27 12:00: a migration` */
export function describeNote(
  { by, since, until, reason }: KeptNote,
  format: (at: Date) => string,
): string {
  return `by ${by} since ${format(since)} until ${format(until)}${reason ? `: ${reason}` : ''}`;
}

/** A note in JSON. */
export function noteInJson({ by, since, until, reason }: KeptNote) {
  return { by, since: since.toISOString(), until: until.toISOString(), reason };
}
