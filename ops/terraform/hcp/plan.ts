import path from 'node:path';
import type { Context } from '../../context';
import { Failed, Interrupted } from '../../errors';
import { note } from '../../terminal';
import { applyPlan } from '../apply';
import { keep, planHere, runPlan } from '../local-plan';
import { parsePlan } from '../parse-plan';
import type { MadePlan, PlanRequest } from '../plan';
import type { Stack } from '../stack';
import { failureOf, withoutControls } from '../words';
import { hcpApi, type HcpApi } from './api';
import { hostOf } from './host';
import { readPlanJson } from './plan-json';
import { closeRun, isFinal, readRun, runIn, type Run } from './run';

/**
 * Plans in HCP Terraform, through terraform itself; the plan is read from its API. A plan that is
 * only looked at is speculative, which nobody can apply. Any other waits there for a confirmation,
 * and may hold the workspace: it is discarded unless it is applied or kept.
 */
export async function planInHcpTerraform(
  context: Context,
  stack: Stack,
  request: PlanRequest,
  scratch: string,
): Promise<MadePlan> {
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
    // It was planned on this machine after all, which an organization's plan may demand.
    if (!failed && run === undefined) return await planHere(context, stack, request, scratch);
    let failure = failed ? await failureIn(failureOf(ended), api, run) : undefined;
    if (run === undefined || (failed && request.purpose === 'apply')) {
      throw new Failed(
        `terraform plan failed, so nothing was changed:\n${failure ?? ''}`,
        `just gcp-scheduler-doctor ${stack.stage}`,
      );
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
    `The plan is kept in ${file}. Until it is applied or discarded, its run waits in HCP Terraform\n` +
    `and may hold up others. To discard it: ${url}`
  );
}

/** What terraform says, with what the API knows of a run that terraform says nothing about. */
async function failureIn(words: string, api: HcpApi, run: Run | undefined): Promise<string> {
  if (run === undefined) return words;
  const cause = words === '' ? `The run is ${await statusOf(api, run)}.` : words;
  return `${cause}\nRun: ${run.url}`;
}

async function statusOf(api: HcpApi, run: Run): Promise<string> {
  try {
    return (await readRun(api, run)).status;
  } catch {
    return 'in a state that could not be read';
  }
}

/** Applies a run; says of one that goes on, or ended without words, how far it is. */
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
  try {
    const state = await readRun(api, run);
    if (state.discardable) return new Interrupted('Interrupted. Nothing was changed.');
    if (isFinal(state))
      return new Interrupted(`Interrupted. The run is ${state.status}: ${run.url}`);
    return new Interrupted(
      `Interrupted here, but the apply goes on in HCP Terraform (${state.status}): ${run.url}`,
    );
  } catch {
    return new Interrupted(`Interrupted here; the apply may go on in HCP Terraform: ${run.url}`);
  }
}

interface Watch {
  readonly run: Run | undefined;
  readonly onLine: (line: string) => void;
}

/** Says where the run is as soon as terraform names it, and what it waits for. */
function watchRun({ terminal }: Context, host: string, what: 'plan' | 'apply'): Watch {
  let run: Run | undefined;
  return {
    get run() {
      return run;
    },
    onLine: (line) => {
      // Once the run has begun, what follows is its log.
      if (WAITS.test(line)) note(terminal, `  ${withoutControls(line).trim()}`);
      if (run !== undefined) return;
      run = runIn(line, host);
      if (run !== undefined) note(terminal, `The ${what} runs in HCP Terraform: ${run.url}`);
    },
  };
}

const WAITS = /^(?:Waiting for |There was an error connecting to |Still trying to restore )/;
