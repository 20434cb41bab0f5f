import { gcloud } from '../fixes/fix';
import { found, ok, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';

/** Whether the service account that calls the worker exists and is enabled. */
export function checkAccount({ account, accountEmail, location }: Snapshot): CheckResult[] {
  const project = `--project=${location.project}`;
  switch (account.kind) {
    case 'unknown': {
      const { what, fix } = account.error;
      return [found('account-unreadable', accountEmail, what, fix)];
    }
    case 'absent': {
      const [id = ''] = accountEmail.split('@');
      const fix = gcloud('iam', 'service-accounts', 'create', id, project);
      return [found('account-missing', accountEmail, 'the service account does not exist', fix)];
    }
    case 'value': {
      const exists = ok('account-exists', accountEmail, 'exists');
      if (!account.value.disabled) return [exists, ok('account-enabled', accountEmail, 'enabled')];
      const fix = gcloud('iam', 'service-accounts', 'enable', accountEmail, project);
      return [
        exists,
        found('account-disabled', accountEmail, 'the service account is disabled', fix),
      ];
    }
  }
}
