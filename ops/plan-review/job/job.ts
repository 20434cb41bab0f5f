import { PRODUCTION, stageOfJobName } from '../../../stages/naming';
import type { StageName } from '../../../stages/stages';
import { actionOf, describeReason, type Action } from '../actions';
import { withDeposed } from '../changes';
import type { ResourceChange } from '../plan/schema';
import { known, valuesAfter, valuesBefore, type Values } from '../plan/values';
import { attributeChanges, attributesOf, type AttributeChange, type Shown } from './changes';
import type { Attribute } from './attributes';
import { scheduleOf, type JobSchedule } from './schedule';
import { weeksOf } from './weeks';

export const JOB_TYPE = 'google_cloud_scheduler_job';

/** A job on one side of a plan. */
export interface JobSide {
  readonly schedule: JobSchedule | undefined;
  readonly attributes: readonly { readonly attribute: Attribute; readonly shown: Shown }[];
  readonly values: Values;
}

/** What a plan does with one job. */
export interface JobReview {
  readonly address: string;
  /** Where it was in the state before a `moved` block. */
  readonly previousAddress: string | undefined;
  /** Its name in Google Cloud, before a replacement; its address if the plan does not show the name. */
  readonly name: string;
  readonly stage: StageName;
  readonly production: boolean;
  readonly action: Action;
  readonly imported: boolean;
  readonly importId: string | undefined;
  readonly reason: string | undefined;
  readonly before: JobSide | undefined;
  readonly after: JobSide | undefined;
  readonly changes: readonly (AttributeChange & { readonly forcesReplacement: boolean })[];
  /** The week as it is and as it is planned, if the schedule changes: plain text. */
  readonly weeks: string | undefined;
}

export function reviewJob(resource: ResourceChange, now: Date, redacted = false): JobReview {
  const { change } = resource;
  const before = change.before ? sideOf(valuesBefore(resource, redacted), now) : undefined;
  const after = change.after ? sideOf(valuesAfter(resource, redacted), now) : undefined;
  const names = [before, after].flatMap((side) => (side && known(side.values, 'name')) ?? []);
  const name = names[0] ?? resource.address;
  // A job counts as production's if either side does, or if no name is known.
  const production =
    names.length === 0 || names.some((each) => stageOfJobName(each) === PRODUCTION);
  const isReplaced = actionOf(change.actions) === 'replaced';
  const forcing = (change.replace_paths ?? []).map((path) => path.join('.'));
  return {
    address: withDeposed(resource),
    previousAddress: resource.previous_address,
    name,
    stage: production ? PRODUCTION : stageOfJobName(name),
    production,
    action: actionOf(change.actions),
    imported: Boolean(change.importing),
    importId: change.importing?.id,
    reason: describeReason(resource.action_reason),
    before,
    after,
    changes: changesBetween(before, after)
      // The state of a replaced job is known only after the apply; it will be running.
      .filter(({ id, after: to }) => !(isReplaced && id === 'paused' && to.kind === 'unknown'))
      .map((attribute) => ({
        ...attribute,
        forcesReplacement: forcing.some((path) => `${attribute.path}.`.startsWith(`${path}.`)),
      })),
    weeks: weeksOf(before, after, now),
  };
}

function sideOf(values: Values, now: Date): JobSide {
  return { schedule: scheduleOf(values, now), attributes: attributesOf(values), values };
}

function changesBetween(
  before: JobSide | undefined,
  after: JobSide | undefined,
): AttributeChange[] {
  if (before === undefined || after === undefined) return [];
  return attributeChanges(before.values, after.values);
}
