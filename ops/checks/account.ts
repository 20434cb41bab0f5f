import { reporter, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';
import { gcloud } from '../fixes/fix';

/** Whether the service account that calls the worker exists and is enabled. */
export function checkAccount({ account, accountEmail, location }: Snapshot): CheckResult[] {
  const existence = reporter('account-exists', accountEmail);
  switch (account.kind) {
    case 'unknown':
      return [existence.failure(account.error.what, account.error.fix)];
    case 'absent': {
      const [id = ''] = accountEmail.split('@');
      return [
        existence.failure(
          'the service account does not exist',
          gcloud('iam', 'service-accounts', 'create', id, `--project=${location.project}`),
        ),
      ];
    }
    case 'value':
      return [
        existence.ok('exists'),
        account.value.disabled
          ? reporter('account-enabled', accountEmail).failure(
              'the service account is disabled',
              gcloud(
                ...['iam', 'service-accounts', 'enable', accountEmail],
                `--project=${location.project}`,
              ),
            )
          : reporter('account-enabled', accountEmail).ok('enabled'),
      ];
  }
}
