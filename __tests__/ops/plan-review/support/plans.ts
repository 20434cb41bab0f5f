import fs from 'node:fs';
import path from 'node:path';
import { readPlan } from '../../../../ops/plan-review/plan/read';
import type { Plan, ResourceChange } from '../../../../ops/plan-review/plan/schema';
import { reviewPlan, type Review, type ReviewOptions } from '../../../../ops/plan-review/review';

/** A Tuesday, 23:00 in Sydney. */
export const NOW = new Date('2026-11-24T12:00:00Z');

const FOLDER = path.resolve('__tests__', 'ops', 'plan-review', 'plans');

/** The names of the plans from the real provider. */
export function planNames(): string[] {
  return fs
    .readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'));
}

export function planFile(name: string): string {
  return path.join(FOLDER, `${name}.json`);
}

/** A plan from the real provider. */
export function realPlan(name: string): Plan {
  return planIn(fs.readFileSync(planFile(name)));
}

export function planIn(content: Buffer): Plan {
  const reading = readPlan(content, 'test');
  if ('mistake' in reading) throw new Error(reading.mistake.wrong);
  return reading.plan;
}

/** A plan of these changes, read as if from a file. */
export function planOf(changes: readonly unknown[], rest: object = {}): Plan {
  const plan = { format_version: '1.2', resource_changes: changes, ...rest };
  return planIn(Buffer.from(JSON.stringify(plan)));
}

export function reviewOf(plan: Plan, options: Partial<ReviewOptions> = {}): Review {
  return reviewPlan(plan, { now: NOW, ...options });
}

/** `stops job-destroyed` */
export function rulesOf(review: Review): string[] {
  return review.findings.map(({ severity, rule }) => `${severity} ${rule}`);
}

type Attributes = Readonly<Record<string, unknown>>;

const JOB: Attributes = {
  name: 'validibot-clear-sessions',
  description: 'Remove sessions',
  schedule: '0 2 * * *',
  time_zone: 'Australia/Sydney',
  paused: false,
  attempt_deadline: '600s',
  http_target: [
    {
      uri: 'https://worker.example.com/clear/',
      http_method: 'POST',
      headers: {},
      oidc_token: [
        {
          service_account_email: 'a@p.iam.gserviceaccount.com',
          audience: 'https://worker.example.com',
        },
      ],
    },
  ],
};

export interface JobChange {
  readonly actions?: readonly string[];
  /** How the job differs from a valid one before; null for no job. */
  readonly before?: Attributes | null;
  /** How it differs after. */
  readonly after?: Attributes | null;
  /** Besides `change`: address, deposed, … */
  readonly resource?: Partial<ResourceChange>;
  /** Besides the sides: after_unknown, importing, … */
  readonly change?: Attributes;
}

/** What a plan does with a job that is valid except for what is given. */
export function jobChange({
  actions = ['update'],
  before = {},
  after = {},
  resource = {},
  change = {},
}: JobChange): unknown {
  return {
    address: 'google_cloud_scheduler_job.clear-sessions',
    mode: 'managed',
    type: 'google_cloud_scheduler_job',
    ...resource,
    change: {
      actions,
      before: before && { ...JOB, ...before },
      after: after && { ...JOB, ...after },
      ...change,
    },
  };
}

/** What a plan does with another resource. */
export function otherChange(
  type: string,
  actions: readonly string[],
  before: Attributes | null,
  after: Attributes | null = null,
): unknown {
  return { address: `${type}.it`, mode: 'managed', type, change: { actions, before, after } };
}
