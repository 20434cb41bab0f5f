import type { checkInJson } from '../../ops/checks';
import type { reviewInJson } from '../../ops/plan-review/json';
import { quote } from '../../ops/plan-review/markdown/quote';
import type { StageName } from '../../stages/stages';

/** The fields of `ops review --json` that are used. */
export type ReviewJson = Pick<
  ReturnType<typeof reviewInJson>,
  'findings' | 'jobs' | 'drift' | 'others'
>;

/** The fields of `ops doctor --json` that are used. */
export interface DoctorJson {
  readonly findings: readonly ReturnType<typeof checkInJson>[];
}

/** What a command with `--json` prints instead of a result. */
interface ErrorJson {
  readonly error: { readonly message: string };
}

/** A stage's results; undefined where a check printed nothing at all. */
export interface StageCheck {
  readonly stage: StageName;
  readonly review: ReviewJson | ErrorJson | undefined;
  readonly doctor: DoctorJson | ErrorJson | undefined;
}

/** The problems, as Markdown; undefined if there are none. */
export function morningBody(checks: readonly StageCheck[], runUrl: string): string | undefined {
  const parts = checks.flatMap((check) => {
    const lines = [...planLines(check), ...doctorLines(check)];
    return lines.length === 0 ? [] : [`### ${check.stage}\n\n${lines.join('\n')}`];
  });
  if (parts.length === 0) return undefined;
  const footer = `Found by the [morning check](${runUrl}), which closes this issue when there are no more problems.`;
  return [...parts, footer].join('\n\n');
}

function planLines({ stage, review }: StageCheck): string[] {
  if (review === undefined || 'error' in review) return failureLines('The plan failed', review);
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
  if (doctor === undefined || 'error' in doctor) {
    return failureLines('The doctor failed to run', doctor);
  }
  return doctor.findings
    .filter(({ status }) => status !== 'ok')
    .map(({ status, check, subject, cause, fix }) => {
      const advice = fix === undefined ? '' : ` Fix: ${quote(fix)}`;
      return `- ${status} ${quote(check)}: ${quote(subject)}: ${quote(cause)}${advice}`;
    });
}

function failureLines(what: string, result: ErrorJson | undefined): string[] {
  const why = result === undefined ? '; see the workflow log.' : `: ${quote(result.error.message)}`;
  return [`- ${what}${why}`];
}

/** A hidden value is an object with the reason. */
function shown(value: unknown): string {
  return typeof value === 'string' ? quote(value) : 'a hidden value';
}
