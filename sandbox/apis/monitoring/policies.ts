import type { FastifyInstance } from 'fastify';
import { typeOfLogMetric } from '../../monitoring/metric-names';
import type { AlertPolicy } from '../../world/alert-policy';
import { newId } from '../../world/world';
import { find, nameOf, timestamp, type Context } from '../context';
import { notFound } from '../../protocol/errors';
import { readMessage, type Message } from '../../protocol/fields';
import { sortedEntries } from '../../protocol/paging';
import { listPage, type FilteredQuery } from './list';
import { applyPatch, type MaskQuery } from '../../protocol/update-mask';
import { isCounter } from '../logging/metrics';
import { POLICY } from './policy-fields';
import { checkPolicy } from './policy-rules';

interface PolicyParams {
  policy: string;
}

/** How long a metric must have existed before a condition can use it. */
const METRIC_DELAY = 10 * 60_000;

/** Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies */
export function alertPolicies(app: FastifyInstance, context: Context): void {
  const { world, clock, alerting } = context;
  const policies = '/v3/projects/:project/alertPolicies';

  app.get<{ Querystring: FilteredQuery }>(policies, ({ query }) =>
    listPage('alertPolicies', POLICY, sortedEntries(world.alertPolicies), query),
  );

  app.post(policies, ({ body }) => {
    const name = nameOf(context, 'alertPolicies', newId(world));
    const record = mutation();
    return store({
      ...complete(name, readMessage(POLICY, body, 'alert_policy')),
      ...record,
      creationRecord: record.mutationRecord,
    });
  });

  app.get<{ Params: PolicyParams }>(`${policies}/:policy`, ({ params }) =>
    requirePolicy(params.policy),
  );

  app.patch<{ Params: PolicyParams; Querystring: MaskQuery }>(
    `${policies}/:policy`,
    ({ params, query, body }) => {
      const current = requirePolicy(params.policy);
      const patch = readMessage(POLICY, body, 'alert_policy');
      const patched = applyPatch(POLICY, { ...current }, patch, query.updateMask);
      return store({ ...complete(current.name, patched), ...mutation() });
    },
  );

  app.delete<{ Params: PolicyParams }>(`${policies}/:policy`, ({ params }) => {
    const { name } = requirePolicy(params.policy);
    world.alertPolicies.delete(name);
    alerting.deletePolicy(name);
    return {};
  });

  function store(policy: AlertPolicy): AlertPolicy {
    checkPolicy(policy, metricExists, isCounted);
    for (const channel of policy.notificationChannels ?? []) {
      if (!world.notificationChannels.has(channel))
        throw notFound(`Notification channel ${channel}`);
    }
    world.alertPolicies.set(policy.name, policy);
    alerting.setPolicy(policy);
    return policy;
  }

  function requirePolicy(id: string): AlertPolicy {
    return find(world.alertPolicies, nameOf(context, 'alertPolicies', id), 'Alert policy');
  }

  function metricExists(type: string): boolean {
    // Google's own metrics exist always; the sandbox never counts anything in them.
    if (!/^(logging\.googleapis\.com\/user|(custom|external)\.googleapis\.com)\//.test(type)) {
      return true;
    }
    const metric = [...world.logMetrics.values()].find(
      ({ name }) => typeOfLogMetric(name) === type,
    );
    if (metric === undefined) return false;
    return clock.now() - Date.parse(metric.createTime) >= METRIC_DELAY;
  }

  /** Whether a metric's entries are counted, if there is such a log-based metric. */
  function isCounted(type: string): boolean {
    const metrics = [...world.logMetrics.values()];
    return metrics.every((metric) => typeOfLogMetric(metric.name) !== type || isCounter(metric));
  }

  function mutation(): { mutationRecord: object } {
    return { mutationRecord: { mutateTime: timestamp(clock), mutatedBy: 'sandbox@example.com' } };
  }
}

/** A policy with what the API adds: its name, its conditions' names, and that it is enabled. */
function complete(name: string, given: Message): AlertPolicy {
  const policy = { displayName: '', conditions: [], enabled: true, ...given, name } as AlertPolicy;
  return {
    ...policy,
    conditions: policy.conditions.map((condition, index) => ({
      ...condition,
      name: condition.name || `${name}/conditions/${index + 1}`,
    })),
  };
}
