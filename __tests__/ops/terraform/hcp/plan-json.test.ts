import type { HcpApi } from '../../../../ops/terraform/hcp/api';
import { readPlanJson, type PlanJson } from '../../../../ops/terraform/hcp/plan-json';
import { reviewInMarkdown } from '../../../../ops/plan-review/markdown/render';
import { planIn, reviewOf, rulesOf } from '../../plan-review/support/plans';
import { EXPECTED, REDACTED, WHOLE, type Answers } from './stand-in';
import { withStandIn } from './support';

type Document = PlanJson['document'] & { errored?: boolean; redacted?: boolean };

async function read(
  answers: Answers,
  change: (api: HcpApi) => HcpApi = (api) => api,
): Promise<{ document: Document; failure?: string; asked: string[] }> {
  return withStandIn(answers, async ({ hcp, api, run, context }) => {
    const { document, failure } = await readPlanJson(context, change(api), run);
    return { document, failure, asked: hcp.asked };
  });
}

function reviewIt(document: object, failure?: string) {
  return reviewOf(planIn(Buffer.from(JSON.stringify(document))), { stage: 'prod', failure });
}

it('reads the plan without its sensitive values, and marks it as redacted', async () => {
  const { document, failure, asked } = await read({ redacted: REDACTED, whole: WHOLE });
  expect(document).toMatchObject({ redacted: true, errored: false });
  expect(failure).toBeUndefined();
  expect(`${reviewInMarkdown(reviewIt(document))}\n`).toBe(EXPECTED);
  expect(asked).toEqual([
    'GET runs/run-abc123',
    'GET plans/plan-run-abc123',
    'GET plans/plan-run-abc123/json-output-redacted',
    'archive json-output-redacted, token: none',
  ]);
});

it('reads the complete plan if there is no other form', async () => {
  const { document } = await read({ whole: WHOLE });
  expect(document).not.toHaveProperty('redacted');
  expect(`${reviewInMarkdown(reviewIt(document))}\n`).toBe(EXPECTED);
});

it.each([
  ['{}', { redacted: '{}' }],
  ['204', { redacted: '' }],
  ['an empty body', { redacted: ' ' }],
  ['204 for the complete plan', { whole: '' }],
])('fails an errored plan whose JSON is %s', async (_, answers) => {
  const { document, failure } = await read({ planStatus: 'errored', ...answers });
  expect(document).toMatchObject({ errored: true });
  expect(failure).toMatch(/^The plan is errored in HCP Terraform: https:\S+run-abc123$/);
  const review = reviewIt(document, failure);
  expect(rulesOf(review)).toEqual(['broken plan-errored']);
  expect(review.passed).toBe(false);
});

it('fails a cancelled plan', async () => {
  const { document, failure } = await read({ planStatus: 'canceled', redacted: '' });
  expect(failure).toContain('The plan is canceled in HCP Terraform');
  expect(reviewIt(document, failure).passed).toBe(false);
});

it('fails an errored plan, and reviews the available part', async () => {
  const { document, failure } = await read({ planStatus: 'errored', redacted: REDACTED });
  const markdown = reviewInMarkdown(reviewIt(document, failure));
  expect(markdown).toContain('Terraform could not finish this plan');
  expect(markdown).toContain('Pauses `validibot-process-purge-retries`');
});

it('fails a finished plan whose JSON never appears', async () => {
  const { document, failure, asked } = await read({ redacted: '' });
  expect(document).toMatchObject({ errored: true });
  expect(failure).toContain('HCP Terraform returned no JSON for the plan: https://');
  expect(asked.filter((address) => address.endsWith('-redacted'))).toHaveLength(5);
});

it('waits for the JSON of a plan that has just finished', async () => {
  let empty = 2;
  const { document } = await read({ redacted: REDACTED }, (api) => ({
    ...api,
    get: (resource, signal) => {
      if (!resource.endsWith('redacted') || empty === 0) return api.get(resource, signal);
      empty -= 1;
      return Promise.resolve({ kind: 'empty' });
    },
  }));
  expect(document).toMatchObject({ redacted: true, errored: false });
});

it('says what to do if the token may not read the plan', async () => {
  await expect(read({})).rejects.toThrow('the permission "Plan" on the workspace');
});

it('rejects an unexpected response, and does not use its values', async () => {
  const plan = { data: { id: '../../admin' } };
  const value = { data: { attributes: { status: 'planned' }, relationships: { plan } } };
  const malicious = (api: HcpApi): HcpApi => ({
    ...api,
    get: () => Promise.resolve({ kind: 'json', value }),
  });
  await expect(read({}, malicious)).rejects.toThrow(
    'data.relationships.plan.data.id is missing or invalid',
  );
});
