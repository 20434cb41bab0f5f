import { actionOf } from '../actions';
import { phrase, words } from '../phrase';
import type { ResourceChange } from '../plan/schema';
import { ABSENT, known, sameValue, valuesAfter, valuesBefore, type Values } from '../plan/values';
import { finding, type Finding } from './finding';
import { grantFindings, isGrant } from './grant';

/** What a job cannot run without, besides the grant and the API. */
const NEEDED: Readonly<Record<string, string>> = {
  google_service_account: 'service account',
  google_cloud_run_v2_service: 'Cloud Run service',
};

/** A password of an account, which Terraform keeps in its state. */
const KEY = 'google_service_account_key';

const WATCHING = /^google_(monitoring_|logging_metric$)/;

/** What to say of a resource that is no job. */
export function resourceFindings(resource: ResourceChange): Finding[] {
  const { type } = resource;
  const action = actionOf(resource.change.actions);
  const goes = action === 'destroyed' || action === 'replaced';
  if (action === 'unknown') {
    const message = phrase`The plan does something with ${resource.address} that this review does not know.`;
    return [finding(resource, 'broken', 'unknown-action', message)];
  }
  if (isGrant(type)) return grantFindings(resource);
  if (type === KEY && action !== 'destroyed' && action !== 'unchanged') return [keyMade(resource)];
  if (!goes) return action === 'changed' && WATCHING.test(type) ? silenced(resource) : [];
  if (type === 'google_project_service') return apiFindings(resource);
  const needed = NEEDED[type];
  if (needed !== undefined) {
    const message = phrase`Destroys ${resource.address}, a ${words(needed)} that jobs need.`;
    return [finding(resource, 'stops', 'dependency-destroyed', message)];
  }
  if (!WATCHING.test(type) || action === 'replaced') return [];
  const message = phrase`Destroys ${resource.address}; no one will be alerted about what it watched.`;
  return [finding(resource, 'notice', 'alert-removed', message)];
}

/** Validibot's stages share one project, so an API that goes stops all of them. */
function apiFindings(resource: ResourceChange): Finding[] {
  const before = valuesBefore(resource);
  const service = known(before, 'service') ?? resource.address;
  if (known(before, 'disable_on_destroy') === 'false') {
    const message = phrase`Terraform stops managing ${service}; it stays enabled.`;
    return [finding(resource, 'notice', 'api-forgotten', message)];
  }
  const message = phrase`Disables ${service} for the whole project; every job of every stage stops.`;
  return [finding(resource, 'stops', 'api-disabled', message)];
}

function keyMade(resource: ResourceChange): Finding {
  const account = known(valuesAfter(resource), 'service_account_id') ?? 'an account';
  const message = phrase`Creates a key of ${account}; whoever reads Terraform's state can act as it.`;
  return finding(resource, 'security', 'key-created', message);
}

/** What keeps an alert from being raised, or from reaching anyone. */
function silenced(resource: ResourceChange): Finding[] {
  const [before, after] = [valuesBefore(resource), valuesAfter(resource)];
  const { address } = resource;
  const found: Finding[] = [];
  if (known(before, 'enabled') === 'true' && known(after, 'enabled') === 'false') {
    const message = phrase`Disables ${address}; no one will be alerted about what it watches.`;
    found.push(finding(resource, 'notice', 'alert-disabled', message));
  }
  if (hasChannels(before) && !hasChannels(after)) {
    const message = phrase`Takes all notification channels from ${address}; its incidents reach no one.`;
    found.push(finding(resource, 'notice', 'alert-disabled', message));
  }
  const filters = [...before.keys()].filter((path) => /(^|\.)filter$/.test(path));
  if (filters.some((path) => !sameValue(before.get(path) ?? ABSENT, after.get(path) ?? ABSENT))) {
    const message = phrase`Changes the filter of ${address}: it watches something else from now on.`;
    found.push(finding(resource, 'notice', 'alert-filter-changed', message));
  }
  return found;
}

function hasChannels(values: Values): boolean {
  return [...values.keys()].some((path) => path.startsWith('notification_channels'));
}
