import fs from 'node:fs';
import path from 'node:path';
import { describeStatePlace } from '../../stages/state';
import type { Context } from '../context';
import { Failed } from '../errors';
import { describeLocation } from '../google/scheduler';
import { jobName } from '../../stages/naming';
import { JOB_TYPE } from '../plan-review/job/job';
import type { Existing } from './existing';
import { ERRORED_STATE } from './private-files';
import type { Stack } from './stack';
import { readState, type StateResource } from './state';
import {
  either,
  exportVariable,
  inOrder,
  manual,
  recipe,
  run,
  terraform,
  when,
  type Fix,
} from '../fixes/fix';

/** The settings that decide where a state is. */
const SETTINGS = {
  cloud: ['TF_CLOUD_ORGANIZATION', 'TF_CLOUD_HOSTNAME'],
  gcs: ['TF_STATE_BUCKET'],
  local: ['TF_STATE_DIR'],
} as const;

const ALL_SETTINGS = 'TF_STATE_BUCKET, TF_CLOUD_ORGANIZATION or TF_STATE_DIR';

const SHOWN = 6;

/**
 * Reads a stack's state for a command that changes something.
 *
 * @throws Failed when it is of another project, region or app, or when a newer one waits to be saved
 */
export async function readOwnState(context: Context, stack: Stack): Promise<StateResource[]> {
  const unsaved = describeUnsaved(context, stack);
  if (unsaved !== undefined) throw new Failed(`Nothing was changed: ${unsaved.what}`, unsaved.fix);
  const state = await readState(context, stack);
  const { project, region } = context.location;
  for (const { project: of = project, region: at = region, address } of state) {
    if (of === project && at === region) continue;
    throw new Failed(
      `Nothing was changed: the state of ${stack.name} is of ${describeLocation({ project: of, region: at })}, ` +
        `but the settings are of ${describeLocation(context.location)}.\n` +
        `${address} is in the state, which is ${describeStateOf(context, stack)}.`,
      of === project
        ? exportVariable('GCP_REGION', at)
        : either(
            exportVariable('GCP_PROJECT_ID', of),
            manual(`set ${ALL_SETTINGS} to where the state of ${project} is`),
          ),
    );
  }
  rejectOtherApp(context, stack, state);
  return state;
}

/** @throws Failed when a job of the state has its name from another `GCP_APP_NAME` */
function rejectOtherApp(context: Context, stack: Stack, state: readonly StateResource[]): void {
  const { appName } = context.settings;
  for (const { type, name, address } of state) {
    if (type !== JOB_TYPE) continue;
    const ending = jobName('', address.slice(JOB_TYPE.length + 1), stack.stage);
    const of = name.slice(0, -ending.length);
    if (of === appName || `${of}${ending}` !== name) continue;
    throw new Failed(
      `Nothing was changed: the state of ${stack.name} is of the app ${of}, but the settings are of the app ${appName}.\n` +
        `${name} is in the state, which is ${describeStateOf(context, stack)}.`,
      exportVariable('GCP_APP_NAME', of),
    );
  }
}

/** Where a stack's state was looked for, and which setting said so. */
export function describeStateOf({ settings, env }: Context, { name }: Pick<Stack, 'name'>): string {
  const place = describeStatePlace(settings.state, name);
  const set = SETTINGS[settings.state.kind].filter((variable) => env[variable]);
  const source = set.length === 0 ? `no ${ALL_SETTINGS} is set` : `set by ${set.join(' and ')}`;
  return `${place} (${source})`;
}

/**
 * The error for resources that exist and that the state does not have. An empty state is most often
 * the wrong one: a second state would then manage the same jobs.
 *
 * @param state - what the state has
 * @param existing - what exists in Google Cloud
 */
export function notInState(
  context: Context,
  stack: Stack,
  state: readonly StateResource[],
  existing: readonly Pick<Existing, 'name'>[],
): Failed {
  const { stage, name } = stack;
  const names = listNames(existing);
  const place = describeLocation(context.location);
  const recover = recipe('import', stage);
  if (state.length > 0) {
    return new Failed(
      `Nothing was changed: in ${place}, these exist, but Terraform does not manage them: ${names}\n` +
        `The state is ${describeStateOf(context, stack)}.`,
      recover,
    );
  }
  return new Failed(
    `Nothing was changed: the state of ${name} is empty, but these exist in ${place}: ${names}\n` +
      `The state was looked for in ${describeStateOf(context, stack)}.`,
    inOrder(
      manual(`set ${ALL_SETTINGS} as for the last deploy`),
      when(
        'only if that state is lost (docs/recovering-state.md), or the jobs were made by hand',
        recover,
      ),
    ),
  );
}

/** Up to six names: a stage that exists has twenty. */
function listNames(existing: readonly Pick<Existing, 'name'>[]): string {
  const names = existing.slice(0, SHOWN).map(({ name }) => name);
  const more = existing.length - names.length;
  return `${names.join(', ')}${more === 0 ? '' : `, and ${more} more`}`;
}

/** The state that the last apply could not save, and how to save it. */
export function describeUnsaved(
  context: Context,
  { folder, name }: Stack,
): { what: string; fix: Fix } | undefined {
  const file = path.join(folder, ERRORED_STATE);
  if (!fs.existsSync(file)) return undefined;
  return {
    what:
      `an apply of ${name} could not save its state, so terraform left it in ${file}.\n` +
      `The state is ${describeStateOf(context, { name })}.`,
    fix: saveFix(context.settings, folder, file, name),
  };
}

function saveFix({ state }: Context['settings'], folder: string, file: string, name: string): Fix {
  if (state.kind !== 'local') {
    const push = terraform(folder, 'state', 'push', ERRORED_STATE);
    return inOrder(push, run('mv', file, `${file}.pushed`));
  }
  // On a full disk a local state is cut off, and terraform pushes nothing over what it cannot read.
  const place = describeStatePlace(state, name);
  const save = run('mv', file, place);
  return fs.existsSync(place) ? inOrder(run('mv', place, `${place}.before`), save) : save;
}
