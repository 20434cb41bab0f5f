import type { Mistake } from '../../constructs/core/mistake';
import { stackName, stageOfJobName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import { actionOf } from './actions';
import { plannedChanges, type PlannedChange } from './changes';
import { CONSENT_KINDS, type ConsentKind } from './consent';
import { finding, isFailing, type Finding } from './findings/finding';
import { jobFindings } from './findings/job';
import { planFindings } from './findings/plan';
import { resourceFindings } from './findings/resource';
import { isNews, JOB_TYPE, reviewJob, type JobReview } from './job/job';
import { driftIn, revertedPaths, type Drift } from './drift';
import { phrase } from './phrase';
import type { Plan, ResourceChange } from './plan/schema';
import { known } from './plan/values';

export interface ReviewOptions {
  /** The stage that the plan is said to be of. @default - told by the names of its jobs */
  readonly stage?: StageName;
  /** The kinds of failing findings to accept. What is broken never passes. @default - none */
  readonly allowed?: readonly ConsentKind[];
  /** Why the plan cannot be applied, in the words of terraform or HCP Terraform. */
  readonly failure?: string;
  /** The instant that next runs are counted from. */
  readonly now: Date;
}

export interface Review {
  /** As given, else the one that all jobs belong to; undefined when there is none such. */
  readonly stage: StageName | undefined;
  /** The stages that the names of the plan's jobs belong to. */
  readonly stages: readonly StageName[];
  readonly passed: boolean;
  /** The kinds of findings that were accepted in advance. */
  readonly allowed: readonly ConsentKind[];
  /** The kinds that would make a failing review pass; undefined when nothing would. */
  readonly needed: readonly ConsentKind[] | undefined;
  readonly terraformVersion: string | undefined;
  /** The gravest first. */
  readonly findings: readonly Finding[];
  /** The jobs that the plan does something with, in the plan's order. */
  readonly jobs: readonly JobReview[];
  readonly unchangedJobs: number;
  readonly drift: readonly Drift[];
  /** Everything that the plan does something with, jobs included. */
  readonly changes: readonly PlannedChange[];
  /** Names of the outputs that change. */
  readonly outputs: readonly string[];
}

/** What the plan does with resources that are no jobs. */
export function otherChanges({ changes }: Review): PlannedChange[] {
  return changes.filter(({ type }) => type !== JOB_TYPE);
}

/** The findings that a review fails by. */
export function failingFindings({ findings, allowed }: Review): Finding[] {
  return findings.filter((each) => isFailing(each, allowed));
}

const GRAVITY = ['broken', 'stops', 'security', 'notice'] as const;

/** Reviews a plan: pure, the same for the same plan, options and instant. */
export function reviewPlan(plan: Plan, options: ReviewOptions): Review {
  const { now, allowed = [] } = options;
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode !== 'data');
  const jobs = managed.filter(isJob).map((resource) => reviewJob(resource, now, plan.redacted));
  const others = managed.filter((resource) => !isJob(resource));
  const drift = driftIn(plan);
  const stages = stagesOf(jobs, drift);
  const findings = [
    ...planFindings(plan, options.failure),
    ...jobs.flatMap((job) => jobFindings(job, now, revertedPaths(drift, job.address))),
    ...renames(jobs),
    ...others.flatMap(resourceFindings),
    ...pausedOutside(drift),
  ].sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
  const failing = findings.filter((each) => isFailing(each, allowed));
  return {
    stage: options.stage ?? (stages.length === 1 ? stages[0] : undefined),
    stages,
    passed: failing.length === 0,
    allowed,
    needed: neededFor(failing),
    terraformVersion: plan.terraform_version,
    findings,
    jobs: jobs.filter(isNews),
    unchangedJobs: jobs.filter((job) => !isNews(job)).length,
    drift,
    changes: plannedChanges(plan),
    outputs: Object.entries(plan.output_changes ?? {})
      .filter(([, { actions }]) => actionOf(actions) !== 'unchanged')
      .map(([name]) => name),
  };
}

/** A plan is not reviewed as of another stage than its jobs are: the comment would mislead. */
export function checkStage({ stages }: Review, stage: StageName | undefined): Mistake[] {
  const other = stages.find((each) => each !== stage);
  if (stage === undefined || other === undefined) return [];
  return [
    {
      subject: '<stage>',
      given: stage,
      wrong: `the plan has jobs of ${other}`,
      expected: `a plan of ${stackName(stage)}`,
      fix: `write ${other}, or give the plan of ${stackName(stage)}`,
    },
  ];
}

function isJob({ type }: ResourceChange): boolean {
  return type === JOB_TYPE;
}

/** The stages that the names in the plan belong to. */
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

/** A task that is renamed in the table goes under one address and comes under another. */
function renames(jobs: readonly JobReview[]): Finding[] {
  const gone = jobs.filter((job) => job.action === 'destroyed');
  return jobs
    .filter((job) => job.action === 'created')
    .flatMap((job) => {
      const old = gone.find((candidate) => isAlike(candidate, job));
      if (old === undefined) return [];
      const message = phrase`${job.name} looks like ${old.name} renamed. Its history stays with the old job, and a run due in between is lost.`;
      return [finding(job, 'notice', 'job-renamed', message)];
    });
}

function isAlike({ before }: JobReview, { after }: JobReview): boolean {
  return ['description', 'http_target.0.uri'].some((path) => {
    const value = before && known(before.values, path);
    return value !== undefined && after !== undefined && known(after.values, path) === value;
  });
}

function pausedOutside(drift: readonly Drift[]): Finding[] {
  return drift.flatMap(({ address, name, changes }) => {
    const pause = changes.find(({ id }) => id === 'paused');
    if (pause?.after.kind !== 'value' || pause.after.text !== 'paused') return [];
    if (pause.response === 'reverts it') return [];
    const message = phrase`${name} was paused outside Terraform and stays paused.`;
    return [finding({ address }, 'notice', 'job-paused-outside-terraform', message)];
  });
}
