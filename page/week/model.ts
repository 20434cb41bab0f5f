import type { Schedule } from '@scheduled-jobs/constructs/core/schedule';

/** A job, as a week needs to know it. */
export interface JobFacts {
  readonly name: string;
  /** When it runs; undefined if the schedule has a syntax that is not understood here. */
  readonly schedule: Schedule | undefined;
  /** Seconds that one attempt may take. */
  readonly deadlineSeconds: number;
  /** Its attempts in the part of the log that was read, in order of time. */
  readonly attempts: readonly AttemptFacts[];
  /** When it was created or last changed, if known: earlier runs are not expected. */
  readonly since?: Date;
  readonly pauses: readonly Pause[];
}

/** One call of a job's target. */
export interface AttemptFacts {
  /** Undefined when it started before the part of the log that was read. */
  readonly startedAt: Date | undefined;
  /** Undefined while it is running, or when its end was never logged. */
  readonly finishedAt: Date | undefined;
  readonly outcome: 'ok' | 'failed' | 'running' | 'unknown';
  /** The outcome in words: `succeeded`, `404: no such endpoint`. */
  readonly text: string;
}

/** A time in which a job did not run on its schedule. */
export interface Pause {
  readonly from: Date;
  /** @default - it is still paused */
  readonly until?: Date;
  /** Who paused it and why, as far as it is known. */
  readonly reason: string;
}

/** A scheduled time. */
export interface Run {
  /** The instant; of a skipped run, the instant at which the clocks go forward. */
  readonly at: Date;
  /** Local time in the schedule's time zone: `2027-04-04 02:00`. */
  readonly wallTime: string;
  readonly kind: RunKind;
}

export type RunKind = 'run' | 'skipped' | 'doubled';

/** What a picture shows at one instant. */
export interface Mark {
  readonly at: Date;
  readonly kind: MarkKind;
  /** How long the attempt took, in seconds, if it has ended. */
  readonly seconds?: number;
  /** The outcome in words. */
  readonly text: string;
}

/** `missing`: the run was due, but the log has no attempt. The last three are in the future. */
export type MarkKind = AttemptFacts['outcome'] | 'missing' | 'planned' | 'skipped' | 'doubled';

/** What a picture shows of one hour of a job that runs often. */
export interface Cell {
  readonly from: Date;
  readonly until: Date;
  /** Runs on schedule. */
  readonly due: number;
  readonly ok: number;
  readonly failed: number;
  /** Attempts without a known end. */
  readonly open: number;
  /** The longest attempt, in seconds. */
  readonly longest?: number;
}

/** A job in a week. */
export interface Row {
  readonly job: JobFacts;
  /** Every scheduled time of the week, also of a paused job, in order of time. */
  readonly runs: readonly Run[];
  /** For a job that runs often, one cell for each hour; otherwise empty. */
  readonly cells: readonly Cell[];
  /** For a job that runs rarely; otherwise empty. In order of time. */
  readonly marks: readonly Mark[];
  /** The pauses that overlap with the week, cut to it. */
  readonly pauses: readonly Required<Pause>[];
}

/** Heavy jobs that start in the same minute. */
export interface Collision {
  readonly jobs: readonly string[];
  /** When, in order of time. */
  readonly at: readonly Date[];
}

/** A change of the clocks within the week. */
export interface ClockShift {
  readonly at: Date;
  /** By how much the clocks go forward, in minutes; negative when they go back. */
  readonly minutes: number;
}

export interface Day {
  /** Midnight, or the start of the week. */
  readonly from: Date;
  readonly until: Date;
  /** `Thu 26 Nov` */
  readonly label: string;
}

/** What jobs did or will do between two instants; what to show, and not how. */
export interface Week {
  readonly from: Date;
  readonly until: Date;
  readonly now: Date;
  /** Of the days. */
  readonly timeZone: string;
  /** From when on the log was read; undefined if it was not. Earlier runs are unknown. */
  readonly logFrom: Date | undefined;
  readonly days: readonly Day[];
  readonly clockShifts: readonly ClockShift[];
  readonly rows: readonly Row[];
  readonly collisions: readonly Collision[];
}
