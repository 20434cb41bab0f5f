import type { FastifyInstance } from 'fastify';
import { promqlNameOfLogMetric, typeOfLogMetric } from '../../monitoring/metric-names';
import type { LogMetric } from '../../world/logging';
import { find, timestamp, type Context } from '../context';
import { ApiError, invalidArgument } from '../../protocol/errors';
import { isObject, readMessage, type Fields, type Message } from '../../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../../protocol/paging';
import { parseFilter } from '../../protocol/log-filter';

interface MetricParams {
  metric: string;
}

const METRIC: Fields = {
  name: 'string',
  description: 'string',
  filter: 'string',
  bucketName: 'string',
  disabled: 'bool',
  metricDescriptor: 'anything',
  valueExtractor: 'string',
  labelExtractors: 'string map',
  bucketOptions: 'anything',
  createTime: 'output',
  updateTime: 'output',
  version: 'output',
};

/** Source: `name` of https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics */
const NAME = /^[A-Za-z0-9_\-.,+!*',()%][A-Za-z0-9_\-.,+!*',()%/]{0,99}$/;

/** Log-based metrics. Those with labels or a distribution are stored, but nothing is counted in them. */
export function logMetrics(app: FastifyInstance, context: Context): void {
  const { world, clock, alerting } = context;
  const metrics = '/v2/projects/:project/metrics';

  app.get<{ Querystring: ListQuery }>(metrics, ({ query }) => {
    return page('metrics', sortedEntries(world.logMetrics), query);
  });

  app.post(metrics, ({ body }) => {
    const given = readMessage(METRIC, body, 'metric');
    const name = typeof given.name === 'string' ? given.name : '';
    if (!NAME.test(name)) throw invalidArgument(`Invalid metric name: ${JSON.stringify(name)}.`);
    if (world.logMetrics.has(name)) {
      throw new ApiError('ALREADY_EXISTS', `Metric ${name} already exists.`);
    }
    return store(name, given, timestamp(clock));
  });

  app.get<{ Params: MetricParams }>(`${metrics}/:metric`, ({ params }) =>
    requireMetric(params.metric),
  );

  app.put<{ Params: MetricParams }>(`${metrics}/:metric`, ({ params, body }) => {
    const { name, createTime } = requireMetric(params.metric);
    return store(name, readMessage(METRIC, body, 'metric'), createTime);
  });

  app.delete<{ Params: MetricParams }>(`${metrics}/:metric`, ({ params }) => {
    const { name } = requireMetric(params.metric);
    world.logMetrics.delete(name);
    alerting.metrics.delete(promqlNameOfLogMetric(name));
    return {};
  });

  function store(name: string, given: Message, createTime: string): LogMetric {
    if (typeof given.filter !== 'string' || given.filter === '') {
      throw invalidArgument('Field filter must be set.');
    }
    const matches = parseFilter(given.filter);
    const descriptor = isObject(given.metricDescriptor) ? given.metricDescriptor : {};
    const metric = {
      ...given,
      name,
      filter: given.filter,
      createTime,
      updateTime: timestamp(clock),
      metricDescriptor: {
        metricKind: 'DELTA',
        valueType: 'INT64',
        unit: '1',
        ...(given.description !== undefined && { description: given.description }),
        ...descriptor,
        name: `projects/${world.project.projectId}/metricDescriptors/${typeOfLogMetric(name)}`,
        type: typeOfLogMetric(name),
      },
    };
    world.logMetrics.set(name, metric);
    if (isCounter(metric)) alerting.metrics.set(promqlNameOfLogMetric(name), matches);
    else alerting.metrics.delete(promqlNameOfLogMetric(name));
    return metric;
  }

  function requireMetric(name: string): LogMetric {
    return find(world.logMetrics, name, 'Metric');
  }
}

/** Whether the sandbox counts a metric's entries: its alert policies can only use such metrics. */
export function isCounter({ valueExtractor, labelExtractors, bucketOptions }: LogMetric): boolean {
  const hasLabels = Object.keys(labelExtractors ?? {}).length > 0;
  return !valueExtractor && !hasLabels && bucketOptions === undefined;
}
