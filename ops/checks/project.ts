import { GoogleError } from '../google/error';
import { reporter, type CheckResult } from './check-result';
import type { Survey } from './survey';

/** Whether Google takes the credentials, and the project is there. */
export function checkProject({ project, location }: Survey): CheckResult[] {
  const credentials = reporter('credentials', 'Google Cloud');
  const existence = reporter('project', location.project);
  switch (project.kind) {
    case 'unknown': {
      const { error } = project;
      // Taken, if Google refuses no more than this: a 403 may be a missing permission or API.
      const isTaken = error instanceof GoogleError && error.httpStatus !== 401;
      return isTaken
        ? [credentials.ok('taken'), existence.failure(error.what, error.fix)]
        : [credentials.failure(error.what, error.fix)];
    }
    case 'absent':
      return [
        credentials.ok('taken'),
        existence.failure('there is no such project', 'gcloud projects list'),
      ];
    case 'value': {
      const { lifecycleState = 'ACTIVE', projectNumber } = project.value;
      const isActive = lifecycleState === 'ACTIVE';
      return [
        credentials.ok('taken'),
        isActive
          ? existence.ok(`number ${projectNumber}`)
          : existence.failure(
              `it is being deleted (${lifecycleState})`,
              `gcloud projects undelete ${location.project}`,
            ),
      ];
    }
  }
}
