import { actionOf } from '../actions';
import { phrase, words, type Phrase } from '../phrase';
import type { ResourceChange } from '../plan/schema';
import { known, valuesAfter, valuesBefore, type Values } from '../plan/values';
import { finding, type Finding } from './finding';

const GRANT = /^google_.+_iam_(member|binding|policy)$/;

/** What a job cannot run without, besides the grant and the API. */
const NEEDED: Readonly<Record<string, string>> = {
  google_service_account: 'service account',
  google_cloud_run_v2_service: 'Cloud Run service',
};

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
  if (GRANT.test(type)) return grantFindings(resource);
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

function grantFindings(resource: ResourceChange): Finding[] {
  const [before, after] = [valuesBefore(resource), valuesAfter(resource)];
  switch (actionOf(resource.change.actions)) {
    case 'created':
      return [finding(resource, 'security', 'grant-created', phrase`Grants ${grant(after)}.`)];
    case 'destroyed': {
      const message = phrase`Removes the grant of ${grant(before)}; calls that rely on it return 403.`;
      return [finding(resource, 'stops', 'grant-removed', message)];
    }
    case 'replaced': {
      const message = phrase`Replaces the grant of ${grant(before)} with ${grant(after)}; calls return 403 until it takes effect, up to 7 minutes.`;
      return [finding(resource, 'stops', 'grant-removed', message)];
    }
    case 'changed': {
      const lost = membersOf(before).filter((member) => !membersOf(after).includes(member));
      const message = phrase`Changes the grant of ${grant(before)} to ${grant(after)}.`;
      const found = [finding(resource, 'security', 'grant-changed', message)];
      if (lost.length === 0) return found;
      const taken = phrase`Removes ${lost.join(', ')} from the grant of ${grant(before)}; calls that rely on it return 403.`;
      return [finding(resource, 'stops', 'grant-removed', taken), ...found];
    }
    case 'forgotten': {
      const message = phrase`Terraform stops managing the grant of ${grant(before)}; the grant stays.`;
      return [finding(resource, 'security', 'grant-forgotten', message)];
    }
    default:
      return [];
  }
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

function silenced(resource: ResourceChange): Finding[] {
  const [before, after] = [valuesBefore(resource), valuesAfter(resource)];
  if (known(before, 'enabled') !== 'true' || known(after, 'enabled') !== 'false') return [];
  const message = phrase`Disables ${resource.address}; no one will be alerted about what it watches.`;
  return [finding(resource, 'notice', 'alert-disabled', message)];
}

/** `roles/run.invoker on validibot-worker to serviceAccount:…` */
function grant(values: Values): Phrase {
  const on = ['name', 'service', 'service_account_id', 'bucket', 'project']
    .map((attribute) => known(values, attribute))
    .find((value) => value !== undefined);
  const members = membersOf(values).join(', ') || 'members known after apply';
  return phrase`${known(values, 'role') ?? 'a role known after apply'} on ${on ?? 'a resource known after apply'} to ${members}`;
}

function membersOf(values: Values): string[] {
  return [...values.keys()]
    .filter((path) => /^members?(\.\d+)?$/.test(path))
    .flatMap((path) => known(values, path) ?? []);
}
