import { stackName } from '../../stages/naming';
import type { Severity } from '../findings/finding';
import type { OutsideChange } from '../outside';
import type { Phrase } from '../phrase';
import type { OtherChange, Review } from '../review';
import { cell, jobInMarkdown, label, table } from './job';
import { quote } from './quote';

const SECTIONS: Readonly<Record<Severity, string>> = {
  broken: 'This plan cannot be relied on',
  stops: 'Stops jobs',
  security: 'Security-relevant',
  notice: 'To note',
};

/** A review as Markdown, for a comment or a terminal; it ends without a line break. */
export function reviewInMarkdown(review: Review): string {
  const parts = [heading(review), summary(review)];
  for (const severity of Object.keys(SECTIONS) as Severity[]) {
    const messages = review.findings.filter((finding) => finding.severity === severity);
    if (messages.length === 0) continue;
    const allowed = severity === 'stops' && review.allowDestroy ? ' (allowed)' : '';
    const items = messages.map(({ message }) => `- ${inMarkdown(message)}`);
    parts.push(`**${SECTIONS[severity]}${allowed}**\n\n${items.join('\n')}`);
  }
  if (review.jobs.length > 0) parts.push('#### What the plan changes');
  parts.push(...review.jobs.map(jobInMarkdown));
  if (review.outside.length > 0) parts.push('#### What was changed outside Terraform');
  parts.push(...review.outside.map(outside));
  if (review.others.length > 0) {
    parts.push('#### Other resources', review.others.map(other).join('\n'));
  }
  if (review.outputs.length > 0) {
    parts.push(`Outputs that change: ${review.outputs.map(quote).join(', ')}`);
  }
  return parts.join('\n\n');
}

function heading({ stage, passed }: Review): string {
  const what = stage === undefined ? 'Terraform plan' : stackName(stage);
  return `### ${what}: ${passed ? 'passes' : 'fails'} review`;
}

function summary({ jobs, unchangedJobs, outside: drift, others, outputs }: Review): string {
  const counts = new Map<string, number>();
  for (const { action, imported, previousAddress } of jobs) {
    const words = [
      ...(previousAddress === undefined ? [] : ['moved']),
      ...(imported ? ['imported'] : []),
      ...(action === 'unchanged' ? [] : [action]),
    ];
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const changed = [...counts].map(([word, count]) => `${count} ${word}`);
  if (changed.length === 0) {
    const nothing = others.length + outputs.length + drift.length === 0;
    return nothing ? 'Nothing changes.' : `No job changes (${unchangedJobs} unchanged).`;
  }
  return `Jobs: ${[...changed, `${unchangedJobs} unchanged`].join(', ')}.`;
}

function outside(change: OutsideChange): string {
  const name = `**${quote(change.name)}**`;
  if (change.action === 'destroyed') {
    const then = change.madeAgain ? 'the plan makes it again' : 'the plan does not make it again';
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
    each.answer,
  ]);
  return `${name}\n\n${table(['', 'As Terraform left it', 'Found', 'The plan'], rows)}`;
}

function other({ address, previousAddress, action, imported }: OtherChange): string {
  const words = [...(imported ? ['imported'] : []), ...(action === 'unchanged' ? [] : [action])];
  const moved = previousAddress === undefined ? [] : [`moved from ${quote(previousAddress)}`];
  return `- ${quote(address)}: ${[...moved, ...words].join(' and ')}`;
}

function inMarkdown(message: Phrase): string {
  return message.map((part) => (typeof part === 'string' ? part : quote(part.value))).join('');
}
