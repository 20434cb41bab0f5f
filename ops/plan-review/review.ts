import type { Mistake } from '../../constructs/core/mistake';
import { stackName, stageOfJobName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import { changedOutputs, isAffected, plannedChanges, type PlannedChange } from './changes';
import { CONSENT_KINDS, type ConsentKind } from './consent';
import { allJobsFindings } from './findings/all-jobs';
import { pauseFindings } from './findings/drift';
import { isFailing, SEVERITIES, type Finding } from './findings/finding';
import { jobFindings } from './findings/job';
import { liveFindings, type Mismatch } from './findings/live-job';
import { planFindings } from './findings/plan';
import { protectionFindings } from './findings/protection';
import { renameFindings } from './findings/renamed-jobs';
import { resourceFindings } from './findings/resource';
import { JOB_TYPE, reviewJob, type JobReview } from './job/job';
import { digestOf, type Digest } from './digest';
import { driftIn, revertedPaths, type Drift } from './drift';
import type { Plan, ResourceChange } from './plan/schema';

export interface ReviewOptions {
  /** The stage that is expected. @default - derived from the names of the jobs */
  readonly stage?: StageName;
  /** The kinds of failing findings to accept. A broken plan never passes. @default - none */
  readonly allowed?: readonly ConsentKind[];
  /** Why the plan cannot be applied, as terraform or HCP Terraform reports it. */
  readonly failure?: string;
  /** How the live jobs do not match the table. @default - not compared */
  readonly mismatches?: readonly Mismatch[];
  /** Next runs are those after this time. */
  readonly now: Date;
}

export interface Review {
  /** The given stage, or the one that all jobs belong to; undefined if they belong to several. */
  readonly stage: StageName | undefined;
  /** The stages of the plan's jobs, by their names. */
  readonly stages: readonly StageName[];
  readonly passed: boolean;
  /** The kinds of failing findings that were accepted. */
  readonly allowed: readonly ConsentKind[];
  /** The kinds that would make a failing review pass; undefined if nothing would. */
  readonly needed: readonly ConsentKind[] | undefined;
  readonly terraformVersion: string | undefined;
  /** The most severe first. */
  readonly findings: readonly Finding[];
  /** The jobs that the plan affects, in the plan's order. */
  readonly jobs: readonly JobReview[];
  readonly unchangedJobs: number;
  readonly drift: readonly Drift[];
  /** All resources that the plan affects, jobs included. */
  readonly changes: readonly PlannedChange[];
  /** The names of outputs that change. */
  readonly outputs: readonly string[];
  /** What changes, as hashes: for comparison with the plan that is applied later. */
  readonly digest: Digest;
}

/** What the plan does with resources other than jobs. */
export function otherChanges({ changes }: Review): PlannedChange[] {
  return changes.filter(({ type }) => type !== JOB_TYPE);
}

/** The findings that make a review fail. */
export function failingFindings({ findings, allowed }: Review): Finding[] {
  return findings.filter((each) => isFailing(each, allowed));
}

/** Reviews a plan. A pure function: the same input gives the same review. */
export function reviewPlan(plan: Plan, options: ReviewOptions): Review {
  const { now, allowed = [] } = options;
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  const jobs = managed.filter(isJob).map((resource) => reviewJob(resource, now, plan.redacted));
  const others = managed.filter((resource) => !isJob(resource));
  const drift = driftIn(plan);
  const stages = stagesOf(jobs, drift);
  const findings = [
    ...planFindings(plan, options.failure),
    ...protectionFindings(plan, options.failure),
    ...jobs.flatMap((job) => jobFindings(job, now, revertedPaths(drift, job.address))),
    ...allJobsFindings(jobs),
    ...renameFindings(jobs),
    ...others.flatMap(resourceFindings),
    ...pauseFindings(drift),
    ...liveFindings(options.mismatches ?? [], jobs),
  ].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const failing = findings.filter((each) => isFailing(each, allowed));
  return {
    stage: options.stage ?? (stages.length === 1 ? stages[0] : undefined),
    stages,
    passed: failing.length === 0,
    allowed,
    needed: neededFor(failing),
    terraformVersion: plan.terraform_version,
    findings,
    jobs: jobs.filter(isAffected),
    unchangedJobs: jobs.filter((job) => !isAffected(job)).length,
    drift,
    changes: plannedChanges(plan),
    outputs: changedOutputs(plan).map(([name]) => name),
    digest: digestOf(plan),
  };
}

/** Rejects a plan with jobs of another stage: its review would have the wrong heading. */
export function checkStage({ stages }: Review, stage: StageName | undefined): Mistake[] {
  const other = stages.find((each) => each !== stage);
  if (stage === undefined || other === undefined) return [];
  return [
    {
      subject: 'stage',
      given: stage,
      wrong: `the plan has jobs of ${other}`,
      fix: `pass ${other}, or a plan of ${stackName(stage)}`,
    },
  ];
}

function isJob({ type }: ResourceChange): boolean {
  return type === JOB_TYPE;
}

/** The stages of the jobs in the plan, by their names. */
function stagesOf(jobs: readonly JobReview[], drift: readonly Drift[]): StageName[] {
  const drifted = drift.filter(({ type }) => type === JOB_TYPE);
  return [...new Set([...jobs.map(({ stage }) => stage), ...drifted.map(stageOfDrift)])];
}

function stageOfDrift({ name }: Drift): StageName {
  return stageOfJobName(name);
}

function neededFor(failing: readonly Finding[]): ConsentKind[] | undefined {
  const kinds = failing.map(({ consent }) => consent);
  if (kinds.includes(undefined)) return undefined;
  return CONSENT_KINDS.filter((kind) => kinds.includes(kind));
}
