import * as z from 'zod/mini';
import type { Context } from '../../context';
import { Failed } from '../../errors';
import { backoff } from '../../google/retry';
import { withoutControls } from '../words';
import type { HcpApi } from './api';
import { parse, readRun, type Run } from './run';

/** A plan as HCP Terraform gives it. */
export interface PlanJson {
  /** As `terraform show -json` has it, with `errored` and `redacted` set. */
  readonly document: object;
  /** Why it is not a whole plan. @default - it is one */
  readonly failure?: string;
}

const planSchema = z.object({ data: z.object({ attributes: z.object({ status: z.string() }) }) });

/**
 * Reads the plan of a run, without its sensitive values: whoever may plan may read that much. The
 * whole plan needs an admin; it is read where there is no other form, as in Terraform Enterprise.
 *
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/cloud/backend_show.go
 */
export async function readPlanJson(
  { signal, retryDelay = 500 }: Pick<Context, 'signal' | 'retryDelay'>,
  api: HcpApi,
  run: Run,
): Promise<PlanJson> {
  const { planId } = await readRun(api, run, signal);
  if (planId === undefined) return broken(undefined, `The run has no plan: ${run.url}`);
  const resource = `plans/${planId}`;
  const answer = await api.get(resource, signal);
  if (answer.kind !== 'json') throw hidden(api, run);
  const status = withoutControls(parse(planSchema, answer.value, resource).data.attributes.status);
  const ended = `The plan is ${status} in HCP Terraform: ${run.url}`;
  // It may take a moment until the JSON of a plan that has just finished is there.
  for (let attempts = 1; attempts <= MAX_ATTEMPTS; attempts += 1) {
    const found = await readEither(api, resource, signal);
    if (found === 'missing') throw hidden(api, run);
    if (status !== 'finished') return broken(found, ended);
    if (found !== undefined) return { document: { ...found, errored: false } };
    if (attempts < MAX_ATTEMPTS) await backoff(attempts, retryDelay, undefined, signal);
  }
  return broken(undefined, `HCP Terraform has no JSON of the plan: ${run.url}`);
}

const MAX_ATTEMPTS = 5;

/** The redacted form, else the whole; undefined when there is nothing in them. */
async function readEither(
  api: HcpApi,
  resource: string,
  signal: AbortSignal,
): Promise<object | 'missing' | undefined> {
  const redacted = await api.get(`${resource}/json-output-redacted`, signal);
  if (redacted.kind === 'json') {
    const document = contentOf(redacted.value);
    return document && { ...document, redacted: true };
  }
  if (redacted.kind === 'empty') return undefined;
  const whole = await api.get(`${resource}/json-output`, signal);
  if (whole.kind === 'missing') return 'missing';
  return whole.kind === 'json' ? contentOf(whole.value) : undefined;
}

/** Of a plan that failed there is `{}`. */
function contentOf(value: unknown): object | undefined {
  const isObject = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return isObject ? value : undefined;
}

function broken(found: object | undefined, failure: string): PlanJson {
  return { document: { format_version: '1.2', ...found, errored: true }, failure };
}

function hidden(api: HcpApi, run: Run): Failed {
  return new Failed(
    `${api.host} does not show the plan of ${run.url}`,
    'give the token\'s team the permission "Plan" on the workspace',
  );
}
