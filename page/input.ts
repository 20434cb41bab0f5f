import type { JobFacts } from './week/model';

/** Everything that a page shows, as read at one time. All text may come from outside. */
export interface PageInput {
  /** `Scheduled jobs of my-project (australia-southeast1)` */
  readonly title: string;
  readonly now: Date;
  /** Of the days in the pictures, and of every time that is no job's own. */
  readonly timeZone: string;
  readonly stages: readonly StageInput[];
  /** Where the facts are from: shown at the end. */
  readonly footer: string;
}

/** Jobs that belong together. */
export interface StageInput {
  readonly name: string;
  readonly jobs: readonly JobInput[];
  readonly log: LogCoverage;
  /** What is wrong, the most severe first. @default - nothing was checked */
  readonly findings?: Findings;
  /** The open incidents. @default - they were not read */
  readonly incidents?: Incidents;
  /** What the next deploy would change. @default - no plan was given */
  readonly plan?: PlanInput;
}

export interface JobInput extends JobFacts {
  /** A shorter name for pictures. @default - the name */
  readonly label?: string;
  readonly description?: string;
  /** As it is configured: `0 2 * * *`. */
  readonly cron: string;
  /** Of its schedule. */
  readonly timeZone: string;
  /** `At 02:00, every day` */
  readonly scheduleInWords: string;
  readonly state: { readonly text: string; readonly tone: Tone };
  /** The last attempt. @default - it never ran */
  readonly lastRun?: { readonly at: Date; readonly text: string; readonly ok: boolean };
  /** @default - it does not run on its schedule */
  readonly nextRun?: Date;
  /** Who notices when it does not run. @default - it is not known */
  readonly watchedBy?: string;
}

export type Tone = 'good' | 'warn' | 'bad' | 'idle';

/** Which part of the log was read. */
export interface LogCoverage {
  readonly from: Date;
  readonly entries: number;
  /** Why the log does not reach back further, or was not read. @default - it was read as a whole */
  readonly problem?: string;
}

export interface Findings {
  readonly problems: readonly {
    readonly severity: 'failure' | 'warning';
    /** What was checked. */
    readonly title: string;
    /** What it concerns: jobs, services. */
    readonly subjects: readonly string[];
    readonly text: string;
    /** What to run or do. */
    readonly fixes: readonly string[];
  }[];
  /** How many checks found nothing. */
  readonly passed: number;
}

export type Incidents =
  | { readonly problem: string }
  | {
      readonly open: readonly {
        readonly openedAt: Date;
        readonly title: string;
        readonly details: string;
      }[];
    };

export interface PlanInput {
  readonly passed: boolean;
  /** Its review. */
  readonly blocks: readonly PlanBlock[];
}

export type PlanBlock =
  | { readonly kind: 'title' | 'paragraph' | 'preformatted'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };
