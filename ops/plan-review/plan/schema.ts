// The tree-shakable variant of zod: operations are bundled, and must start fast.
import * as z from 'zod/mini';

/**
 * The parts of `terraform show -json PLAN` that a review reads; the rest is dropped, with its secrets.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
const object = z.nullish(z.record(z.string(), z.unknown()));

const change = z.object({
  actions: z.array(z.string()),
  before: object,
  after: object,
  /** `true` in place of each value that is known only after the apply; `false` or absent for none. */
  after_unknown: z.optional(z.unknown()),
  /** `true` in place of each sensitive value. */
  before_sensitive: z.optional(z.unknown()),
  after_sensitive: z.optional(z.unknown()),
  replace_paths: z.nullish(z.array(z.array(z.union([z.string(), z.number()])))),
  importing: z.nullish(z.object({ id: z.optional(z.string()) })),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.optional(z.string()),
  mode: z.optional(z.string()),
  type: z.string(),
  deposed: z.optional(z.string()),
  change,
  action_reason: z.optional(z.string()),
});

const check = z.object({
  status: z.string(),
  instances: z.optional(
    z.array(
      z.object({
        status: z.string(),
        problems: z.optional(z.array(z.object({ message: z.string() }))),
      }),
    ),
  ),
});

export const planSchema = z.object({
  terraform_version: z.optional(z.string()),
  resource_changes: z.nullish(z.array(resourceChange)),
  resource_drift: z.nullish(z.array(resourceChange)),
  deferred_changes: z.nullish(z.array(z.object({ reason: z.optional(z.string()) }))),
  output_changes: z.nullish(
    z.record(
      z.string(),
      z.object({
        actions: z.array(z.string()),
        before: z.optional(z.unknown()),
        after: z.optional(z.unknown()),
      }),
    ),
  ),
  prior_state: z.nullish(
    z.object({
      values: z.nullish(
        z.object({
          outputs: z.nullish(z.record(z.string(), z.object({ value: z.optional(z.unknown()) }))),
        }),
      ),
    }),
  ),
  checks: z.nullish(z.array(check)),
  errored: z.optional(z.boolean()),
  /** False if the plan covers only part of the stack: with -target, or with deferred changes. */
  complete: z.optional(z.boolean()),
  /** Terraform 1.14 and newer. */
  action_invocations: z.nullish(z.array(z.object({ address: z.optional(z.string()) }))),
  deferred_action_invocations: z.nullish(z.array(z.unknown())),
  /** Added by us: HCP Terraform replaced all sensitive values by one placeholder. */
  redacted: z.optional(z.boolean()),
});

/** The parts of a plan that a review reads. */
export type Plan = z.infer<typeof planSchema>;
export type ResourceChange = z.infer<typeof resourceChange>;
