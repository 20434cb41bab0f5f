import { reporter, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';
import { gcloud } from '../fixes/fix';

/** Whether the APIs that jobs, deploys and operations need are enabled. */
export function checkApis({ apis, location }: Snapshot): CheckResult[] {
  return apis.map(([service, enabled]) => {
    const report = reporter('api-enabled', service);
    if (enabled.kind === 'unknown') {
      return report.unknown(enabled.error);
    }
    if (enabled.kind === 'value' && enabled.value) return report.ok('enabled');
    return report.failure(
      'the API is not enabled',
      gcloud('services', 'enable', service, `--project=${location.project}`),
    );
  });
}
