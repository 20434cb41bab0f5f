import { stackName } from '../../../stages/naming';
import { describeAction, type PlannedChange } from '../changes';
import type { ConsentKind } from '../consent';
import type { Drift } from '../drift';
import type { Finding, Severity } from '../findings/finding';
import { otherChanges, type Review } from '../review';
import { commaSeparated, type Block, type Line, type Tone } from './document';
import { describeJob, describeLabel, describeShown } from './job';

const SECTIONS: Readonly<Record<Severity, readonly [title: string, tone: Tone | undefined]>> = {
  broken: ['This plan cannot be relied on', 'bad'],
  protected: ['Protected from deletion', 'bad'],
  stops: ['Needs consent', 'bad'],
  security: ['Security', 'doubtful'],
  notice: ['Notes', undefined],
};

/** A review for people. */
export function describeReview(review: Review): Block[] {
  const blocks: Block[] = [heading(review), paragraph([summary(review)])];
  for (const severity of Object.keys(SECTIONS) as Severity[]) {
    const findings = review.findings.filter((finding) => finding.severity === severity);
    if (findings.length === 0) continue;
    const [title, tone] = SECTIONS[severity];
    blocks.push(
      { kind: 'title', text: [title], tone },
      {
        kind: 'list',
        items: findings.map((each) => [...each.message, consentGiven(each, review)]),
      },
    );
  }
  if (review.findings.some(({ severity }) => severity === 'protected')) {
    blocks.push(paragraph(HOW_TO_DELETE));
  }
  if (review.needed !== undefined && review.needed.length > 0) {
    blocks.push(howToAccept(review.needed));
  }
  if (review.jobs.length > 0) blocks.push(section('Changes'));
  blocks.push(...review.jobs.flatMap(describeJob));
  if (review.drift.length > 0) blocks.push(section('Drift (changed outside Terraform)'));
  blocks.push(...review.drift.flatMap(describeDrift));
  const others = otherChanges(review);
  if (others.length > 0) {
    blocks.push(section('Other resources'), { kind: 'list', items: others.map(describeOther) });
  }
  if (review.outputs.length > 0) {
    const names = review.outputs.map((value) => ({ value }));
    blocks.push(paragraph(['Outputs that change: ', ...commaSeparated(names)]));
  }
  const { total, changes } = review.digest;
  if (changes.length > 0) blocks.push(paragraph(['Digest of the changes: ', { code: total }]));
  return blocks;
}

function paragraph(text: Line): Block {
  return { kind: 'paragraph', text };
}

const HOW_TO_DELETE: Line = [
  'No ',
  { code: '--allow' },
  ' and no label accepts this. To delete what is protected, deploy twice: first keep it, with ',
  { code: 'deletionProtection: false' },
  ' in stages/stages.ts; then deploy its removal. See docs/operations.md.',
];

function section(title: string): Block {
  return { kind: 'heading', level: 4, text: [title] };
}

function heading({ stage, passed }: Review): Block {
  const what = stage === undefined ? 'Terraform plan' : stackName(stage);
  const text = [`${what}: ${passed ? 'passes' : 'fails'} review`];
  return { kind: 'heading', level: 3, text, tone: passed ? 'good' : 'bad' };
}

function consentGiven({ consent }: Finding, { allowed }: Review): string {
  if (consent === undefined || !allowed.includes(consent)) return '';
  return ` (allowed: ${consent})`;
}

function howToAccept(kinds: readonly ConsentKind[]): Block {
  const labels = kinds.flatMap((kind, index) => [
    index === 0 ? '' : ' and ',
    { code: `allow-${kind}` },
  ]);
  const noun = kinds.length === 1 ? 'label' : 'labels';
  const option = { code: `--allow ${kinds.join(',')}` };
  return paragraph([
    'To accept this: ',
    option,
    `, or the ${noun} `,
    ...labels,
    ' on the pull request.',
  ]);
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

function describeDrift(change: Drift): Block[] {
  const name = { value: change.name };
  if (change.action === 'destroyed') {
    const then = change.recreated ? 'the plan recreates it' : 'the plan does not recreate it';
    return [paragraph([{ strong: name }, ` was deleted; ${then}.`])];
  }
  if (change.changes.length === 0) {
    const attributes = commaSeparated(change.attributes.map((value) => ({ value })));
    const which: Line = attributes.length === 0 ? [] : [' in ', ...attributes];
    return [paragraph([{ strong: name }, ' differs', ...which, '.'])];
  }
  const rows = change.changes.map((each) => [
    describeLabel(each.label),
    describeShown(each.before),
    describeShown(each.after),
    [each.response],
  ]);
  return [
    { kind: 'title', text: [name] },
    { kind: 'table', head: ['', 'Last applied', 'Now', 'The plan'], rows },
  ];
}

function describeOther(change: PlannedChange): Line {
  const { address, previousAddress } = change;
  const from: Line = previousAddress === undefined ? [] : [' from ', { value: previousAddress }];
  return [{ value: address }, `: ${describeAction(change)}`, ...from];
}
