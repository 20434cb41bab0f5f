import path from 'node:path';
import type { Context } from '../../context';
import { Failed, Interrupted, orFailed } from '../../errors';
import { note } from '../../terminal';
import { applyPlan } from '../apply';
import { keep, planLocally, runPlan } from '../local-plan';
import { planFailed } from '../plan-failure';
import { parsePlan } from '../parse-plan';
import type { StagePlan, PlanRequest } from '../plan';
import type { Stack } from '../stack';
import { failureOf, withoutColors } from '../output';
import { hcpApi, type HcpApi } from './api';
import { hostOf } from './host';
import { readPlanJson } from './plan-json';
import { closeRun, isFinal, readRun, runIn, type Run } from './run';

/**
 * Plans in HCP Terraform, by running terraform; the plan is read through the API. A plan that is only
 * reviewed is speculative and cannot be applied. Any other waits for a confirmation and may lock the
 * workspace: it is discarded unless it is applied or kept.
 */
export async function planInHcpTerraform(
  context: Context,
  stack: Stack,
  request: PlanRequest,
  scratch: string,
): Promise<StagePlan> {
  const api = hcpApi(context, hostOf(context));
  const file = path.join(scratch, 'plan');
  const isSaved = request.purpose === 'apply' || request.keepIn !== undefined;
  const watch = watchRun(context, api.host, 'plan');
  let isOpen = true;
  const release = async (cancel: boolean): Promise<void> => {
    if (watch.run !== undefined && isOpen) await closeRun(context, api, watch.run, { cancel });
    isOpen = false;
  };
  try {
    const args = [...(isSaved ? [`-out=${file}`] : []), ...(request.options ?? [])];
    const ended = await runPlan(context, stack, args, watch.onLine);
    const { run } = watch;
    const failed = ended.status !== 0 && ended.status !== 2;
    // Terraform planned on this machine after all; an organization's subscription may require that.
    if (!failed && run === undefined) return await planLocally(context, stack, request, scratch);
    let failure = failed ? await describeFailure(failureOf(ended), api, run) : undefined;
    if (run === undefined || (failed && request.purpose === 'apply')) {
      throw planFailed(context, stack, failure ?? '');
    }
    const hasChanges = ended.status === 2;
    if (!failed && request.keepIn !== undefined) {
      keep(file, request.keepIn);
      isOpen = false;
      if (hasChanges) note(context.terminal, kept(request.keepIn, run));
    }
    let canCancel = true;
    return {
      hasChanges,
      get failure() {
        return failure;
      },
      read: async () => {
        const { document, failure: cause } = await readPlanJson(context, api, run);
        failure ??= cause;
        return parsePlan(JSON.stringify(document), api.host);
      },
      apply: async () => {
        canCancel = false;
        await applyRun(context, api, run, (onLine) => applyPlan(context, stack, file, onLine));
        isOpen = false;
      },
      release: () => release(canCancel),
    };
  } catch (error) {
    await release(true);
    throw error;
  }
}

function kept(file: string, { url }: Run): string {
  return (
    `The plan is saved in ${file}. Until it is applied or discarded, its run waits in HCP Terraform\n` +
    `and may block other runs. To discard it: ${url}`
  );
}

/** Terraform's errors; if it printed none, the status of the run. */
async function describeFailure(errors: string, api: HcpApi, run: Run | undefined): Promise<string> {
  if (run === undefined) return errors;
  const cause = errors === '' ? `The run is ${await statusOf(api, run)}.` : errors;
  return `${cause}\nRun: ${run.url}`;
}

async function statusOf(api: HcpApi, run: Run): Promise<string> {
  const state = await orFailed(readRun(api, run));
  return state instanceof Failed ? 'in an unknown state' : state.status;
}

/** Applies a run; the error says what state the run is in. */
async function applyRun(
  context: Context,
  api: HcpApi,
  run: Run,
  apply: (onLine: (line: string) => void) => Promise<void>,
): Promise<void> {
  try {
    await apply(watchRun(context, api.host, 'apply').onLine);
  } catch (error) {
    if (error instanceof Interrupted) throw await interruption(api, run);
    if (!(error instanceof Failed)) throw error;
    throw new Failed(`${error.what.trim()}\nRun: ${run.url} (${await statusOf(api, run)})`);
  }
}

async function interruption(api: HcpApi, run: Run): Promise<Interrupted> {
  const state = await orFailed(readRun(api, run));
  const what =
    state instanceof Failed
      ? `; the apply may continue in HCP Terraform: ${run.url}`
      : state.discardable
        ? '. Nothing was changed.'
        : isFinal(state)
          ? `. The run is ${state.status}: ${run.url}`
          : `, but the apply continues in HCP Terraform (${state.status}): ${run.url}`;
  return new Interrupted(`Interrupted${what}`);
}

interface Watch {
  readonly run: Run | undefined;
  readonly onLine: (line: string) => void;
}

/** Prints the URL of the run as soon as terraform prints it, and what the run is waiting for. */
function watchRun({ terminal }: Context, host: string, what: 'plan' | 'apply'): Watch {
  let run: Run | undefined;
  return {
    get run() {
      return run;
    },
    onLine: (line) => {
      // After the URL comes the log of the run.
      if (WAITS.test(line)) note(terminal, `  ${withoutColors(line).trim()}`);
      if (run !== undefined) return;
      run = runIn(line, host);
      if (run !== undefined) note(terminal, `The ${what} runs in HCP Terraform: ${run.url}`);
    },
  };
}

const WAITS = /^(?:Waiting for |There was an error connecting to |Still trying to restore )/;
