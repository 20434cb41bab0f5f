/**
 * The names of a log-based metric. Source: https://cloud.google.com/monitoring/promql/promql-mapping
 */
const TYPE = 'logging.googleapis.com/user/';
const PROMQL = 'logging_googleapis_com:user_';

/** `logging.googleapis.com/user/failures` */
export function typeOfLogMetric(name: string): string {
  return `${TYPE}${name}`;
}

/** `logging_googleapis_com:user_failures` */
export function promqlNameOfLogMetric(name: string): string {
  return `${PROMQL}${name.replace(/[^A-Za-z0-9_]/g, '_')}`;
}

/** The metric type of a PromQL name, provided that the metric's name has only letters, digits and _. */
export function metricTypeOf(promqlName: string): string {
  return promqlName.startsWith(PROMQL) ? `${TYPE}${promqlName.slice(PROMQL.length)}` : promqlName;
}
