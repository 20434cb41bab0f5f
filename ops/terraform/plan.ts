import type { Plan } from '../plan-review/plan/schema';
import type { Context } from '../context';
import type { Stack } from './stack';

/** How a stage is planned. */
export interface PlanRequest {
  /**
   * - `apply`: the plan may be applied, so the state is locked while it is made.
   * - `review`: it is only looked at: no lock; in HCP Terraform a speculative run.
   */
  readonly purpose: 'apply' | 'review';
  /** Further options of `terraform plan`, such as `-destroy`. @default - none */
  readonly options?: readonly string[];
  /** An absolute path where the plan is kept for `terraform apply`. @default - it is not kept */
  readonly keepIn?: string;
}

/** A stage's plan, until the function that was given it returns. */
export interface StagePlan {
  /** Whether applying it would do anything, outputs included. */
  readonly hasChanges: boolean;
  /**
   * Why it cannot be applied, in the words of terraform or HCP Terraform. `read` then gives the plan
   * as far as it got, and may be what finds the failure. Where terraform itself failed, only a plan
   * whose purpose is `review` has this; any other throws.
   */
  readonly failure?: string;
  /** Reads it, once. It costs a `terraform show` or calls of HCP Terraform. */
  read(): Promise<Plan>;
  /**
   * Applies exactly this plan.
   *
   * @throws Failed with the cause
   */
  apply(): Promise<void>;
}

/** Makes plans in one place: here, or in HCP Terraform. */
export type MakePlan = (
  context: Context,
  stack: Stack,
  request: PlanRequest,
  /** A folder of this user's alone, removed afterwards: plans may hold bearer tokens. */
  scratch: string,
) => Promise<MadePlan>;

/** A plan, and how to leave nothing of it behind. */
export interface MadePlan extends StagePlan {
  /** Discards what was neither applied nor kept. It must not throw. */
  release(): Promise<void>;
}
