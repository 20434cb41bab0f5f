import { reporter, type CheckResult } from './check-result';
import type { Survey } from './survey';

/** Whether the APIs are enabled that jobs, deploys and operations need. */
export function checkApis({ apis, location }: Survey): CheckResult[] {
  return apis.map(([service, enabled]) => {
    const report = reporter('api-enabled', service);
    if (enabled.kind === 'unknown') {
      return report.warning(`not known: ${enabled.error.what}`, enabled.error.fix);
    }
    if (enabled.kind === 'value' && enabled.value) return report.ok('enabled');
    return report.failure(
      'it is not enabled',
      `gcloud services enable ${service} --project=${location.project}`,
    );
  });
}
