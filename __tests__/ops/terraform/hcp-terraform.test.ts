import { reviewInMarkdown } from '../../../ops/plan-review/markdown/render';
import { planOfRun, runIn, type Get } from '../../../ops/terraform/hcp-api';
import type { Review } from '../../../ops/plan-review/review';
import { EXPECTED, REDACTED, startHcp, TOKEN, WHOLE, type Answers } from './hcp';
import { planIn, reviewOf } from '../plan-review/support/plans';

/** Asks over http, where the product asks over https. */
const overHttp: Get = (url, options) => fetch(url.replace(/^https:/, 'http:'), options);

async function review(
  answers: Answers,
  token = TOKEN,
): Promise<{ review: Review; markdown: string; asked: string[] }> {
  const hcp = await startHcp('http', answers);
  try {
    const env = { [`TF_TOKEN_${hcp.host.replaceAll('.', '_')}`]: token };
    const plan = await planOfRun({ host: hcp.host, id: 'run-abc123' }, env, overHttp);
    const reviewed = reviewOf(planIn(Buffer.from(JSON.stringify(plan))), { stage: 'prod' });
    return { review: reviewed, markdown: reviewInMarkdown(reviewed), asked: hcp.asked };
  } finally {
    await hcp.close();
  }
}

it('reads the plan without its sensitive values', async () => {
  const { markdown, asked } = await review({ redacted: REDACTED, whole: WHOLE });
  expect(`${markdown}\n`).toBe(EXPECTED);
  expect(asked).toEqual([
    '/api/v2/runs/run-abc123',
    '/api/v2/plans/plan-xyz',
    '/api/v2/plans/plan-xyz/json-output-redacted',
  ]);
});

it('takes the whole plan where there is no other, and keeps the token to itself', async () => {
  const { markdown, asked } = await review({ whole: WHOLE });
  expect(`${markdown}\n`).toBe(EXPECTED);
  expect(asked.slice(-2)).toEqual(['/api/v2/plans/plan-xyz/json-output', 'archive, token: none']);
});

it('fails a plan that broke off before there was anything to read', async () => {
  const { review: reviewed, markdown } = await review({ status: 'errored' });
  expect(markdown).toContain('### validibot-prod: fails review');
  expect(markdown).toContain('Terraform could not finish this plan');
  expect(reviewed.passed).toBe(false);
});

it('fails a plan that broke off with what there is of it', async () => {
  const { markdown } = await review({ status: 'errored', redacted: REDACTED });
  expect(markdown).toContain('Terraform could not finish this plan');
  expect(markdown).toContain('Pauses `validibot-process-purge-retries`');
});

it('says what to do when the plan is hidden from the token', async () => {
  await expect(review({})).rejects.toThrow(
    'give the token\'s team the permission "Plan" on the workspace',
  );
});

it('says what to do when the token is refused, without showing it', async () => {
  const refused = review({ redacted: REDACTED }, 'wrong-token');
  await expect(refused).rejects.toThrow('refuses the token. To mend it: terraform login');
  await expect(refused).rejects.not.toThrow('wrong-token');
});

it('finds the run that terraform names', () => {
  const url = 'https://app.terraform.io/app/my-org/validibot-dev/runs/run-CZcmD7eagjhyX0vN';
  expect(runIn(`visit:\n${url}\n`)).toEqual({
    host: 'app.terraform.io',
    id: 'run-CZcmD7eagjhyX0vN',
  });
  expect(runIn('Plan: 1 to add')).toBeUndefined();
});
