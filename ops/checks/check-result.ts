import type { StageName } from '../../stages/stages';
import type { Failed } from '../errors';
import type { Fix } from '../fixes/fix';
import { fixInJson } from '../fixes/render';
import { FINDINGS, type FindingId } from './findings';

/** The result of one check of one subject. */
export interface CheckResult {
  /** The check's stable id: `worker-ready`. */
  readonly check: string;
  /** What was found; absent when all is well. */
  readonly finding?: FindingId;
  /** What it is about: a job, a service, an API. */
  readonly subject: string;
  readonly status: 'ok' | 'warning' | 'failure';
  /** Why, in one line; for `ok`, what was found. */
  readonly cause: string;
  /** What to do about it; for `ok`, only to wait. */
  readonly fix?: Fix;
  /** The finding that is the reason for this one, and whose fix comes first. */
  readonly causedBy?: Pick<CheckResult, 'check' | 'subject'>;
}

/** A result in JSON. */
export function checkInJson({ fix, causedBy, ...result }: CheckResult & { stage?: StageName }) {
  return {
    ...result,
    ...(causedBy && { causedBy: { check: causedBy.check, subject: causedBy.subject } }),
    ...(fix && fixInJson(fix)),
  };
}

/** @param fix - only to wait; anything else is a finding */
export function ok(check: string, subject: string, cause: string, fix?: Fix): CheckResult {
  return { check, subject, status: 'ok', cause, ...(fix && { fix }) };
}

/** @param fix - what to do about it, until the finding is gone */
export function found(
  finding: Exclude<FindingId, 'unreadable'>,
  subject: string,
  cause: string,
  fix: Fix | undefined,
  causedBy?: CheckResult,
): CheckResult {
  const { check, status } = FINDINGS[finding];
  return {
    check,
    finding,
    subject,
    status,
    cause,
    ...(fix && { fix }),
    ...(causedBy && { causedBy }),
  };
}

/** A check that could not be made, as something could not be read. */
export function unreadable(check: string, subject: string, { what, fix }: Failed): CheckResult {
  const cause = `could not be checked: ${what}`;
  return { check, finding: 'unreadable', subject, status: 'warning', cause, ...(fix && { fix }) };
}
