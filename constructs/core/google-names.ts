import type { Violation } from './mistake';

/**
 * A project id, domain-scoped ones (`example.com:my-project`) included. Read by JavaScript and by
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
    wrong: 'it is not a project id',
    expected:
      '6 to 30 lower-case letters, digits and hyphens, from a letter on, after example.com: if domain-scoped',
    fix: 'take the PROJECT_ID column of gcloud projects list',
  });
}

export function checkRegion(value: string): Violation[] {
  return check(REGION, value, {
    wrong: 'it does not have the shape of a region',
    expected: 'names such as australia-southeast1',
    fix: 'take one of gcloud scheduler locations list',
  });
}

export function checkServiceAccountEmail(value: string): Violation[] {
  return check(SERVICE_ACCOUNT_EMAIL, value, {
    wrong: 'it is not the email of a service account',
    expected: 'NAME@PROJECT.iam.gserviceaccount.com',
    fix: 'take the EMAIL column of gcloud iam service-accounts list',
  });
}

/** Source: the `name` of https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs */
export function checkJobName(value: string): Violation[] {
  return check(JOB_NAME, value, {
    wrong: 'it is not the name of a job',
    expected: '1 to 500 of A-Z, a-z, 0-9, _ and -',
    fix: 'leave out every other character',
  });
}

export function checkJobId(value: string): Violation[] {
  return check(JOB_ID, value, {
    wrong: 'it is not the full id of a job',
    expected: 'projects/PROJECT/locations/REGION/jobs/NAME',
    fix: 'take the name that gcloud scheduler jobs describe prints',
  });
}

function check(pattern: RegExp, value: string, violation: Violation): Violation[] {
  return pattern.test(value) ? [] : [violation];
}
