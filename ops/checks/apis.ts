import { gcloud } from '../fixes/fix';
import { found, ok, unreadable, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';

/** Whether the APIs that jobs, deploys and operations need are enabled. */
export function checkApis({ apis, location }: Snapshot): CheckResult[] {
  const disabled = apis
    .filter(
      ([, enabled]) => enabled.kind === 'absent' || (enabled.kind === 'value' && !enabled.value),
    )
    .map(([service]) => service);
  // One command for all.
  const fix = gcloud('services', 'enable', ...disabled, `--project=${location.project}`);
  return apis.map(([service, enabled]) => {
    if (enabled.kind === 'unknown') return unreadable('api-enabled', service, enabled.error);
    if (!disabled.includes(service)) return ok('api-enabled', service, 'enabled');
    return found('api-disabled', service, 'the API is not enabled', fix);
  });
}
