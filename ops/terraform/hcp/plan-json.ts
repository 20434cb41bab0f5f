import * as z from 'zod/mini';
import type { Context } from '../../context';
import { Failed } from '../../errors';
import { backoff } from '../../google/retry';
import { withoutColors } from '../output';
import type { HcpApi } from './api';
import { parse, readRun, type Run } from './run';
import { manual } from '../../fixes/fix';

/** A plan from HCP Terraform. */
export interface PlanJson {
  /** As `terraform show -json` prints it, with `errored` and `redacted` set. */
  readonly document: object;
  /** Why the plan is incomplete. @default - it is complete */
  readonly failure?: string;
}

const planSchema = z.object({ data: z.object({ attributes: z.object({ status: z.string() }) }) });

/**
 * Reads the plan of a run without its sensitive values, which requires only the Plan permission. The
 * complete plan requires an admin; it is read only if there is no other form, as in Terraform
 * Enterprise.
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
  if (answer.kind !== 'json') throw notReadable(api, run);
  const status = withoutColors(parse(planSchema, answer.value, resource).data.attributes.status);
  const ended = `The plan is ${status} in HCP Terraform: ${run.url}`;
  // The JSON may appear a moment after the plan has finished.
  for (let attempts = 1; attempts <= MAX_ATTEMPTS; attempts += 1) {
    const found = await readEither(api, resource, signal);
    if (found === 'missing') throw notReadable(api, run);
    if (status !== 'finished') return broken(found, ended);
    if (found !== undefined) return { document: { ...found, errored: false } };
    if (attempts < MAX_ATTEMPTS) await backoff(attempts, retryDelay, undefined, signal);
  }
  return broken(undefined, `HCP Terraform returned no JSON for the plan: ${run.url}`);
}

const MAX_ATTEMPTS = 5;

/** The redacted form, or else the complete one; undefined if it is empty. */
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

/** The JSON of a failed plan is `{}`. */
function contentOf(value: unknown): object | undefined {
  const isObject = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return isObject ? value : undefined;
}

function broken(found: object | undefined, failure: string): PlanJson {
  return { document: { format_version: '1.2', ...found, errored: true }, failure };
}

function notReadable(api: HcpApi, run: Run): Failed {
  return new Failed(
    `The token for ${api.host} may not read the plan of ${run.url}.`,
    manual('grant its team the permission "Plan" on the workspace'),
  );
}
