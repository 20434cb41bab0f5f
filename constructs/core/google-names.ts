import type { Violation } from './mistake';

/**
 * A project id, domain-scoped ones (`example.com:my-project`) included. Used in JavaScript and in
 * Terraform, hence without backslashes.
 * Source: https://cloud.google.com/resource-manager/docs/creating-managing-projects
 */
export const PROJECT_ID_PATTERN = '^([a-z0-9.-]+[.][a-z]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$';

const REGION = /^[a-z]+-[a-z]+\d{1,2}$/;
const SERVICE_ACCOUNT_EMAIL = /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/;
const JOB_NAME = /^[A-Za-z0-9_-]{1,500}$/;
const JOB_ID = /^projects\/[^/]+\/locations\/[^/]+\/jobs\/[^/]+$/;

/**
 * The email of a project's service account. Accounts of the domain-scoped project
 * `example.com:my-project` are at `my-project.example.com`.
 */
export function accountEmail(accountId: string, projectId: string): string {
  const domain = projectId.split(':').reverse().join('.');
  return `${accountId}@${domain}.iam.gserviceaccount.com`;
}

export function checkProjectId(value: string): Violation[] {
  return check(new RegExp(PROJECT_ID_PATTERN), value, {
    wrong: 'is not a project id',
    expected:
      '6-30 lower-case letters, digits or hyphens, starting with a letter; or domain-scoped, example.com:my-project',
    fix: 'run `gcloud projects list` and use a PROJECT_ID',
  });
}

export function checkRegion(value: string): Violation[] {
  return check(REGION, value, {
    wrong: 'is not a region',
    expected: 'a name such as australia-southeast1',
    fix: 'run `gcloud scheduler locations list` and use one of them',
  });
}

export function checkServiceAccountEmail(value: string): Violation[] {
  return check(SERVICE_ACCOUNT_EMAIL, value, {
    wrong: 'is not the email of a service account',
    expected: 'NAME@PROJECT.iam.gserviceaccount.com',
    fix: 'run `gcloud iam service-accounts list` and use an EMAIL',
  });
}

/** Source: the `name` of https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs */
export function checkJobName(value: string): Violation[] {
  return check(JOB_NAME, value, {
    wrong: 'must be 1-500 letters, digits, _ or -',
    fix: 'use only A-Z, a-z, 0-9, _ and -',
  });
}

export function checkJobId(value: string): Violation[] {
  return check(JOB_ID, value, {
    wrong: 'is not the full id of a job',
    expected: 'projects/PROJECT/locations/REGION/jobs/NAME',
    fix: 'use the name that `gcloud scheduler jobs describe` prints',
  });
}

function check(pattern: RegExp, value: string, violation: Violation): Violation[] {
  return pattern.test(value) ? [] : [violation];
}
