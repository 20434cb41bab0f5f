import { JOBS, TASK_NAMES, type JobDefinition, type TaskName } from './jobs';

/** How one stage's job differs from the table. */
export interface JobOverride {
  readonly schedule?: string;
  readonly attemptDeadlineSeconds?: number;
  readonly retryCount?: number;
  /** `true` pauses the job; `false` resumes it on deploy. @default - left to the operators */
  readonly paused?: boolean;
  /** Leaves the job out of the stage. @default false */
  readonly omit?: boolean;
}

/** How loud a stage's alerts are. */
export interface StageAlerts {
  /** @default 'ERROR' */
  readonly severity?: 'CRITICAL' | 'ERROR' | 'WARNING';
  /** Seconds between two notifications of one job's failures: 300 to 172800. @default 3600 */
  readonly notifyEverySeconds?: number;
}

/** What a stage has of its own. */
export interface Stage {
  /**
   * The worker's origin, where it is not the one that Cloud Run reports: a service has two run.app
   * URLs, and the worker accepts tokens for one of them alone, its `WORKER_URL`.
   *
   * @default - the `uri` of the worker's Cloud Run service
   * @example 'https://validibot-worker-123456789.australia-southeast1.run.app'
   */
  readonly workerUrl?: string;
  /** How loud the stage's alerts are. */
  readonly alerts?: StageAlerts;
  /** @default - the table as it is */
  readonly jobs?: Partial<Readonly<Record<TaskName, JobOverride>>>;
}

/** The stages, each a stack of its own. */
export const STAGES = {
  dev: { alerts: { severity: 'WARNING', notifyEverySeconds: 86_400 } },
  staging: { alerts: { severity: 'WARNING', notifyEverySeconds: 86_400 } },
  prod: { alerts: { severity: 'CRITICAL', notifyEverySeconds: 3600 } },
} as const satisfies Readonly<Record<string, Stage>>;

export type StageName = keyof typeof STAGES;

/** The stages, in the order in which a change reaches them. */
export const STAGE_NAMES = Object.keys(STAGES) as readonly StageName[];

/** A job of a stage: the table's entry with the stage's overrides. */
export interface StageJob extends JobDefinition {
  readonly task: TaskName;
  readonly paused?: boolean;
}

/** The jobs that a stage has, in the order of the table. */
export function jobsOfStage(stage: Stage): StageJob[] {
  return TASK_NAMES.flatMap((task) => {
    const { omit = false, ...override } = stage.jobs?.[task] ?? {};
    return omit ? [] : [{ task, ...JOBS[task], ...override }];
  });
}
