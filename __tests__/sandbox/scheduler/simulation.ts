import { Clock } from '../../../sandbox/scheduler/clock';
import {
  Scheduler,
  type Attempt,
  type AttemptResult,
  type JobPlan,
} from '../../../sandbox/scheduler/scheduler';

const OK: AttemptResult = { kind: 'answered', status: 200 };
export const FAILED: AttemptResult = { kind: 'answered', status: 500 };

/** The result of an attempt, and how many seconds it takes. */
export interface Behaviour {
  readonly result?: AttemptResult;
  readonly seconds?: number;
}

/** The scheduler on a simulated clock, with a record of its attempts. */
export class Simulation {
  private readonly starts: AttemptRecord[] = [];
  private readonly ends: AttemptRecord[] = [];
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  attempts = 0;

  constructor(start: string, behave: (attempt: Attempt) => Behaviour = () => ({})) {
    const from = Date.parse(start);
    this.clock = new Clock(() => from);
    this.scheduler = new Scheduler(this.clock, {
      execute: async (attempt) => {
        this.attempts++;
        this.starts.push(this.recordOf(attempt));
        const { result = OK, seconds = 0 } = behave(attempt);
        if (seconds > 0) await attempt.activity.sleep(seconds * 1000);
        return result;
      },
      finished: (attempt, result) => {
        this.ends.push({ ...this.recordOf(attempt), result });
      },
    });
  }

  /** Advances the clock to an instant. */
  async until(instant: string): Promise<void> {
    await this.clock.advance(Date.parse(instant) - this.clock.now());
  }

  /** The starts of attempts: `2027-04-03T15:00:00Z job`, with `#2` for the first retry. */
  get started(): string[] {
    return this.starts.map(line);
  }

  /** The ends of attempts, in the same form, with the result. */
  get ended(): string[] {
    return this.ends.map((end) => {
      const { result } = end;
      return `${line(end)} ${result?.kind === 'answered' ? result.status : result?.kind}`;
    });
  }

  private recordOf({ job, number }: Attempt): AttemptRecord {
    return { at: this.clock.now(), job, number };
  }
}

/** A record of an attempt; formatted on demand, because a year has 300,000. */
interface AttemptRecord {
  readonly at: number;
  readonly job: string;
  readonly number: number;
  readonly result?: AttemptResult;
}

function line({ at, job, number }: AttemptRecord): string {
  const time = new Date(at).toISOString().replace('.000Z', 'Z');
  return `${time} ${job}${number > 1 ? `#${number}` : ''}`;
}

/** A plan with Cloud Scheduler's defaults, in UTC. */
export function plan(cron: string, changes: Partial<JobPlan> = {}): JobPlan {
  return {
    cron,
    timeZone: 'UTC',
    attemptDeadline: 180_000,
    retry: {
      count: 0,
      maxDuration: 0,
      minBackoff: 5000,
      maxBackoff: 3_600_000,
      maxDoublings: 5,
    },
    ...changes,
  };
}

/** The default retries, with the given changes. */
export function retries(changes: Partial<JobPlan['retry']>): JobPlan['retry'] {
  return { ...plan('* * * * *').retry, ...changes };
}
