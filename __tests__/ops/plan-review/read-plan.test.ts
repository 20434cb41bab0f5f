import fs from 'node:fs';
import { describeMistake } from '../../../constructs/core/mistake';
import { readPlan } from '../../../ops/plan-review/plan/read';
import { planFile, realPlan, reviewOf } from './support/plans';

const GOOD = fs.readFileSync(planFile('update'));

function mistakeIn(content: Buffer | string): string {
  const reading = readPlan(Buffer.from(content), 'plan.json');
  return 'mistake' in reading ? describeMistake(reading.mistake) : 'none';
}

const SHOW = 'write it with: terraform show -json PLAN > plan.json';

it.each([
  ['an empty file', '', 'it is empty', SHOW],
  ['white space', ' \n', 'it is empty', SHOW],
  ['the text of terraform plan', 'Terraform will perform', 'it is text, not JSON', SHOW],
  [
    "terraform's saved plan",
    Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff]),
    "it is terraform's saved plan itself, which is binary",
    SHOW,
  ],
  [
    'the log of terraform plan -json',
    '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
    'it is the log of terraform plan -json, not the plan',
    'plan with -out=PLAN, then write it with: terraform show -json PLAN > plan.json',
  ],
  [
    'a state file',
    '{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x","resources":[]}',
    'it is a state, not a plan',
    SHOW,
  ],
  [
    'a state as JSON',
    '{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}',
    'it is a state, not a plan',
    `${SHOW}, with the path of the saved plan`,
  ],
  [
    'an empty state as JSON',
    '{"format_version":"1.0"}',
    'it is a state, not a plan',
    `${SHOW}, with the path of the saved plan`,
  ],
  [
    'the pointer to a plan in HCP Terraform',
    '{"remote_plan_format":1,"run_id":"run-x","hostname":"app.terraform.io"}',
    'it is the pointer to a saved plan in HCP Terraform',
    SHOW,
  ],
  ['other JSON', '{"name":"x"}', 'it is JSON of something else', SHOW],
  [
    'a format of the future',
    '{"format_version":"2.0","resource_changes":[]}',
    'its format version is "2.0"',
    'use a terraform whose plans have format 1.x, or teach the review the new format',
  ],
  [
    'a plan with a wrong type in it',
    '{"format_version":"1.2","resource_changes":[{"address":1,"type":"x","change":{"actions":[]}}]}',
    'resource_changes.0.address is not of the type string',
    SHOW,
  ],
  [
    'a plan without the actions of a change',
    '{"format_version":"1.2","resource_changes":[{"address":"a","type":"x","change":{}}]}',
    'resource_changes.0.change.actions is not of the type array',
    SHOW,
  ],
])('refuses %s', (_, content, wrong, fix) => {
  expect(mistakeIn(content)).toBe(
    `Invalid --plan "plan.json": ${wrong}. Expected: the output of terraform show -json for a plan, ` +
      `format 1.x. Fix: ${fix}.`,
  );
});

it('refuses a plan that is cut off anywhere', () => {
  const end = GOOD.toString().trimEnd().length;
  for (let length = 1; length < end; length += 37) {
    expect(mistakeIn(GOOD.subarray(0, length))).toMatch(
      /^Invalid --plan "plan\.json": the JSON breaks off after \d+ characters\./,
    );
  }
});

it('refuses a plan that something else was written into', () => {
  expect(mistakeIn(`${GOOD.toString()}done }`)).toContain(
    'it is not whole JSON: something else stands in it',
  );
});

it('shows nothing of the content in a mistake', () => {
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

it('reads the form without sensitive values that HCP Terraform gives', () => {
  const { format_version: version, ...rest } = JSON.parse(GOOD.toString()) as Record<
    string,
    unknown
  >;
  const redacted = Buffer.from(JSON.stringify({ plan_format_version: version, ...rest }));
  const reading = readPlan(redacted, 'plan.json');
  expect('plan' in reading && reviewOf(reading.plan)).toEqual(reviewOf(realPlan('update')));
});
