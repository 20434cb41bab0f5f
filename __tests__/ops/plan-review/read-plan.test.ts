import fs from 'node:fs';
import { describeMistake } from '../../../constructs/core/mistake';
import { readPlan } from '../../../ops/plan-review/plan/read';
import { planFile, realPlan, reviewOf } from './support/plans';

const GOOD = fs.readFileSync(planFile('update'));

function mistakeIn(content: Buffer | string): string {
  const reading = readPlan(Buffer.from(content), 'plan.json');
  return 'mistake' in reading ? describeMistake(reading.mistake) : 'none';
}

const SHOW = 'run terraform show -json PLAN > plan.json';

it.each([
  ['an empty file', '', 'is empty', SHOW],
  ['white space', ' \n', 'is empty', SHOW],
  ['the text of terraform plan', 'Terraform will perform', 'is text, not JSON', SHOW],
  [
    'a saved plan',
    Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff]),
    'is a saved plan, which is binary, not JSON',
    SHOW,
  ],
  [
    'the log of terraform plan -json',
    '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
    'is the log of terraform plan -json, not the plan',
    'run terraform plan -out=PLAN, then terraform show -json PLAN > plan.json',
  ],
  [
    'a state file',
    '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x","resources":[]}',
    'is a state, not a plan',
    SHOW,
  ],
  [
    'a state as JSON',
    '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}',
    'is a state, not a plan',
    `${SHOW}, with the path of a saved plan as PLAN`,
  ],
  [
    'an empty state as JSON',
    '{"format_version":"1.0"}',
    'is a state, not a plan',
    `${SHOW}, with the path of a saved plan as PLAN`,
  ],
  [
    'the reference to a plan in HCP Terraform',
    '{"remote_plan_format":1,"run_id":"run-x","hostname":"app.terraform.io"}',
    'is the reference to a plan in HCP Terraform, not the plan',
    SHOW,
  ],
  ['other JSON', '{"name":"x"}', 'is JSON, but not a plan', SHOW],
  [
    'a future format',
    '{"format_version":"2.0","resource_changes":[]}',
    'has format version "2.0"',
    'use a Terraform version that writes format 1.x, or extend the review',
  ],
  [
    'a plan with a wrong type in it',
    '{"format_version":"1.2","resource_changes":[{"address":1,"type":"x","change":{"actions":[]}}]}',
    'has an invalid resource_changes.0.address (must be of type string)',
    SHOW,
  ],
  [
    'a plan without the actions of a change',
    '{"format_version":"1.2","resource_changes":[{"address":"a","type":"x","change":{}}]}',
    'has an invalid resource_changes.0.change.actions (must be of type array)',
    SHOW,
  ],
])('rejects %s', (_, content, wrong, fix) => {
  expect(mistakeIn(content)).toBe(
    `Invalid --plan "plan.json": ${wrong}. ` +
      `Expected: output of terraform show -json PLAN, format 1.x. Fix: ${fix}.`,
  );
});

it('rejects a plan that is truncated anywhere', () => {
  const end = GOOD.toString().trimEnd().length;
  for (let length = 1; length < end; length += 37) {
    expect(mistakeIn(GOOD.subarray(0, length))).toMatch(
      /^Invalid --plan "plan\.json": is truncated after \d+ characters\./,
    );
  }
});

it('rejects a plan that other output was written into', () => {
  expect(mistakeIn(`${GOOD.toString()}done }`)).toContain(
    'is not valid JSON: it contains other output',
  );
});

it('quotes nothing of the content', () => {
  expect(mistakeIn('ya29.secret {')).not.toContain('secret');
  expect(mistakeIn('{"format_version":"1.2","headers":"secret')).not.toContain('secret');
});

it.each([
  ['UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${GOOD.toString()}`, 'utf16le')],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${GOOD.toString()}`)],
])('reads %s', (_, content) => {
  const reading = readPlan(content, 'plan.json');
  expect('plan' in reading && reviewOf(reading.plan)).toEqual(reviewOf(realPlan('update')));
});

it('reads the redacted form of HCP Terraform', () => {
  const { format_version: version, ...rest } = JSON.parse(GOOD.toString()) as Record<
    string,
    unknown
  >;
  const redacted = Buffer.from(JSON.stringify({ plan_format_version: version, ...rest }));
  const reading = readPlan(redacted, 'plan.json');
  expect('plan' in reading && reviewOf(reading.plan)).toEqual(reviewOf(realPlan('update')));
});
