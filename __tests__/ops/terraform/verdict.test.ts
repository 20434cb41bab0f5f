import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Context } from '../../../ops/context';
import { Failed, UsageError } from '../../../ops/errors';
import type { StagePlan } from '../../../ops/terraform/plan';
import type { Stack } from '../../../ops/terraform/stack';
import { judge, judgePlan, readKinds, requireConsent } from '../../../ops/terraform/verdict';
import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
import { plainText } from '../../../ops/plan-review/phrase';
import type { Review } from '../../../ops/plan-review/review';
import { temporaryFolder } from '../../support/temporary-folder';
import { jobChange, planOf, realPlan } from '../plan-review/support/plans';

const STACK = { stage: 'prod', name: 'validibot-prod' } as Stack;

function planned(name: string, failure?: string): StagePlan {
  return {
    hasChanges: true,
    failure,
    read: () => Promise.resolve(realPlan(name)),
    apply: () => Promise.reject(new Error('must not be applied')),
    release: () => Promise.resolve(),
  };
}

function reviewed(name: string, allowed: Parameters<typeof judge>[2]['allowed'] = []) {
  return judge(planned(name), 'prod', { allowed });
}

/** A context with a terminal and what is typed there; without `typed`, there is no terminal. */
function contextWith(typed?: string): Context & { shown: () => string } {
  const input = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  if (typed !== undefined) input.push(typed);
  const errors = new PassThrough();
  let shown = '';
  errors.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const { signal } = new AbortController();
  const location = { project: 'my-project', region: 'us-central1' };
  const terminal = { input, output: errors, errors };
  return { terminal, signal, location, shown: () => shown } as never;
}

function consent(review: Review, typed?: string) {
  return requireConsent(contextWith(typed), STACK, review, 'setup');
}

describe('a plan that fails review', () => {
  it('is rejected without a terminal, with the consent that it needs', async () => {
    const asked = consent(await reviewed('destroy'));
    await expect(asked).rejects.toBeInstanceOf(Failed);
    await expect(asked).rejects.toThrow(
      'Nothing was changed: the plan of validibot-prod fails review.\n' +
        'Fix: if this is intended, just gcp-scheduler-setup prod --allow destroy',
    );
  });

  it('is accepted only by its kind of consent', async () => {
    await expect(consent(await reviewed('destroy', ['stop']))).rejects.toBeInstanceOf(Failed);
    await expect(consent(await reviewed('destroy', ['destroy']))).resolves.toBeUndefined();
    await expect(consent(await reviewed('paused', ['destroy']))).rejects.toBeInstanceOf(Failed);
    await expect(consent(await reviewed('paused', ['stop']))).resolves.toBeUndefined();
  });

  it('is accepted at a terminal by typing the name of the stack', async () => {
    const review = await reviewed('destroy');
    const context = contextWith('validibot-prod\n');
    await expect(requireConsent(context, STACK, review, 'setup')).resolves.toBeUndefined();
    expect(context.shown()).toContain('The plan of validibot-prod fails review (destroy). ');
    await expect(consent(review, 'validibot-dev\n')).rejects.toThrow('Nothing was changed.');
    await expect(consent(review, 'y\n')).rejects.toThrow('Nothing was changed.');
  });

  it('is accepted by nothing if it deletes what is protected, and names the next step', async () => {
    const plan = planOf([
      jobChange({ actions: ['delete'], before: { deletion_policy: 'PREVENT' }, after: null }),
    ]);
    const review = judgePlan(plan, 'prod', { allowed: CONSENT_KINDS });
    const context = contextWith('validibot-prod\n');
    await expect(requireConsent(context, STACK, review, 'setup')).rejects.toThrow(
      'Nothing was changed: the plan of validibot-prod deletes or replaces what is protected from ' +
        'deletion: google_cloud_scheduler_job.clear-sessions.\n' +
        'Fix: if this is not intended, undo its cause, which just gcp-scheduler-review prod shows, or ' +
        'if it is intended, in stages/stages.ts, keep them, with deletionProtection: false, then ' +
        'just gcp-scheduler-setup prod, then remove them, then just gcp-scheduler-setup prod --allow destroy',
    );
    expect(context.shown()).toBe('');
  });

  it('is not accepted, without a question, if the plan cannot be relied on', async () => {
    const review = await reviewed('errored', ['destroy', 'stop']);
    const context = contextWith('validibot-prod\n');
    await expect(requireConsent(context, STACK, review, 'setup')).rejects.toThrow(
      'Nothing was changed: the plan of validibot-prod cannot be relied on.',
    );
    expect(context.shown()).toBe('');
  });
});

it('asks nothing for a plan that passes', async () => {
  const context = contextWith('');
  const review = await reviewed('update');
  await expect(requireConsent(context, STACK, review, 'setup')).resolves.toBeUndefined();
  expect(context.shown()).toBe('');
});

it('does not rely on a plan that was rejected, and shows the cause', async () => {
  const review = await judge(
    planned(
      'empty',
      '\u001b[31m╷\u001b[0m\n│ \u001b[1mError: \u001b[0mTask failed\n│ cost limit: exceeded',
    ),
    'prod',
    { allowed: ['destroy', 'stop'] },
  );
  expect(review.passed).toBe(false);
  expect(review.needed).toBeUndefined();
  expect(
    review.findings.map(({ severity, rule, message }) => [severity, rule, plainText(message)]),
  ).toEqual([['broken', 'plan-refused', 'This plan cannot be applied: Task failed']]);
});

it('writes the review to a file whether it passes or fails', async () => {
  const reviewFile = path.join(temporaryFolder(), 'review.md');
  await judge(planned('destroy'), 'prod', { allowed: [], reviewFile });
  expect(fs.readFileSync(reviewFile, 'utf8')).toMatch(/^### validibot-prod: fails review\n/);
  await judge(planned('update'), 'prod', { allowed: [], reviewFile });
  expect(fs.readFileSync(reviewFile, 'utf8')).toMatch(/^### validibot-prod: passes review\n/);
  const nowhere = path.join(reviewFile, 'below-a-file.md');
  const writing = judge(planned('update'), 'prod', { allowed: [], reviewFile: nowhere });
  await expect(writing).rejects.toThrow('pass --review-file a writable path');
});

it('rejects a plan of another stage', async () => {
  const judging = judge(planned('update'), 'dev', { allowed: [] });
  await expect(judging).rejects.toBeInstanceOf(UsageError);
});

describe('kinds of consent', () => {
  it.each([
    [undefined, []],
    ['destroy', ['destroy']],
    ['stop, destroy', ['stop', 'destroy']],
  ])('%j is parsed as %j', (given, kinds) => {
    expect(readKinds(given)).toEqual(kinds);
  });

  it.each([
    ['', 'must not be empty'],
    [',', 'must not be empty'],
    ['all', 'unknown kind all'],
    ['destroy,toString', 'unknown kind toString'],
  ])('%j is a usage error', (given, wrong) => {
    expect(() => readKinds(given)).toThrow(wrong);
    expect(() => readKinds(given)).toThrow(UsageError);
  });
});
