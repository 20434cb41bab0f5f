import type { Mistake, Violation } from '../../../constructs/core/mistake';
import { planSchema, type Plan } from './schema';

export type Reading = { readonly plan: Plan } | { readonly mistake: Mistake };

const SHOW = 'run terraform show -json PLAN > plan.json';

const EXPECTED = 'output of terraform show -json PLAN, format 1.x';

/**
 * Reads a plan from JSON. `source` is where it comes from: a path, or `-`. The mistake quotes nothing
 * of the content, because a plan may contain tokens.
 */
export function readPlan(content: Buffer, source: string): Reading {
  const text = decode(content);
  const mistake = (violation: Violation): Reading => ({
    mistake: { subject: '--plan', given: source, expected: EXPECTED, ...violation },
  });
  const notJson = checkFormat(text);
  if (notJson !== undefined) return mistake(notJson);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return mistake(describeSyntaxError(text, error));
  }
  const notPlan = checkDocument(document);
  if (notPlan !== undefined) return mistake(notPlan);
  const parsed = planSchema.safeParse(document);
  if (parsed.success) return { plan: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  const expected = issue?.code === 'invalid_type' ? ` (must be of type ${issue.expected})` : '';
  return mistake({ wrong: `has an invalid ${where}${expected}`, fix: SHOW });
}

/** Decodes what shells write: PowerShell's `>` writes UTF-16, others a byte order mark. */
function decode(content: Buffer): string {
  const utf16 = content[0] === 0xff && content[1] === 0xfe;
  return content.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

function checkFormat(text: string): Violation | undefined {
  if (text.trim() === '') return { wrong: 'is empty', fix: SHOW };
  if (text.startsWith('PK')) {
    return { wrong: 'is a saved plan, which is binary, not JSON', fix: SHOW };
  }
  if (text.startsWith('{"@level"')) {
    return {
      wrong: 'is the log of terraform plan -json, not the plan',
      fix: 'run terraform plan -out=PLAN, then terraform show -json PLAN > plan.json',
    };
  }
  if (text.trimStart().startsWith('{')) return undefined;
  return { wrong: 'is text, not JSON', fix: SHOW };
}

function describeSyntaxError(text: string, error: unknown): Violation {
  const end = text.trimEnd();
  const position = /position (\d+)/.exec(String(error))?.[1];
  const atEnd = position !== undefined && Number(position) >= end.length;
  const truncated = atEnd || /end of JSON|Unterminated/.test(String(error));
  return {
    wrong: truncated
      ? `is truncated after ${end.length} characters`
      : 'is not valid JSON: it contains other output',
    fix: `${SHOW}, wait until it ends, and write nothing else to the file`,
  };
}

function checkDocument(document: unknown): Violation | undefined {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return { wrong: 'is JSON, but not a plan', fix: SHOW };
  }
  const has = (key: string): boolean => key in document;
  if (has('remote_plan_format')) {
    return { wrong: 'is the reference to a plan in HCP Terraform, not the plan', fix: SHOW };
  }
  if (has('serial') && has('lineage')) {
    return { wrong: 'is a state, not a plan', fix: SHOW };
  }
  // The redacted form, which HCP Terraform gives to users with read access to a workspace.
  if ('plan_format_version' in document) return checkVersion(document.plan_format_version);
  if (!('format_version' in document)) return { wrong: 'is JSON, but not a plan', fix: SHOW };
  const keysOfPlans = [
    'resource_changes',
    'planned_values',
    'configuration',
    'errored',
    'applyable',
  ];
  if (!keysOfPlans.some(has)) {
    return {
      wrong: 'is a state, not a plan',
      fix: `${SHOW}, with the path of a saved plan as PLAN`,
    };
  }
  return checkVersion(document.format_version);
}

function checkVersion(version: unknown): Violation | undefined {
  if (typeof version === 'string' && /^[01]\.\d+$/.test(version)) return undefined;
  return {
    wrong: `has format version ${JSON.stringify(version)}`,
    fix: 'use a Terraform version that writes format 1.x, or extend the review',
  };
}
