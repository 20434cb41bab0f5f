import { CONSENT_KINDS } from '../../../ops/plan-review/consent';
import fs from 'node:fs';
import { PLAIN, render } from '../../../lib/text/text';
import { reviewInMarkdown } from '../../../ops/plan-review/markdown/render';
import { reviewAsText } from '../../../ops/plan-review/terminal/render';
import { planNames, planFile, realPlan, reviewOf, rulesOf } from './support/plans';

/** The expected findings for each plan of the real provider, written by hand. */
const EXPECTED: Readonly<Record<string, { passed: boolean; rules: string[] }>> = {
  create: { passed: true, rules: ['security grant-created'] },
  empty: { passed: true, rules: [] },
  update: { passed: true, rules: ['notice job-runs-less-often'] },
  'hardly-runs': { passed: false, rules: ['stops job-no-upcoming-runs'] },
  'time-zone': { passed: true, rules: [] },
  security: {
    passed: false,
    rules: [
      'stops job-retargeted',
      'stops job-retargeted',
      'stops job-retargeted',
      'security audience-mismatch',
    ],
  },
  headers: { passed: true, rules: [] },
  paused: { passed: false, rules: ['stops job-paused'] },
  'paused-dev': { passed: true, rules: ['notice job-paused'] },
  replace: { passed: false, rules: ['stops job-replaced'] },
  rename: { passed: false, rules: ['stops job-destroyed', 'notice job-renamed'] },
  destroy: { passed: false, rules: ['stops job-destroyed'] },
  'destroy-all': {
    passed: false,
    rules: [
      'stops job-destroyed',
      'stops job-destroyed',
      'stops job-destroyed',
      'stops grant-removed',
      'notice api-forgotten',
    ],
  },
  forget: { passed: true, rules: ['notice job-forgotten'] },
  moved: { passed: true, rules: [] },
  'grant-removed': { passed: false, rules: ['stops grant-removed'] },
  'api-disabled': { passed: false, rules: ['stops api-disabled'] },
  unknown: { passed: false, rules: ['stops job-schedule-hidden'] },
  sensitive: { passed: true, rules: [] },
  import: {
    passed: true,
    rules: [
      ...['security uri-changed', 'security audience-changed'],
      ...['security uri-changed', 'security audience-changed'],
      ...['security uri-changed', 'security audience-changed'],
      'security grant-created',
    ],
  },
  drift: { passed: true, rules: ['notice job-paused-outside-terraform'] },
  'drift-and-change': { passed: true, rules: [] },
  'refresh-only': { passed: true, rules: ['notice job-paused-outside-terraform'] },
  errored: { passed: false, rules: ['broken plan-errored'] },
};

const SECTIONS = {
  broken: 'This plan cannot be relied on',
  protected: 'Protected from deletion',
  stops: 'Needs consent',
  security: 'Security',
  notice: 'Notes',
};

it('expects findings for every plan', () => {
  expect(planNames().sort()).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(Object.entries(EXPECTED))('the plan %s of the real provider', (name, expected) => {
  const review = reviewOf(realPlan(name));

  it(expected.passed ? 'passes' : 'fails', () => {
    expect(rulesOf(review)).toEqual(expected.rules);
    expect(review.passed).toBe(expected.passed);
  });

  it('has the Markdown of the file next to it', () => {
    const file = planFile(name).replace(/json$/, 'md');
    expect(`${reviewInMarkdown(review)}\n`).toBe(fs.readFileSync(file, 'utf8'));
  });

  it('has the same words for a terminal, without Markdown and within 80 columns', () => {
    const shown = render(reviewAsText(review), { colors: false, width: 80 });
    expect(shown).not.toMatch(/<br>|<code>|&#|\*\*|^#|^\| /m);
    for (const line of shown.split('\n')) {
      const longest = Math.max(
        ...line
          .trim()
          .split(' ')
          .map((word) => word.length),
      );
      expect(line.length).toBeLessThanOrEqual(Math.max(80, longest + 8));
    }
    for (const { name: job } of review.jobs) expect(shown).toContain(`${job}: `);
    for (const { severity } of review.findings) expect(shown).toContain(SECTIONS[severity]);
  });

  it('is checked in without values of headers, bodies and tokens', () => {
    const text = fs.readFileSync(planFile(name), 'utf8');
    expect(text).not.toMatch(/"(X-[A-Za-z]+|Authorization)": "(?!removed-)/);
    expect(text).not.toMatch(/"body": "(?!removed-|")/);
    expect(text).not.toMatch(/ey[JI][\w-]+\./);
    expect(text).not.toContain('127.0.0.1');
  });
});

it('passes a plan that stops jobs if that is allowed, and still says so', () => {
  const review = reviewOf(realPlan('destroy'), { allowed: CONSENT_KINDS });
  expect(review.passed).toBe(true);
  expect(reviewInMarkdown(review)).toMatch(/^- Destroys .* \(allowed: destroy\)$/m);
});

it('never passes an incomplete plan', () => {
  expect(reviewOf(realPlan('errored'), { allowed: CONSENT_KINDS }).passed).toBe(false);
});

it('finds the stage of the plan', () => {
  expect(reviewOf(realPlan('import')).stage).toBe('dev');
  expect(reviewOf(realPlan('refresh-only')).stage).toBe('prod');
  expect(reviewOf(realPlan('errored')).stage).toBeUndefined();
  expect(reviewOf(realPlan('errored'), { stage: 'prod' }).stage).toBe('prod');
});

it('quotes values for a terminal, so that none is taken for a sentence of the review', () => {
  const review = reviewOf(realPlan('create'));
  const [job] = review.jobs;
  if (job === undefined) throw new Error('no job');
  const name = 'x\u001B[2J\n::error::y: fails review';
  const shown = render(reviewAsText({ ...review, jobs: [{ ...job, name }] }), PLAIN);
  expect(shown).toContain(String.raw`"x\u{1b}[2J\n::error::y: fails review": created`);
});
