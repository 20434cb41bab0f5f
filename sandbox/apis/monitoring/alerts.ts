import type { FastifyInstance } from 'fastify';
import type { Incident } from '../../monitoring/incidents';
import type { Context } from '../context';
import { notFound } from '../../protocol/errors';
import type { Fields } from '../../protocol/fields';
import { listPage, type FilteredQuery } from './list';

/** The fields by which a list can be filtered and ordered. */
const ALERT: Fields = {
  name: 'string',
  state: 'string',
  openTime: 'string',
  closeTime: 'string',
  policy: { message: { name: 'string', displayName: 'string', severity: 'string' } },
};

/** Incidents. Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alerts */
export function alerts(app: FastifyInstance, context: Context): void {
  const { alerting } = context;

  app.get<{ Querystring: FilteredQuery }>('/v3/projects/:project/alerts', ({ query }) => {
    const all = alerting.incidents.map((incident) => [incident.name, show(incident)] as const);
    return listPage('alerts', ALERT, all, query);
  });

  app.get<{ Params: { project: string; alert: string } }>(
    '/v3/projects/:project/alerts/:alert',
    ({ params }) => {
      const found = alerting.incidents.find(({ name }) => name.endsWith(`/alerts/${params.alert}`));
      if (found === undefined) throw notFound(`Alert ${params.alert}`);
      return show(found);
    },
  );
}

function show({ name, policy, labels, openTime, closeTime }: Incident): object {
  const isLogMatch = policy.conditions.some(({ conditionMatchedLog }) => conditionMatchedLog);
  return {
    name,
    state: closeTime === undefined ? 'OPEN' : 'CLOSED',
    openTime: new Date(openTime).toISOString(),
    ...(closeTime !== undefined && { closeTime: new Date(closeTime).toISOString() }),
    ...(isLogMatch ? { log: { extractedLabels: labels } } : { metric: { labels } }),
    policy: { name: policy.name, displayName: policy.displayName, severity: policy.severity },
  };
}
