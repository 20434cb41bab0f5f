import type { Plan } from '../plan-review/plan/schema';

/** How a stage is planned. */
export interface PlanRequest {
  /**
   * - `apply`: the plan may be applied, so the state is locked while it is made.
   * - `review`: it is only read: no lock, and a speculative run in HCP Terraform.
   */
  readonly purpose: 'apply' | 'review';
  /** More options of `terraform plan`, such as `-destroy`. @default - none */
  readonly options?: readonly string[];
  /** An absolute path to keep the plan in, for `terraform apply`. @default - it is not kept */
  readonly keepIn?: string;
}

/** A stage's plan; it is valid until the function that received it returns. */
export interface StagePlan {
  /** Whether it would change anything, outputs included. */
  readonly hasChanges: boolean;
  /**
   * Why it cannot be applied, as terraform or HCP Terraform reports it. `read` then returns an
   * incomplete plan, and may itself find the failure. If terraform failed, only a plan for `review`
   * has this; planning for `apply` throws.
   */
  readonly failure?: string;
  /** Reads the plan; call it once. It runs `terraform show`, or calls HCP Terraform. */
  read(): Promise<Plan>;
  /**
   * Applies exactly this plan.
   *
   * @throws Failed with the cause
   */
  apply(): Promise<void>;
  /** Discards the plan unless it was applied or kept; does nothing the second time. Must not throw. */
  release(): Promise<void>;
}
