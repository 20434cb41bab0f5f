import { CALLS, type Call, type Place } from './calls';
import { KINDS, type Kind } from './identities';

/** A role of the project's own, with what a kind of identity needs at a place and nothing else. */
export interface CustomRole {
  /** `scheduledJobsDeployProject` */
  readonly id: string;
  readonly title: string;
  readonly permissions: readonly string[];
  /** What it is for: a reason for each kind of call. */
  readonly whys: readonly string[];
}

/** Custom roles can be granted only in their project, and the bucket may be in another. */
export type CustomPlace = Exclude<Place, 'bucket'>;

const CUSTOM_PLACES: readonly CustomPlace[] = ['project', 'service', 'account'];

const ON: Readonly<Record<CustomPlace, string>> = {
  project: 'the project',
  service: 'a Cloud Run service',
  account: 'a service account',
};

/** Google's roles for the state's bucket. */
export const BUCKET_ROLES: Readonly<Record<Kind, string>> = {
  plan: 'roles/storage.objectViewer',
  doctor: 'roles/storage.objectViewer',
  deploy: 'roles/storage.objectUser',
};

/** The permissions that a kind of identity needs at a place, sorted. */
export function permissionsOf(kind: Kind, place: Place): string[] {
  return [...new Set(callsOf(kind, place).flatMap(({ needs }) => needs[place] ?? []))].sort();
}

function callsOf(kind: Kind, place: Place): Call[] {
  return CALLS.filter(({ by, needs }) => by.includes(kind) && needs[place] !== undefined);
}

export function roleOf(kind: Kind, place: CustomPlace): CustomRole {
  return {
    id: `scheduledJobs${capitalized(kind)}${capitalized(place)}`,
    title: `Scheduled jobs: ${kind}, on ${ON[place]}`,
    permissions: permissionsOf(kind, place),
    whys: callsOf(kind, place).map(({ why }) => why),
  };
}

export const CUSTOM_ROLES: readonly CustomRole[] = KINDS.flatMap((kind) =>
  CUSTOM_PLACES.map((place) => roleOf(kind, place)),
);

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
