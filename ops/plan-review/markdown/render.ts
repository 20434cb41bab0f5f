import { markdownTable } from '../../../lib/markdown-table';
import { stackName } from '../../../stages/naming';
import type { ConsentKind } from '../consent';
import type { Finding, Severity } from '../findings/finding';
import type { Drift } from '../drift';
import { describeAction } from '../job/job';
import type { Phrase } from '../phrase';
import type { PlannedChange } from '../changes';
import { otherChanges, type Review } from '../review';
import { cell, jobInMarkdown, label } from './job';
import { quote } from './quote';

const SECTIONS: Readonly<Record<Severity, string>> = {
  broken: 'This plan cannot be relied on',
  stops: 'Needs consent',
  security: 'Security',
  notice: 'Notes',
};

/** A review as Markdown, for a comment or a terminal, without a final line break. */
export function reviewInMarkdown(review: Review): string {
  const parts = [heading(review), summary(review)];
  for (const severity of Object.keys(SECTIONS) as Severity[]) {
    const messages = review.findings.filter((finding) => finding.severity === severity);
    if (messages.length === 0) continue;
    const items = messages.map(
      (each) => `- ${messageInMarkdown(each.message)}${consentGiven(each, review)}`,
    );
    parts.push(`**${SECTIONS[severity]}**\n\n${items.join('\n')}`);
  }
  if (review.needed !== undefined && review.needed.length > 0)
    parts.push(howToAccept(review.needed));
  if (review.jobs.length > 0) parts.push('#### Changes');
  parts.push(...review.jobs.map(jobInMarkdown));
  if (review.drift.length > 0) parts.push('#### Drift (changed outside Terraform)');
  parts.push(...review.drift.map(driftInMarkdown));
  const others = otherChanges(review);
  if (others.length > 0) parts.push('#### Other resources', others.map(other).join('\n'));
  if (review.outputs.length > 0) {
    parts.push(`Outputs that change: ${review.outputs.map(quote).join(', ')}`);
  }
  const { total, changes } = review.digest;
  if (changes.length > 0) parts.push(`Digest of the changes: \`${total}\``);
  return parts.join('\n\n');
}

function heading({ stage, passed }: Review): string {
  const what = stage === undefined ? 'Terraform plan' : stackName(stage);
  return `### ${what}: ${passed ? 'passes' : 'fails'} review`;
}

function consentGiven({ consent }: Finding, { allowed }: Review): string {
  if (consent === undefined || !allowed.includes(consent)) return '';
  return ` (allowed: ${consent})`;
}

function howToAccept(kinds: readonly ConsentKind[]): string {
  const labels = kinds.map((kind) => `\`allow-${kind}\``).join(' and ');
  const which = kinds.length === 1 ? `label ${labels}` : `labels ${labels}`;
  return `To accept this: \`--allow ${kinds.join(',')}\`, or the ${which} on the pull request.`;
}

function summary(review: Review): string {
  const { jobs, unchangedJobs, drift, outputs, findings } = review;
  const counts = new Map<string, number>();
  for (const job of jobs)
    counts.set(describeAction(job), (counts.get(describeAction(job)) ?? 0) + 1);
  const changed = [...counts].map(([action, count]) => `${count} ${action}`);
  const unchanged = unchangedJobs === 0 ? [] : [`${unchangedJobs} unchanged`];
  if (changed.length > 0) return `Jobs: ${[...changed, ...unchanged].join(', ')}.`;
  if (findings.some(({ rule }) => rule === 'plan-errored')) return 'No job changes so far.';
  const isEmpty = otherChanges(review).length + outputs.length + drift.length === 0;
  return isEmpty ? 'No changes.' : 'No job changes.';
}

function driftInMarkdown(change: Drift): string {
  const name = `**${quote(change.name)}**`;
  if (change.action === 'destroyed') {
    const then = change.recreated ? 'the plan recreates it' : 'the plan does not recreate it';
    return `${name} was deleted; ${then}.`;
  }
  if (change.changes.length === 0) {
    const attributes = change.attributes.map(quote).join(', ');
    return `${name} differs${attributes === '' ? '' : ` in ${attributes}`}.`;
  }
  const rows = change.changes.map((each) => [
    label(each.label),
    cell(each.before),
    cell(each.after),
    each.response,
  ]);
  return `${name}\n\n${markdownTable(['', 'Last applied', 'Now', 'The plan'], rows)}`;
}

function other(change: PlannedChange): string {
  const { address, previousAddress } = change;
  const from = previousAddress === undefined ? '' : ` from ${quote(previousAddress)}`;
  return `- ${quote(address)}: ${describeAction(change)}${from}`;
}

function messageInMarkdown(message: Phrase): string {
  return message.map((part) => (typeof part === 'string' ? part : quote(part.value))).join('');
}
