import { reporter, type CheckResult } from './check-result';
import type { Survey } from './survey';

/** Whether the account that the jobs call the worker as is there and enabled. */
export function checkAccount({ account, accountEmail, location }: Survey): CheckResult[] {
  const existence = reporter('account-exists', accountEmail);
  switch (account.kind) {
    case 'unknown':
      return [existence.failure(account.error.what, account.error.fix)];
    case 'absent': {
      const [id = ''] = accountEmail.split('@');
      return [
        existence.failure(
          'there is no such service account',
          `gcloud iam service-accounts create ${id} --project=${location.project}`,
        ),
      ];
    }
    case 'value':
      return [
        existence.ok('there'),
        account.value.disabled
          ? reporter('account-enabled', accountEmail).failure(
              'the service account is disabled',
              `gcloud iam service-accounts enable ${accountEmail} --project=${location.project}`,
            )
          : reporter('account-enabled', accountEmail).ok('enabled'),
      ];
  }
}
