import type { CheckResult } from '../../ops/checks';
import type { reviewInJson } from '../../ops/plan-review/json';
import { quote } from '../../ops/plan-review/markdown/quote';
import type { StageName } from '../../stages/stages';

/** What is read of `ops review --json`. */
export type ReviewJson = Pick<
  ReturnType<typeof reviewInJson>,
  'findings' | 'jobs' | 'drift' | 'others'
>;

/** What is read of `ops doctor --json`. */
export interface DoctorJson {
  readonly findings: readonly CheckResult[];
}

/** What was found of a stage; undefined where it could not be looked at. */
export interface StageCheck {
  readonly stage: StageName;
  readonly review: ReviewJson | undefined;
  readonly doctor: DoctorJson | undefined;
}

/** What is off, as Markdown; undefined when all is well. */
export function morningBody(checks: readonly StageCheck[], runUrl: string): string | undefined {
  const parts = checks.flatMap((check) => {
    const lines = [...planLines(check), ...doctorLines(check)];
    return lines.length === 0 ? [] : [`### ${check.stage}\n\n${lines.join('\n')}`];
  });
  if (parts.length === 0) return undefined;
  const foot = `Found by [the morning's check](${runUrl}), which closes this issue when all is well.`;
  return [...parts, foot].join('\n\n');
}

function planLines({ stage, review }: StageCheck): string[] {
  if (review === undefined) return ['- The stage could not be planned; the log says why.'];
  return [
    ...review.findings
      .filter(({ severity }) => severity === 'broken')
      .map(({ message }) => `- ${quote(message)}`),
    ...review.drift.flatMap(driftLines),
    ...review.jobs
      .filter(({ action }) => action !== 'unchanged')
      .map(({ name, action }) => `- ${quote(name)} would be ${action} by a deploy of ${stage}`),
    ...review.others
      .filter(({ action }) => action !== 'unchanged')
      .map(
        ({ address, action }) => `- ${quote(address)} would be ${action} by a deploy of ${stage}`,
      ),
  ];
}

function driftLines({ name, action, changes, attributes }: ReviewJson['drift'][number]): string[] {
  if (action === 'destroyed') return [`- ${quote(name)} was deleted outside Terraform`];
  if (changes.length === 0) {
    return [`- ${quote(name)} was changed outside Terraform: ${attributes.map(quote).join(', ')}`];
  }
  return changes.map(({ attribute, before, after, plan }) => {
    const change = `${quote(attribute)} from ${shown(before)} to ${shown(after)}`;
    return `- ${quote(name)} was changed outside Terraform: ${change}; a deploy ${plan}`;
  });
}

function doctorLines({ doctor }: StageCheck): string[] {
  if (doctor === undefined) return ['- The doctor could not look; the log says why.'];
  return doctor.findings
    .filter(({ status }) => status !== 'ok')
    .map(({ status, check, subject, cause, fix }) => {
      const advice = fix === undefined ? '' : ` Fix: ${quote(fix)}`;
      return `- ${status} ${quote(check)}: ${quote(subject)}: ${quote(cause)}${advice}`;
    });
}

/** A value that is not shown is an object that says why. */
function shown(value: unknown): string {
  return typeof value === 'string' ? quote(value) : 'a value not shown';
}
