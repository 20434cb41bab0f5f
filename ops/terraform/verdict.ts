import fs from 'node:fs';
import { suggest } from '../../constructs/core/suggest';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { Failed, messageOf, UsageError } from '../errors';
import { CONSENT_KINDS, CONSENTS, type ConsentKind } from '../plan-review/consent';
import { reviewInMarkdown } from '../plan-review/markdown/render';
import type { Plan } from '../plan-review/plan/schema';
import { checkStage, reviewPlan, type Review } from '../plan-review/review';
import { confirm } from '../terminal';
import type { StagePlan } from './plan';
import type { Stack } from './stack';

/** How a plan is judged. */
export interface Terms {
  /** The kinds of failing findings to accept. */
  readonly allowed: readonly ConsentKind[];
  /** A file for the review as Markdown, written whether it passes or fails. @default - none */
  readonly reviewFile?: string;
}

export const ALLOW = '--allow <kinds>';
export const ALLOW_HELP = `kinds of failing findings to accept, separated by commas: ${CONSENT_KINDS.map(
  (kind) => `${kind} (${CONSENTS[kind]})`,
).join('; ')}`;
export const REVIEW_FILE = '--review-file <file>';
export const REVIEW_FILE_HELP = 'write the review to this file as Markdown, also when it fails';

/**
 * The one verdict on a plan, for everyone who may apply it.
 *
 * @throws UsageError when it is a plan of another stage
 */
export async function judge(plan: StagePlan, stage: StageName, terms: Terms): Promise<Review> {
  const document = await plan.read();
  // Reading it may be what shows that it is broken.
  return judgePlan(document, stage, terms, plan.failure);
}

/**
 * The same for a plan that was read already.
 *
 * @param failure - why it cannot be applied, in the words of terraform or HCP Terraform
 */
export function judgePlan(
  plan: Plan,
  stage: StageName | undefined,
  { allowed, reviewFile }: Terms,
  failure?: string,
): Review {
  const review = reviewPlan(plan, { stage, allowed, failure, now: new Date() });
  const mistakes = checkStage(review, stage);
  if (mistakes.length > 0) throw new UsageError(mistakes);
  writeReview(review, reviewFile);
  return review;
}

/** Writes a review as Markdown, for a comment or the summary of a workflow's step. */
function writeReview(review: Review, file: string | undefined): void {
  if (file === undefined) return;
  try {
    fs.writeFileSync(file, `${reviewInMarkdown(review)}\n`);
  } catch (error) {
    throw new Failed(
      `The review could not be written to ${file} (${messageOf(error)}), so nothing was changed.`,
      'give --review-file a path that can be written',
    );
  }
}

/**
 * Ends a command whose plan fails review, unless the operator types the stack's name.
 *
 * @param command - the recipe that is to be repeated with the consent: `setup`
 * @throws Failed when the plan must not be applied
 */
export async function requireConsent(
  { terminal, signal }: Context,
  { name, stage }: Stack,
  { passed, needed }: Review,
  command: string,
): Promise<void> {
  if (passed) return;
  if (needed === undefined) {
    throw new Failed(
      `Nothing was changed: the plan of ${name} cannot be relied on.`,
      'resolve what the review lists first; no option accepts it',
    );
  }
  const kinds = needed.join(',');
  if (!terminal.input.isTTY) {
    throw new Failed(
      `Nothing was changed: the plan of ${name} fails review.`,
      `if it is meant, just gcp-scheduler-${command} ${stage} --allow ${kinds}`,
    );
  }
  const question = `The plan of ${name} fails review (${kinds}). Apply it anyway?`;
  if (await confirm(terminal, { question, expected: name, given: undefined, signal })) return;
  throw new Failed('Nothing was changed.');
}

/**
 * The kinds in a list that was typed.
 *
 * @throws UsageError for a kind that there is none of
 */
export function readKinds(given: string | undefined): ConsentKind[] {
  if (given === undefined) return [];
  const names = given
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.filter((name) => !isKind(name));
  if (names.length > 0 && unknown.length === 0) return names.filter(isKind);
  const meant = suggest(unknown[0] ?? '', CONSENT_KINDS) ?? 'destroy';
  throw new UsageError([
    {
      subject: '--allow',
      given,
      wrong: unknown.length === 0 ? 'it names no kind' : `there is no kind ${unknown.join(', ')}`,
      expected: CONSENT_KINDS.join(', '),
      fix: `name the kinds that the review asks for, such as --allow ${meant}`,
    },
  ]);
}

function isKind(name: string): name is ConsentKind {
  return CONSENT_KINDS.some((kind) => kind === name);
}
