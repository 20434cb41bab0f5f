import type { Schedule } from '@scheduled-jobs/constructs/core/schedule';
import type { Activity, Clock } from './clock';
import { retryTime, type RetryPolicy } from './retries';
import { runTimes } from './run-times';

/** What the scheduler needs to know of a job. */
export interface JobPlan extends Schedule {
  /** Milliseconds that one attempt may take. */
  readonly attemptDeadline: number;
  readonly retry: RetryPolicy;
}

/** One attempt to run a job. */
export interface Attempt {
  readonly job: string;
  /** The time it was scheduled for; of a forced run, the time it was requested. */
  readonly scheduledTime: number;
  /** When it began; later than scheduled if it is a retry or had to wait. */
  readonly startTime: number;
  /** Starts at 1; higher numbers are retries. */
  readonly number: number;
  /** Aborted at the deadline. */
  readonly signal: AbortSignal;
  readonly activity: Activity;
}

export type AttemptResult =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'deadline' };

export interface Executor {
  execute(attempt: Attempt): Promise<AttemptResult>;
  /** Called once for each attempt, before its retry is set. */
  finished(attempt: Attempt, result: AttemptResult): void;
}

/** A run of a job: its first attempt and the retries. */
interface JobRun {
  readonly scheduledTime: number;
  readonly firstAttempt: number;
  attempts: number;
  /** Set if the job is paused during the run: there are no more retries. */
  isLast?: boolean;
  retryAt?: number;
  cancelRetry?: () => void;
}

interface Entry {
  plan: JobPlan;
  /** One generator for all run times of a plan: continuing is cheaper than starting over. */
  times?: Generator<Date>;
  next?: number;
  cancelNext?: () => void;
  /** Scheduled times that were reached while an earlier run was outstanding. */
  readonly waiting: number[];
  readonly runs: Set<JobRun>;
}

/** A success is any 2xx. */
export function succeeded(result: AttemptResult): boolean {
  return result.kind === 'answered' && result.status >= 200 && result.status < 300;
}

/**
 * Cloud Scheduler's behavior on a clock, without HTTP: when jobs run, wait, time out and are
 * retried. This folder's README lists the rules.
 */
export class Scheduler {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly clock: Clock,
    private readonly executor: Executor,
  ) {}

  /** Schedules or reschedules a job; outstanding runs continue. */
  schedule(job: string, plan: JobPlan): void {
    const entry = this.planned(job, plan);
    entry.cancelNext?.();
    entry.times = runTimes(plan, new Date(this.clock.now()));
    this.armNext(job, entry);
  }

  /** Pauses a job: it only runs when forced. Attempts in progress finish, without retries. */
  pause(job: string, plan: JobPlan): void {
    this.stop(this.planned(job, plan));
  }

  remove(job: string): void {
    const entry = this.entries.get(job);
    if (entry !== undefined) this.stop(entry);
    this.entries.delete(job);
  }

  /** Runs a job immediately, even if another run of it is outstanding. */
  run(job: string): void {
    const entry = this.entries.get(job);
    if (entry !== undefined) this.startRun(job, entry, this.clock.now());
  }

  /** The job's next attempt, including retries; undefined if it is paused. */
  nextTime(job: string): number | undefined {
    const entry = this.entries.get(job);
    if (entry === undefined) return undefined;
    const times = [entry.next, ...[...entry.runs].map((run) => run.retryAt)];
    const known = times.filter((time) => time !== undefined);
    return known.length === 0 ? undefined : Math.min(...known);
  }

  private planned(job: string, plan: JobPlan): Entry {
    const entry = this.entries.get(job) ?? { plan, waiting: [], runs: new Set() };
    this.entries.set(job, entry);
    entry.plan = plan;
    return entry;
  }

  private stop(entry: Entry): void {
    entry.cancelNext?.();
    entry.times = undefined;
    entry.next = undefined;
    entry.waiting.length = 0;
    for (const run of entry.runs) {
      run.isLast = true;
      if (run.cancelRetry === undefined) continue;
      run.cancelRetry();
      entry.runs.delete(run);
    }
  }

  private armNext(job: string, entry: Entry): void {
    const time = entry.times?.next().value as Date | undefined;
    entry.next = time?.getTime();
    if (entry.next === undefined) return;
    const due = entry.next;
    entry.cancelNext = this.clock.at(due, () => {
      this.armNext(job, entry);
      if (entry.runs.size > 0) entry.waiting.push(due);
      else this.startRun(job, entry, due);
    });
  }

  private startRun(job: string, entry: Entry, scheduledTime: number): void {
    const run: JobRun = { scheduledTime, firstAttempt: this.clock.now(), attempts: 0 };
    entry.runs.add(run);
    this.attempt(job, entry, run);
  }

  private attempt(job: string, entry: Entry, run: JobRun): void {
    // Created on demand: simulations never use it, and have a hundred thousand attempts.
    let created: AbortController | undefined;
    const controller = (): AbortController => (created ??= new AbortController());
    const activity = this.clock.begin();
    run.attempts++;
    const attempt: Attempt = {
      job,
      scheduledTime: run.scheduledTime,
      startTime: this.clock.now(),
      number: run.attempts,
      get signal() {
        return controller().signal;
      },
      activity,
    };
    let over = false;
    const finish = (result: AttemptResult): void => {
      if (over) return;
      over = true;
      cancelDeadline();
      this.executor.finished(attempt, result);
      this.afterAttempt(job, entry, run, result);
      activity.end();
    };
    const cancelDeadline = this.clock.at(attempt.startTime + entry.plan.attemptDeadline, () => {
      finish({ kind: 'deadline' });
      controller().abort();
    });
    this.executor.execute(attempt).then(finish, (error: unknown) => {
      finish({ kind: 'unreachable', why: String(error) });
    });
  }

  private afterAttempt(job: string, entry: Entry, run: JobRun, result: AttemptResult): void {
    const retryAt = succeeded(result) ? undefined : this.retryAt(entry, run);
    if (retryAt === undefined) {
      entry.runs.delete(run);
      const late = entry.runs.size === 0 ? entry.waiting.shift() : undefined;
      if (late !== undefined) this.startRun(job, entry, late);
      return;
    }
    run.retryAt = retryAt;
    run.cancelRetry = this.clock.at(retryAt, () => {
      run.retryAt = undefined;
      run.cancelRetry = undefined;
      this.attempt(job, entry, run);
    });
  }

  private retryAt(entry: Entry, run: JobRun): number | undefined {
    if (run.isLast) return undefined;
    const { attempts, firstAttempt } = run;
    const at = retryTime(entry.plan.retry, attempts, firstAttempt, this.clock.now());
    const nextScheduled = entry.waiting[0] ?? entry.next;
    // Retries stop at the next scheduled time.
    return at === undefined || (nextScheduled !== undefined && at >= nextScheduled)
      ? undefined
      : at;
  }
}
