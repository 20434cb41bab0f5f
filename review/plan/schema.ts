import { z } from 'zod';

/**
 * What a review reads of `terraform show -json PLAN`; the rest is let go, secrets with it.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
const object = z.record(z.string(), z.unknown()).nullish();

const change = z.object({
  actions: z.array(z.string()),
  before: object,
  after: object,
  /** `true` in the place of each value that only the apply tells; `false` or absent for none. */
  after_unknown: z.unknown(),
  /** `true` in the place of each sensitive value. */
  before_sensitive: z.unknown(),
  after_sensitive: z.unknown(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).nullish(),
  importing: z.object({ id: z.string().optional() }).nullish(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.string().optional(),
  type: z.string(),
  deposed: z.string().optional(),
  change,
  action_reason: z.string().optional(),
});

const check = z.object({
  status: z.string(),
  instances: z
    .array(
      z.object({
        status: z.string(),
        problems: z.array(z.object({ message: z.string() })).optional(),
      }),
    )
    .optional(),
});

export const planSchema = z.object({
  terraform_version: z.string().optional(),
  resource_changes: z.array(resourceChange).nullish(),
  resource_drift: z.array(resourceChange).nullish(),
  deferred_changes: z.array(z.object({ reason: z.string().optional() })).nullish(),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).nullish(),
  checks: z.array(check).nullish(),
  errored: z.boolean().optional(),
});

/** A plan, as far as a review reads it. */
export type Plan = z.infer<typeof planSchema>;
export type ResourceChange = z.infer<typeof resourceChange>;
