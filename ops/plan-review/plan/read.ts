import type { Mistake } from '../../../constructs/core/mistake';
import { planSchema, type Plan } from './schema';

export type Reading = { readonly plan: Plan } | { readonly mistake: Mistake };

type Wrong = Pick<Mistake, 'wrong' | 'fix'>;

const SHOW = 'write it with: terraform show -json PLAN > plan.json';

const EXPECTED = 'the output of terraform show -json for a plan, format 1.x';

/**
 * Reads a file that should hold a plan as JSON. `source` is how its reader calls it: a path, or `-`.
 * Nothing of the content is in the mistake, since a plan may hold tokens.
 */
export function readPlan(content: Buffer, source: string): Reading {
  const text = decode(content);
  const wrong = (finding: Wrong): Reading => ({
    mistake: { subject: '--plan', given: source, expected: EXPECTED, ...finding },
  });
  const notJson = whatElseItIs(text);
  if (notJson !== undefined) return wrong(notJson);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return wrong(brokenJson(text, error));
  }
  const otherJson = whichOtherJson(document);
  if (otherJson !== undefined) return wrong(otherJson);
  const parsed = planSchema.safeParse(document);
  if (parsed.success) return { plan: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? 'it';
  const expected =
    issue?.code === 'invalid_type' ? `of the type ${issue.expected}` : 'as plans have it';
  return wrong({ wrong: `${where} is not ${expected}`, fix: SHOW });
}

/** Text as shells write it: PowerShell's `>` makes UTF-16, others a byte order mark. */
function decode(content: Buffer): string {
  const utf16 = content[0] === 0xff && content[1] === 0xfe;
  return content.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

function whatElseItIs(text: string): Wrong | undefined {
  if (text.trim() === '') return { wrong: 'it is empty', fix: SHOW };
  if (text.startsWith('PK')) {
    return { wrong: "it is terraform's saved plan itself, which is binary", fix: SHOW };
  }
  if (text.startsWith('{"@level"')) {
    return {
      wrong: 'it is the log of terraform plan -json, not the plan',
      fix: 'plan with -out=PLAN, then write it with: terraform show -json PLAN > plan.json',
    };
  }
  if (text.trimStart().startsWith('{')) return undefined;
  return { wrong: 'it is text, not JSON', fix: SHOW };
}

function brokenJson(text: string, error: unknown): Wrong {
  const end = text.trimEnd();
  const position = /position (\d+)/.exec(String(error))?.[1];
  const atEnd = position !== undefined && Number(position) >= end.length;
  const truncated = atEnd || /end of JSON|Unterminated/.test(String(error));
  return {
    wrong: truncated
      ? `the JSON breaks off after ${end.length} characters`
      : 'it is not whole JSON: something else stands in it',
    fix: `${SHOW} and wait until that has ended; let nothing else write to the file`,
  };
}

function whichOtherJson(document: unknown): Wrong | undefined {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return { wrong: 'it is JSON of something else', fix: SHOW };
  }
  const has = (key: string): boolean => key in document;
  if (has('remote_plan_format')) {
    return { wrong: 'it is the pointer to a saved plan in HCP Terraform', fix: SHOW };
  }
  if (has('serial') && has('lineage')) {
    return { wrong: 'it is a state, not a plan', fix: SHOW };
  }
  // The form without sensitive values that HCP Terraform gives to those who may read a workspace.
  if ('plan_format_version' in document) return checkVersion(document.plan_format_version);
  if (!('format_version' in document)) return { wrong: 'it is JSON of something else', fix: SHOW };
  const ofPlans = ['resource_changes', 'planned_values', 'configuration', 'errored', 'applyable'];
  if (!ofPlans.some(has)) {
    return { wrong: 'it is a state, not a plan', fix: `${SHOW}, with the path of the saved plan` };
  }
  return checkVersion(document.format_version);
}

function checkVersion(version: unknown): Wrong | undefined {
  if (typeof version === 'string' && /^[01]\.\d+$/.test(version)) return undefined;
  return {
    wrong: `its format version is ${JSON.stringify(version)}`,
    fix: 'use a terraform whose plans have format 1.x, or teach the review the new format',
  };
}
