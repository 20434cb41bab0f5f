import { GoogleError } from '../google/error';
import { gcloud, manual } from '../fixes/fix';
import { found, ok, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';

/** Whether Google accepts the credentials and the project exists. */
export function checkProject({ project, location }: Snapshot): CheckResult[] {
  const accepted = ok('credentials', 'Google Cloud', 'accepted');
  const { project: id } = location;
  switch (project.kind) {
    case 'unknown': {
      const { error } = project;
      // Any other error than 401 means accepted: a 403 may be a missing permission or API.
      return error instanceof GoogleError && error.httpStatus !== 401
        ? [accepted, found('project-unreadable', id, error.what, error.fix)]
        : [found('credentials-rejected', 'Google Cloud', error.what, error.fix)];
    }
    case 'absent': {
      const fix = manual('set GCP_PROJECT_ID to one that gcloud projects list shows');
      return [accepted, found('project-missing', id, 'the project does not exist', fix)];
    }
    case 'value': {
      const { lifecycleState = 'ACTIVE', projectNumber } = project.value;
      if (lifecycleState === 'ACTIVE')
        return [accepted, ok('project', id, `number ${projectNumber}`)];
      const cause = `the project is being deleted (${lifecycleState})`;
      return [accepted, found('project-deleted', id, cause, gcloud('projects', 'undelete', id))];
    }
  }
}
