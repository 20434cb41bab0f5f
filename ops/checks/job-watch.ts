import { failedRunsAlertName, missedRunsAlertName } from '../../constructs/core/alert-names';
import { stackName } from '../../stages/naming';
import { monitoringOf } from '../../stages/monitoring';
import { durationInWords } from '../durations';
import type { AlertPolicy } from '../google/monitoring';
import { reporter, type CheckResult } from './check-result';
import type { Survey, SurveyedJob } from './survey';

/** Which alerts watch a job: for failed runs, and for missed ones where such an alert can fire. */
export function checkJobWatch(
  survey: Survey,
  { table }: SurveyedJob,
  timeZone: string,
): CheckResult[] {
  const { alertPolicies, stage } = survey;
  const report = reporter('job-watched', table.name);
  if (alertPolicies.kind === 'unknown') {
    return [report.warning(`not known: ${alertPolicies.error.what}`, alertPolicies.error.fix)];
  }
  const policies = alertPolicies.kind === 'value' ? alertPolicies.value : [];
  const { missedAfterSeconds, reason } = monitoringOf(table.definition, timeZone);
  const expected = [
    ['failed runs', failedRunsAlertName(stackName(stage))],
    ...(missedAfterSeconds === undefined ? [] : [['missed runs', missedRunsAlertName(table.name)]]),
  ] as [what: string, name: string][];
  const missing = expected.filter(([, name]) => !isWatching(policies, name));
  if (missing.length > 0) {
    const kinds = missing.map(([what]) => what).join(' and ');
    return [report.warning(`no alert watches for ${kinds}`, `just gcp-scheduler-setup ${stage}`)];
  }
  const missed =
    missedAfterSeconds === undefined
      ? `none for missed ones: ${reason ?? ''}`
      : `for no success in ${durationInWords(missedAfterSeconds * 1000)}`;
  const silent = expected.every(([, name]) => channelsOf(policies, name) === 0);
  return [
    report.ok(`alerts for failed runs, ${missed}${silent ? '; nobody is told of them' : ''}`),
  ];
}

function isWatching(policies: readonly AlertPolicy[], name: string): boolean {
  return policies.some(({ displayName, enabled = true }) => displayName === name && enabled);
}

function channelsOf(policies: readonly AlertPolicy[], name: string): number {
  const policy = policies.find(({ displayName }) => displayName === name);
  return policy?.notificationChannels?.length ?? 0;
}
