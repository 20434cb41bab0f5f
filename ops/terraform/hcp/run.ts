import * as z from 'zod/mini';
import type { Context } from '../../context';
import { Failed, messageOf, withFix } from '../../errors';
import { sleep } from '../../google/retry';
import { note } from '../../terminal';
import { withoutColors } from '../output';
import type { HcpApi } from './api';
import { comparable } from './host';
import { manual } from '../../fixes/fix';

/** A run in HCP Terraform. */
export interface Run {
  readonly id: string;
  /** Its page in HCP Terraform. */
  readonly url: string;
}

/** The run whose URL terraform printed, if it is on this host. */
export function runIn(output: string, host: string): Run | undefined {
  for (const [url, found, id] of output.matchAll(RUN)) {
    if (id !== undefined && comparable(found ?? '') === comparable(host)) return { id, url };
  }
  return undefined;
}

const RUN = /https:\/\/([^/\s]+)\/app\/[^/\s]+\/[^/\s]+\/runs\/(run-[A-Za-z0-9]+)/g;

const flag = z.optional(z.boolean());

const runSchema = z.object({
  data: z.object({
    attributes: z.object({
      status: z.string(),
      actions: z.optional(z.object({ 'is-cancelable': flag, 'is-discardable': flag })),
    }),
    relationships: z.optional(
      z.object({
        plan: z.optional(
          z.object({
            data: z.nullish(z.object({ id: z.string().check(z.regex(/^[\w-]+$/)) })),
          }),
        ),
      }),
    ),
  }),
});

/** The state of a run. */
export interface RunState {
  /** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run#run-states */
  readonly status: string;
  readonly cancelable: boolean;
  readonly discardable: boolean;
  readonly planId: string | undefined;
}

const READ_RUNS = manual('grant its team read access to runs on the workspace');

/** @throws Failed if the token may not read the run */
export async function readRun(api: HcpApi, run: Run, signal?: AbortSignal): Promise<RunState> {
  const reply = await api.get(`runs/${run.id}`, signal);
  if (reply.kind !== 'json') {
    throw new Failed(`The token for ${api.host} may not read the run ${run.url}.`, READ_RUNS);
  }
  const { attributes, relationships } = parse(runSchema, reply.value, `runs/${run.id}`).data;
  return {
    status: withoutColors(attributes.status),
    cancelable: attributes.actions?.['is-cancelable'] === true,
    discardable: attributes.actions?.['is-discardable'] === true,
    planId: relationships?.plan?.data?.id,
  };
}

/** Checks a response against a schema. */
export function parse<T extends z.ZodMiniType>(
  schema: T,
  value: unknown,
  resource: string,
): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Failed(`Unexpected response for ${resource}: ${where} is missing or invalid.`);
}

/** Statuses that a run never leaves. */
const FINAL = [
  'applied',
  'canceled',
  'discarded',
  'errored',
  'force_canceled',
  'planned_and_finished',
  'policy_soft_failed',
];

export function isFinal({ status }: RunState): boolean {
  return FINAL.includes(status);
}

/** One poll per second. */
const MAX_POLLS = 60;

/**
 * Discards a run, or cancels it while it is still planning, so that no one can confirm it. Also works
 * after Ctrl-C, and never throws: failures are printed to stderr.
 *
 * @param cancel - whether it may be cancelled; an apply must not be
 */
export async function closeRun(
  { terminal, retryDelay = 1000 }: Pick<Context, 'terminal' | 'retryDelay'>,
  api: HcpApi,
  run: Run,
  { cancel }: { readonly cancel: boolean },
): Promise<void> {
  try {
    let canceled = false;
    for (let polls = 0; polls < MAX_POLLS; polls += 1) {
      const state = await readRun(api, run);
      if (state.discardable) {
        // A conflict means that someone else acted first, or that the run continued; poll again.
        const { kind } = await api.post(`runs/${run.id}/actions/discard`);
        if (kind === 'missing') throw new Failed('the token has no permission to discard it');
      } else if (isFinal(state) || !cancel) {
        return;
      } else if (state.cancelable && !canceled) {
        note(terminal, `Cancelling the run ${run.url}`);
        const { kind } = await api.post(`runs/${run.id}/actions/cancel`);
        if (kind === 'missing') throw new Failed('the token has no permission to cancel it');
        canceled = kind === 'empty';
      }
      await sleep(polls === 0 ? retryDelay / 4 : retryDelay, new AbortController().signal);
    }
    throw new Failed('it did not end in time');
  } catch (error) {
    note(
      terminal,
      withFix(
        `The run could not be discarded: ${messageOf(error)}. It may block other runs.`,
        manual(`discard it at ${run.url}`),
      ),
    );
  }
}
