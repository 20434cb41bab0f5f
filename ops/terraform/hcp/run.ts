import * as z from 'zod/mini';
import type { Context } from '../../context';
import { Failed, messageOf } from '../../errors';
import { sleep } from '../../google/retry';
import { note } from '../../terminal';
import { withoutControls } from '../words';
import type { HcpApi } from './api';
import { comparable } from './host';

/** A run in HCP Terraform, as terraform names it. */
export interface Run {
  readonly id: string;
  /** For a browser. */
  readonly url: string;
}

/** The run whose address terraform prints, if it is on the host that was asked for. */
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

/** How far a run is. */
export interface RunState {
  /** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run#run-states */
  readonly status: string;
  readonly cancelable: boolean;
  readonly discardable: boolean;
  readonly planId: string | undefined;
}

/** @throws Failed when the run is hidden from the token */
export async function readRun(api: HcpApi, run: Run, signal?: AbortSignal): Promise<RunState> {
  const reply = await api.get(`runs/${run.id}`, signal);
  if (reply.kind !== 'json') {
    throw new Failed(`${api.host} does not show the run: ${run.url}`, 'let the token read it');
  }
  const { attributes, relationships } = parse(runSchema, reply.value, `runs/${run.id}`).data;
  return {
    status: withoutControls(attributes.status),
    cancelable: attributes.actions?.['is-cancelable'] === true,
    discardable: attributes.actions?.['is-discardable'] === true,
    planId: relationships?.plan?.data?.id,
  };
}

/** Checks an answer. */
export function parse<T extends z.ZodMiniType>(
  schema: T,
  value: unknown,
  resource: string,
): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Failed(
    `The answer for ${resource} is not as documented: ${where} is missing or wrong.`,
  );
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

/** One poll a second. */
const MAX_POLLS = 60;

/**
 * Leaves nothing of a run that could be confirmed: discards it, or cancels it while it still plans.
 * Works after Ctrl-C as well, and never throws: what it could not do it says on stderr.
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
        // Not allowed any more: another one was quicker, or the run went on. The next look tells.
        const { kind } = await api.post(`runs/${run.id}/actions/discard`);
        if (kind === 'missing') throw new Failed('the token may not discard it');
      } else if (isFinal(state) || !cancel) {
        return;
      } else if (state.cancelable && !canceled) {
        note(terminal, `Cancelling the run ${run.url}`);
        const { kind } = await api.post(`runs/${run.id}/actions/cancel`);
        if (kind === 'missing') throw new Failed('the token may not cancel it');
        canceled = kind === 'empty';
      }
      await sleep(polls === 0 ? retryDelay / 4 : retryDelay, new AbortController().signal);
    }
    throw new Failed('it has not ended');
  } catch (error) {
    note(
      terminal,
      `The run could not be discarded: ${messageOf(error)}. It may hold up other runs.\n` +
        `Fix: discard it at ${run.url}`,
    );
  }
}
