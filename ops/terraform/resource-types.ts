import { JOB_TYPE } from '../plan-review/job/job';

export const METRIC = 'google_logging_metric';
export const ALERT = 'google_monitoring_alert_policy';
export const CHANNEL = 'google_monitoring_notification_channel';

/** What a deploy without an import would make twice, or fail to make. */
export const UNREPEATABLE: readonly string[] = [JOB_TYPE, METRIC, ALERT];
