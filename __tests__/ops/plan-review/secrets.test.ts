import fc from 'fast-check';
import { reviewInJson } from '../../../ops/plan-review/json';
import { reviewInMarkdown } from '../../../ops/plan-review/markdown/render';
import { jobChange, planOf, reviewOf } from './support/plans';

/** A value that occurs nowhere else in the output. */
const secret = fc.stringMatching(/^[a-z]{24}$/).map((letters) => `secret-${letters}`);

function outputOf(changes: readonly unknown[], drift: readonly unknown[] = []): string {
  const review = reviewOf(planOf(changes, { resource_drift: drift }));
  return `${reviewInMarkdown(review)}\n${JSON.stringify(reviewInJson(review))}`;
}

const actions = fc.constantFrom(
  ['create'],
  ['update'],
  ['delete'],
  ['delete', 'create'],
  ['forget'],
  ['no-op'],
);

it('shows no value of a header or a body, whatever happens to the job', () => {
  fc.assert(
    fc.property(secret, secret, actions, (old, fresh, done) => {
      const target = (value: string): unknown => ({
        http_target: [
          {
            uri: 'https://worker.example.com/',
            body: value,
            headers: { 'X-Key': value, Authorization: `Bearer ${value}` },
          },
        ],
      });
      const change = jobChange({
        actions: done,
        before: target(old) as Record<string, unknown>,
        after: target(fresh) as Record<string, unknown>,
      });
      const output = outputOf([change], [change]);
      expect(output).not.toContain(old);
      expect(output).not.toContain(fresh);
    }),
  );
});

it('names changed headers, except the one that the API adds', () => {
  const target = (headers: object): Record<string, unknown> => ({ http_target: [{ headers }] });
  const output = outputOf([
    jobChange({
      before: target({ 'X-Key': 'one', Authorization: 'Bearer one' }),
      after: target({ 'X-Key': 'two', authorization: 'Bearer two' }),
    }),
  ]);
  expect(output).toContain('| Header `X-Key` | not shown | not shown |');
  expect(output).not.toMatch(/authorization/i);
});

it('shows nothing that Terraform marks as sensitive, whether a block or a single value', () => {
  fc.assert(
    fc.property(secret, fc.boolean(), (value, whole) => {
      const after = {
        description: value,
        http_target: [{ uri: `https://${value}.example.com/`, oidc_token: [{ audience: value }] }],
      };
      const block = whole ? true : [{ uri: true, oidc_token: [{ audience: true }] }];
      const marks = { description: true, http_target: block };
      const change = jobChange({ after, change: { after_sensitive: marks } });
      expect(outputOf([change])).not.toContain(value);
      const made = jobChange({
        actions: ['create'],
        before: null,
        after,
        change: { after_sensitive: marks },
      });
      expect(outputOf([made])).not.toContain(value);
    }),
  );
});

it('shows only that a sensitive value changes', () => {
  const change = jobChange({
    before: { description: 'same' },
    after: { description: 'other' },
    change: { before_sensitive: { description: true }, after_sensitive: { description: true } },
  });
  expect(outputOf([change])).toContain(
    '| Description | sensitive, not shown | sensitive, not shown |',
  );
  const unchanged = jobChange({
    change: { before_sensitive: { description: true }, after_sensitive: { description: true } },
  });
  expect(outputOf([unchanged])).not.toContain('Description');
});

it('shows no password in a URI', () => {
  const uri = 'https://user:hunter2@worker.example.com/';
  const output = outputOf([jobChange({ after: { http_target: [{ uri }] } })]);
  expect(output).not.toContain('hunter2');
});

it('shows no values of unknown attributes or of other resources', () => {
  const output = outputOf(
    [
      jobChange({
        after: { pubsub_target: [{ topic_name: 'top-secret' }], new_field: 'top-secret' },
      }),
      {
        address: 'random_password.it',
        type: 'random_password',
        change: { actions: ['update'], before: { result: 'old' }, after: { result: 'top-secret' } },
      },
    ],
    [
      {
        address: 'random_password.it',
        type: 'random_password',
        change: { actions: ['update'], before: { result: 'old' }, after: { result: 'top-secret' } },
      },
    ],
  );
  expect(output).toContain('new_field');
  expect(output).not.toContain('top-secret');
});
