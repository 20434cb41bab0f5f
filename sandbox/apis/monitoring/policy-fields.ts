import type { Fields } from '../../protocol/fields';

const CONDITION: Fields = {
  name: 'string',
  displayName: 'string',
  conditionMatchedLog: { message: { filter: 'string', labelExtractors: 'string map' } },
  conditionPrometheusQueryLanguage: {
    message: {
      query: 'string',
      duration: 'duration',
      evaluationInterval: 'duration',
      labels: 'string map',
      ruleGroup: 'string',
      alertRule: 'string',
      disableMetricValidation: 'bool',
    },
  },
  // Stored, never evaluated, as are the two below it.
  conditionMonitoringQueryLanguage: {
    message: {
      query: 'string',
      duration: 'duration',
      trigger: 'anything',
      evaluationMissingData: 'string',
    },
  },
  conditionSql: {
    message: {
      query: 'string',
      minutes: 'anything',
      hourly: 'anything',
      daily: 'anything',
      rowCountTest: 'anything',
      booleanTest: 'anything',
    },
  },
  conditionAbsent: {
    message: {
      filter: 'string',
      duration: 'duration',
      aggregations: 'anything',
      trigger: 'anything',
    },
  },
  conditionThreshold: {
    message: {
      filter: 'string',
      aggregations: 'anything',
      denominatorFilter: 'string',
      denominatorAggregations: 'anything',
      forecastOptions: 'anything',
      comparison: 'string',
      thresholdValue: 'anything',
      duration: 'duration',
      trigger: 'anything',
      evaluationMissingData: 'string',
    },
  },
};

/** The fields of an alert policy. */
export const POLICY: Fields = {
  name: 'string',
  displayName: 'string',
  documentation: {
    message: { content: 'string', mimeType: 'string', subject: 'string', links: 'anything' },
  },
  userLabels: 'string map',
  conditions: { list: { message: CONDITION } },
  combiner: { enum: ['COMBINE_UNSPECIFIED', 'AND', 'OR', 'AND_WITH_MATCHING_RESOURCE'] },
  enabled: 'bool',
  validity: 'output',
  notificationChannels: { list: 'string' },
  creationRecord: 'output',
  mutationRecord: 'output',
  alertStrategy: {
    message: {
      notificationRateLimit: { message: { period: 'duration' } },
      notificationPrompts: { list: 'string' },
      autoClose: 'duration',
      notificationChannelStrategy: 'anything',
    },
  },
  severity: { enum: ['SEVERITY_UNSPECIFIED', 'CRITICAL', 'ERROR', 'WARNING'] },
};
