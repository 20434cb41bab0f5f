import { JOB_TYPE } from '../plan-review/job/job';
import { PROJECT_APIS, serviceOf } from '../../stages/apis';
import { serviceAccountEmail, workerServiceName } from '../../stages/naming';
import type { Context } from '../context';
import { Failed } from '../errors';
import { GoogleError } from '../google/error';
import { getMetric } from '../google/logging';
import {
  duplicatePolicies,
  isEnabledPolicy,
  listAlertPolicies,
  listChannels,
} from '../google/monitoring';
import { bindingsOf } from '../google/policy';
import { getServicePolicy } from '../google/run';
import { listJobs, shortName } from '../google/scheduler';
import { isEnabled } from '../google/service-usage';
import { readConfiguration, type Declared } from './configuration';
import type { Existing } from './existing';
import { ALERT, CHANNEL, METRIC } from './resource-types';
import type { Stack } from './stack';

/** Finds those of some declared resources that exist. */
export type Find = (
  context: Context,
  stack: Stack,
  declared: readonly Declared[],
) => Promise<Existing[]>;

/** While an API is disabled, as before a first deploy, nothing of it exists. */
export async function orNone(search: Promise<Existing[]> | undefined): Promise<Existing[]> {
  try {
    return (await search) ?? [];
  } catch (error) {
    if (error instanceof GoogleError && (error.isDisabled || error.httpStatus === 404)) return [];
    throw error;
  }
}

const findJobs: Find = async ({ client, location }, _, declared) => {
  const byName = new Map((await listJobs(client, location)).map((job) => [shortName(job), job]));
  return declared.flatMap((job) => {
    const name = text(job, 'name');
    const live = byName.get(name);
    return live === undefined ? [] : [existing(job, name, live.name)];
  });
};

const findMetrics: Find = async ({ client, location }, _, declared) => {
  const found = await Promise.all(
    declared.map(async (metric) => {
      const name = text(metric, 'name');
      const found = getMetric(client, location.project, name);
      return orNone(found.then(() => [existing(metric, name, `${location.project} ${name}`)]));
    }),
  );
  return found.flat();
};

const findAlerts: Find = async ({ client, location }, _, declared) => {
  const policies = await listAlertPolicies(client, location.project);
  return declared.flatMap((alert) => {
    const name = text(alert, 'display_name');
    const named = policies.filter(({ displayName }) => displayName === name);
    const problem = duplicatePolicies(named, location.project);
    if (problem !== undefined) {
      throw new Failed(`Nothing was changed: ${problem.cause}`, problem.fix);
    }
    const live = named.find(isEnabledPolicy) ?? named[0];
    return live === undefined ? [] : [existing(alert, name, live.name)];
  });
};

/**
 * A channel has no name of its own, and each stage has one for the same address: the stage's is the
 * one that its alerts notify.
 */
const findChannels: Find = async ({ client, location, settings }, stack, declared) => {
  const [channels, policies] = await Promise.all([
    listChannels(client, location.project),
    listAlertPolicies(client, location.project),
  ]);
  const names = readConfiguration(stack)
    .filter(({ type }) => type === ALERT)
    .map((alert) => text(alert, 'display_name'));
  const notified = policies
    .filter(({ displayName = '' }) => names.includes(displayName))
    .flatMap(({ notificationChannels = [] }) => notificationChannels);
  return declared.flatMap((channel) => {
    const address = text(channel, 'display_name');
    const live = channels.find(
      ({ name, type, labels }) =>
        notified.includes(name) &&
        !settings.channels.existing.includes(name) &&
        type === 'email' &&
        labels?.email_address === address,
    );
    return live === undefined ? [] : [existing(channel, address, live.name)];
  });
};

const findGrants: Find = async ({ client, location, settings }, { stage }, declared) => {
  const { project, region } = location;
  const service = workerServiceName(settings.appName, stage);
  const member = `serviceAccount:${serviceAccountEmail(settings.appName, stage, project)}`;
  const policy = await getServicePolicy(client, location, service);
  return declared.flatMap((grant) => {
    const role = text(grant, 'role');
    // With a condition it is another grant.
    if (!bindingsOf(policy, role, member).some(({ condition }) => condition === undefined))
      return [];
    const id = `projects/${project}/locations/${region}/services/${service} ${role} ${member}`;
    return [existing(grant, `${role} on ${service}`, id)];
  });
};

const findApis: Find = async ({ client, location }, _, declared) => {
  const { project } = location;
  const found = await Promise.all(
    declared.map(async (api) => {
      const service = text(api, 'service');
      const known = PROJECT_APIS.find((each) => serviceOf(each) === service);
      const enabled = known !== undefined && (await isEnabled(client, project, known));
      return enabled ? [existing(api, service, `${project}/${service}`)] : [];
    }),
  );
  return found.flat();
};

/** How to find the resources of each type that a stage has. */
export const FINDERS: Readonly<Record<string, Find>> = {
  [JOB_TYPE]: findJobs,
  [METRIC]: findMetrics,
  [ALERT]: findAlerts,
  [CHANNEL]: findChannels,
  google_cloud_run_v2_service_iam_member: findGrants,
  google_project_service: findApis,
};

function existing({ address, type }: Declared, name: string, id: string): Existing {
  return { address, type, name, id };
}

function text({ attributes }: Declared, attribute: string): string {
  return String(attributes[attribute]);
}
