import { GoogleError } from '../google/error';
import { reporter, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';
import { gcloud, manual } from '../fixes/fix';

/** Whether Google accepts the credentials and the project exists. */
export function checkProject({ project, location }: Snapshot): CheckResult[] {
  const credentials = reporter('credentials', 'Google Cloud');
  const existence = reporter('project', location.project);
  switch (project.kind) {
    case 'unknown': {
      const { error } = project;
      // Any other error than 401 means accepted: a 403 may be a missing permission or API.
      const areAccepted = error instanceof GoogleError && error.httpStatus !== 401;
      return areAccepted
        ? [credentials.ok('accepted'), existence.failure(error.what, error.fix)]
        : [credentials.failure(error.what, error.fix)];
    }
    case 'absent':
      return [
        credentials.ok('accepted'),
        existence.failure(
          'the project does not exist',
          manual('set GCP_PROJECT_ID to one that gcloud projects list shows'),
        ),
      ];
    case 'value': {
      const { lifecycleState = 'ACTIVE', projectNumber } = project.value;
      const isActive = lifecycleState === 'ACTIVE';
      return [
        credentials.ok('accepted'),
        isActive
          ? existence.ok(`number ${projectNumber}`)
          : existence.failure(
              `the project is being deleted (${lifecycleState})`,
              gcloud('projects', 'undelete', location.project),
            ),
      ];
    }
  }
}
