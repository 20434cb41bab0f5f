import { JOBS, TASK_NAMES, type JobDefinition, type TaskName } from './jobs';

/** How one stage's job differs from the table. */
export interface JobOverride {
  readonly schedule?: string;
  readonly attemptDeadlineSeconds?: number;
  readonly retryCount?: number;
  /** `true` pauses the job; `false` resumes it on deploy. @default - operators decide */
  readonly paused?: boolean;
  /** Leaves the job out of the stage. @default false */
  readonly omit?: boolean;
  /** Whether the job and its alert are protected from deletion. @default - as the stage */
  readonly deletionProtection?: boolean;
}

/** How urgent a stage's alerts are. */
export interface StageAlerts {
  /** @default 'ERROR' */
  readonly severity?: 'CRITICAL' | 'ERROR' | 'WARNING';
  /** Minimum seconds between two notifications of one job's failures: 300 to 172800. @default 3600 */
  readonly notifyEverySeconds?: number;
}

/** A stage's own settings. The stages below may name only tasks of the table. */
export interface Stage<Task extends string = string> {
  /**
   * The worker's origin, if it is not the one that Cloud Run reports: a service has two run.app URLs,
   * and the worker only accepts tokens for one of them, its `WORKER_URL`.
   *
   * @default - the `uri` of the worker's Cloud Run service
   * @example 'https://validibot-worker-123456789.australia-southeast1.run.app'
   */
  readonly workerUrl?: string;
  /**
   * Whether the stage's jobs, alerts and metric are protected from deletion: no plan that deletes or
   * replaces one is applied, whatever is consented to. To delete one, deploy `false` first; only
   * leaving out `true` does not end the protection. See docs/operations.md.
   *
   * @default - not protected
   */
  readonly deletionProtection?: boolean;
  /** How urgent the stage's alerts are. */
  readonly alerts?: StageAlerts;
  /** @default - all jobs of the table, unchanged */
  readonly jobs?: Partial<Readonly<Record<Task, JobOverride>>>;
}

/** The stages; each is a separate stack. */
export const STAGES = {
  dev: { alerts: { severity: 'WARNING', notifyEverySeconds: 86_400 } },
  staging: { alerts: { severity: 'WARNING', notifyEverySeconds: 86_400 } },
  prod: {
    deletionProtection: true,
    alerts: { severity: 'CRITICAL', notifyEverySeconds: 3600 },
  },
} as const satisfies Readonly<Record<string, Stage<TaskName>>>;

export type StageName = keyof typeof STAGES;

/** The stages, in the order of deployment. */
export const STAGE_NAMES = Object.keys(STAGES) as readonly StageName[];

/** A job of a stage: the table's entry with the stage's overrides. */
export interface StageJob extends JobDefinition {
  readonly task: string;
  readonly paused?: boolean;
  readonly deletionProtection?: boolean;
}

/** The jobs that a stage has, in the order of the table. */
export function jobsOfStage(stage: Stage): StageJob[] {
  return TASK_NAMES.flatMap((task) => {
    const { deletionProtection } = stage;
    const { omit = false, ...override } = stage.jobs?.[task] ?? {};
    return omit ? [] : [{ task, deletionProtection, ...JOBS[task], ...override }];
  });
}
