import { actionOf } from '../actions';
import { phrase, unquoted } from '../phrase';
import type { ResourceChange } from '../plan/schema';
import { differingPaths, known, valuesAfter, valuesBefore, type Values } from '../plan/values';
import { finding, type Finding } from './finding';
import { grantFindings, isGrant } from './grant';

/** What a job needs to run, besides the grant and the API. */
const DEPENDENCIES: Readonly<Record<string, string>> = {
  google_service_account: 'service account',
  google_cloud_run_v2_service: 'Cloud Run service',
};

/** A credential of a service account, which Terraform keeps in its state. */
const KEY = 'google_service_account_key';

const MONITORING = /^google_(monitoring_|logging_metric$)/;

/** Findings about a resource that is not a job. */
export function resourceFindings(resource: ResourceChange): Finding[] {
  const { type } = resource;
  const action = actionOf(resource.change.actions);
  const isRemoved = action === 'destroyed' || action === 'replaced';
  if (action === 'unknown') {
    const message = phrase`The plan does something with ${resource.address} that this review does not know.`;
    return [finding(resource, 'broken', 'unknown-action', message)];
  }
  if (isGrant(type)) return grantFindings(resource);
  if (type === KEY && action !== 'destroyed' && action !== 'unchanged')
    return [keyFinding(resource)];
  if (!isRemoved) {
    if (MONITORING.test(type)) return action === 'changed' ? alertFindings(resource) : [];
    return switchFindings(resource);
  }
  if (type === 'google_project_service') return apiFindings(resource);
  const dependency = DEPENDENCIES[type];
  if (dependency !== undefined) {
    const message = phrase`Destroys ${resource.address}, a ${unquoted(dependency)} that jobs need.`;
    return [finding(resource, 'stops', 'dependency-destroyed', message)];
  }
  if (!MONITORING.test(type) || action === 'replaced') return [];
  const message = phrase`Destroys ${resource.address}; no one will be alerted about what it monitored.`;
  return [finding(resource, 'notice', 'alert-removed', message)];
}

/** Switches that stop all calls of a job, or let everyone call what it calls. */
function switchFindings(resource: ResourceChange): Finding[] {
  const [before, after] = [valuesBefore(resource), valuesAfter(resource)];
  const { type, address } = resource;
  const turnsOn = (attribute: string): boolean =>
    known(before, attribute) !== 'true' && known(after, attribute) === 'true';
  if (type === 'google_service_account' && before.size > 0 && turnsOn('disabled')) {
    const message = phrase`Disables ${address}, a service account that jobs need.`;
    return [finding(resource, 'stops', 'dependency-disabled', message)];
  }
  if (type === 'google_cloud_run_v2_service' && turnsOn('invoker_iam_disabled')) {
    const message = phrase`Turns off the invoker check of ${address}; anyone can call it.`;
    return [finding(resource, 'stops', 'grant-public', message)];
  }
  return [];
}

/** Validibot's stages share one project, so disabling an API stops all of them. */
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

function keyFinding(resource: ResourceChange): Finding {
  const account = known(valuesAfter(resource), 'service_account_id') ?? 'a service account';
  const message = phrase`Creates a key for ${account}; anyone who can read Terraform's state can act as that account.`;
  return finding(resource, 'security', 'key-created', message);
}

/** Changes that keep an alert from being raised, or from notifying anyone. */
function alertFindings(resource: ResourceChange): Finding[] {
  const [before, after] = [valuesBefore(resource), valuesAfter(resource)];
  const { address } = resource;
  const found: Finding[] = [];
  if (known(before, 'enabled') === 'true' && known(after, 'enabled') === 'false') {
    const message = phrase`Disables ${address}; no one will be alerted about what it monitors.`;
    found.push(finding(resource, 'notice', 'alert-disabled', message));
  }
  if (hasChannels(before) && !hasChannels(after)) {
    const message = phrase`Removes all notification channels from ${address}; no one will be notified of its incidents.`;
    found.push(finding(resource, 'notice', 'alert-disabled', message));
  }
  if (
    differingPaths(before, after).some((path) => before.has(path) && /(^|\.)filter$/.test(path))
  ) {
    const message = phrase`Changes the filter of ${address}, and so what it monitors.`;
    found.push(finding(resource, 'notice', 'alert-filter-changed', message));
  }
  return found;
}

function hasChannels(values: Values): boolean {
  return [...values.keys()].some((path) => path.startsWith('notification_channels'));
}
