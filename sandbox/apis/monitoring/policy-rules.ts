import { metricTypeOf } from '../../monitoring/metric-names';
import type { AlertPolicy, Condition } from '../../world/alert-policy';
import { parseExtractor } from '../../monitoring/extractor';
import { isWithoutData, parseQuery } from '../../monitoring/promql';
import { ApiError, invalidArgument } from '../../protocol/errors';
import { parseSeconds } from '../../protocol/duration';
import { parseFilter } from '../../protocol/log-filter';

/** Whether a condition can use a metric such as `logging.googleapis.com/user/failures`. */
export type MetricExists = (type: string) => boolean;

/** Source: https://cloud.google.com/monitoring/quotas#alerting_uptime_limits */
const MAX_CONDITIONS = 6;
/** 23 h 30 min. Source: https://cloud.google.com/monitoring/alerts/metric-absence */
const MAX_ABSENCE_SECONDS = 84_600;

/**
 * Checks a policy as Cloud Monitoring does.
 *
 * @throws ApiError INVALID_ARGUMENT if the policy is invalid; NOT_FOUND if a metric does not exist, or
 *   has not existed for long enough
 */
export function checkPolicy(
  policy: AlertPolicy,
  metricExists: MetricExists,
  isCounted: (metricType: string) => boolean,
): void {
  const { conditions } = policy;
  if (policy.displayName === '') throw invalidArgument('Field displayName must be set.');
  if (conditions.length < 1 || conditions.length > MAX_CONDITIONS) {
    throw invalidArgument(`Field conditions must have 1 to ${MAX_CONDITIONS} elements.`);
  }
  checkLogMatch(policy);
  for (const condition of conditions) {
    checkCondition(condition, metricExists);
    const { query } = condition.conditionPrometheusQueryLanguage ?? {};
    const types =
      query === undefined || isWithoutData(query)
        ? []
        : parseQuery(query).metrics.map(metricTypeOf);
    const uncounted = types.find((type) => !isCounted(type));
    if (uncounted !== undefined) {
      throw invalidArgument(
        `The sandbox counts only metrics without labels and distribution, not ${uncounted}.`,
      );
    }
  }
}

function checkLogMatch({ conditions, alertStrategy }: AlertPolicy): void {
  const isLogMatch = conditions.some((condition) => condition.conditionMatchedLog !== undefined);
  const hasRateLimit = alertStrategy?.notificationRateLimit?.period !== undefined;
  if (isLogMatch && conditions.length > 1) {
    throw invalidArgument(
      'Field conditions: a condition_matched_log must be the only condition of its policy.',
    );
  }
  if (isLogMatch && !hasRateLimit) {
    throw invalidArgument(
      'Field alert_strategy.notification_rate_limit must be set for log-based alert policies.',
    );
  }
  if (!isLogMatch && hasRateLimit) {
    throw invalidArgument(
      'Field alert_strategy.notification_rate_limit is only supported for log-based alert policies.',
    );
  }
}

function checkCondition(condition: Condition, metricExists: MetricExists): void {
  const {
    conditionMatchedLog: log,
    conditionPrometheusQueryLanguage: promql,
    conditionMonitoringQueryLanguage: mql,
    conditionSql: sql,
    conditionAbsent: absent,
    conditionThreshold: threshold,
  } = condition;
  const given = [log, promql, mql, sql, absent, threshold].filter((kind) => kind !== undefined);
  if (given.length !== 1) {
    throw invalidArgument(
      'Field conditions: each must have exactly one of the kinds that the sandbox supports: matched ' +
        'log, PromQL, MQL, SQL, absent, threshold.',
    );
  }
  if (log !== undefined) {
    parseFilter(log.filter);
    Object.values(log.labelExtractors ?? {}).forEach(parseExtractor);
  }
  if (promql !== undefined) checkPromql(promql, metricExists);
  if (absent !== undefined && (parseSeconds(absent.duration) ?? 0) > MAX_ABSENCE_SECONDS) {
    throw invalidArgument(
      'Field conditions[0].condition_absent.duration must be at most 84600s (23 hours 30 minutes).',
    );
  }
  const filter = absent?.filter ?? threshold?.filter;
  const type = /metric\.type\s*=\s*"([^"]+)"/.exec(filter ?? '')?.[1];
  if (type !== undefined) requireMetric(type, metricExists);
}

function checkPromql(
  promql: NonNullable<Condition['conditionPrometheusQueryLanguage']>,
  metricExists: MetricExists,
): void {
  const interval = parseSeconds(promql.evaluationInterval ?? '30s') ?? 0;
  if (interval <= 0 || interval % 30 !== 0) {
    throw invalidArgument(
      'Field evaluation_interval must be a positive multiple of 30 seconds or missing.',
    );
  }
  if (isWithoutData(promql.query)) return;
  if ((parseSeconds(promql.duration ?? '0s') ?? 0) !== 0) {
    throw invalidArgument('The sandbox supports only PromQL conditions with duration 0s.');
  }
  const { metrics } = parseQuery(promql.query);
  if (promql.disableMetricValidation) return;
  for (const name of metrics) requireMetric(metricTypeOf(name), metricExists);
}

/** Source: https://github.com/hashicorp/terraform-provider-google/issues/11102 */
function requireMetric(type: string, metricExists: MetricExists): void {
  if (metricExists(type)) return;
  throw new ApiError(
    'NOT_FOUND',
    `Cannot find metric(s) that match type = "${type}". If a metric was created recently, it ` +
      'could take up to 10 minutes to become available. Please try again soon.',
  );
}
