import { STAGE_NAMES, type StageName } from '../../stages/stages';

/**
 * - `plan`: what pull requests and the plans before an approval run as.
 * - `doctor`: what the morning check runs as, on main only.
 * - `deploy`: what applies a stage's plan; each stage has its own.
 */
export const KINDS = ['plan', 'doctor', 'deploy'] as const;

export type Kind = (typeof KINDS)[number];

/** A service account of the workflows. */
export interface Identity {
  readonly kind: Kind;
  /** `plan`, `deploy-prod`; also in the service account's id. */
  readonly name: string;
  readonly displayName: string;
  /** The stages whose worker, account and state it may use. */
  readonly stages: readonly StageName[];
}

export const PLAN: Identity = {
  kind: 'plan',
  name: 'plan',
  displayName: 'Scheduled jobs: plans, read-only',
  stages: STAGE_NAMES,
};

export const DOCTOR: Identity = {
  kind: 'doctor',
  name: 'doctor',
  displayName: 'Scheduled jobs: morning check, read-only',
  stages: STAGE_NAMES,
};

export function deployerOf(stage: StageName): Identity {
  return {
    kind: 'deploy',
    name: `deploy-${stage}`,
    displayName: `Scheduled jobs: deploys of ${stage}`,
    stages: [stage],
  };
}

export const IDENTITIES: readonly Identity[] = [PLAN, DOCTOR, ...STAGE_NAMES.map(deployerOf)];

/** The id of its service account, at most 30 characters. */
export function accountIdOf({ name }: Identity): string {
  return `scheduled-jobs-${name}`;
}
