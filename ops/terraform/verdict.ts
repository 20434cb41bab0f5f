import fs from 'node:fs';
import { suggest } from '../../constructs/core/suggest';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { Failed, messageOf, UsageError } from '../errors';
import { describeLocation } from '../google/scheduler';
import { CONSENT_KINDS, CONSENTS, type ConsentKind } from '../plan-review/consent';
import { digestInText } from '../plan-review/digest';
import { reviewInMarkdown } from '../plan-review/markdown/render';
import type { Mismatch } from '../plan-review/findings/live-job';
import type { Plan } from '../plan-review/plan/schema';
import { checkStage, reviewPlan, type Review } from '../plan-review/review';
import { confirm } from '../terminal';
import type { StagePlan } from './plan';
import { deletionRefused } from './protection';
import type { Stack } from './stack';
import { manual, recipe, when, type FixCommand } from '../fixes/fix';

/** What a verdict depends on besides the plan. */
export interface Terms {
  /** The kinds of failing findings to accept. */
  readonly allowed: readonly ConsentKind[];
  /** A file to write the review to as Markdown, whether it passes or fails. @default - none */
  readonly reviewFile?: string;
  /** A file to write the digest of the changes to. @default - none */
  readonly digestFile?: string;
  /** How the live jobs do not match the table. @default - not compared */
  readonly mismatches?: readonly Mismatch[];
}

const KINDS = CONSENT_KINDS.map((kind) => `${kind} (${CONSENTS[kind]})`).join('; ');
export const ALLOW = [
  '--allow <kinds>',
  `comma-separated kinds of failing findings to accept: ${KINDS}`,
] as const;
export const REVIEW_FILE = [
  '--review-file <file>',
  'write the review to this file as Markdown, even if it fails',
] as const;

/**
 * The verdict on a plan, the same for every command.
 *
 * @throws UsageError if it is a plan of another stage
 */
export async function judge(plan: StagePlan, stage: StageName, terms: Terms): Promise<Review> {
  const document = await plan.read();
  // Must follow `read`, which may find the failure.
  return judgePlan(document, stage, terms, plan.failure);
}

/**
 * The same for a plan that was already read.
 *
 * @param failure - why it cannot be applied, as terraform or HCP Terraform reports it
 */
export function judgePlan(
  plan: Plan,
  stage: StageName | undefined,
  { allowed, reviewFile, digestFile, mismatches }: Terms,
  failure?: string,
): Review {
  const review = reviewPlan(plan, { stage, allowed, failure, mismatches, now: new Date() });
  const mistakes = checkStage(review, stage);
  if (mistakes.length > 0) throw new UsageError(mistakes);
  write(`${reviewInMarkdown(review)}\n`, '--review-file', reviewFile);
  write(`${digestInText(review.digest)}\n`, '--digest-file', digestFile);
  return review;
}

/** Writes what a workflow reads: a review for a comment or a step's summary, or its digest. */
function write(content: string, option: string, file: string | undefined): void {
  if (file === undefined) return;
  try {
    fs.writeFileSync(file, content);
  } catch (error) {
    throw new Failed(
      `The review could not be written to ${file} (${messageOf(error)}), so nothing was changed.`,
      manual(`pass ${option} a writable path`),
    );
  }
}

/**
 * Stops a command whose plan fails review, unless the operator types the stack's name.
 *
 * @param command - the command to repeat with the consent
 * @param options - its other options
 * @throws Failed if the plan must not be applied
 */
export async function requireConsent(
  context: Context,
  { name, stage }: Stack,
  review: Review,
  command: FixCommand,
  ...options: readonly string[]
): Promise<void> {
  const { passed, needed } = review;
  if (passed) return;
  requireNoneProtected({ name, stage }, review);
  if (needed === undefined) {
    throw new Failed(
      `Nothing was changed: the plan of ${name} cannot be relied on.`,
      manual('resolve the problems in the review; no option accepts them'),
    );
  }
  const kinds = needed.join(',');
  if (!context.terminal.input.isTTY) {
    throw new Failed(
      `Nothing was changed: the plan of ${name} fails review.`,
      when('if this is intended', recipe(command, stage, ...options, '--allow', kinds)),
    );
  }
  const question = `The plan of ${name} fails review (${kinds}). Apply it to ${describeLocation(context.location)} anyway?`;
  const refusal = 'Nothing was changed.';
  await confirm(context, { question, expected: name, given: undefined, refusal });
}

/** No consent accepts the deletion of what is protected. */
function requireNoneProtected(stack: Pick<Stack, 'name' | 'stage'>, { findings }: Review): void {
  const addresses = findings
    .filter(({ severity }) => severity === 'protected')
    .flatMap(({ address }) => address ?? []);
  if (addresses.length > 0) throw deletionRefused(stack, addresses);
}

/**
 * Parses a comma-separated list of kinds.
 *
 * @throws UsageError for an unknown kind
 */
export function readKinds(given: string | undefined): ConsentKind[] {
  if (given === undefined) return [];
  const names = given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.filter((name) => !isKind(name));
  if (names.length > 0 && unknown.length === 0) return names.filter(isKind);
  const suggestion = suggest(unknown[0] ?? '', CONSENT_KINDS) ?? 'destroy';
  throw new UsageError({
    subject: '--allow',
    given,
    wrong: unknown.length === 0 ? 'must not be empty' : `unknown kind ${unknown.join(', ')}`,
    expected: CONSENT_KINDS.join(', '),
    fix: `pass the kinds that the review lists, such as --allow ${suggestion}`,
  });
}

function isKind(name: string): name is ConsentKind {
  return CONSENT_KINDS.some((kind) => kind === name);
}
