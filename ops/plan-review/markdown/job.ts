import { markdownTable } from '../../../lib/markdown-table';
import type { Shown } from '../job/changes';
import { describeAction, type JobReview, type JobSide } from '../job/job';
import { quote } from './quote';

/** A job in Markdown: what happens to it, and its two sides in a table. */
export function jobInMarkdown(job: JobReview): string {
  const lines = [`**${quote(job.name)}: ${describeAction(job)}**`];
  if (job.previousAddress !== undefined) {
    lines.push(`Moved from ${quote(job.previousAddress)} to ${quote(job.address)}.`);
  }
  if (job.importId !== undefined) lines.push(`Imported from ${quote(job.importId)}.`);
  const rows = rowsOf(job);
  if (rows.length > 0) lines.push(markdownTable(headOf(job), rows));
  return lines.join('\n\n');
}

type Row = readonly string[];

function headOf({ before, after }: JobReview): Row {
  return ['', ...(before ? ['Now'] : []), ...(after ? ['Planned'] : [])];
}

function rowsOf(job: JobReview): Row[] {
  const { before, after } = job;
  if (before !== undefined && after !== undefined) return changedRows(job, before, after);
  const side = after ?? before;
  if (side === undefined) return [];
  const attributes = side.attributes
    // The state of a new job is known only after the apply; it will be running.
    .filter(
      ({ attribute, shown }) =>
        attribute.essential && !(shown.kind === 'unknown' && attribute.id === 'paused'),
    )
    .filter(({ attribute }) => !['schedule', 'time_zone'].includes(attribute.id))
    .map(({ attribute, shown }) => [label(attribute.label), cell(shown)]);
  const runs = nextRuns([side]);
  return [['Schedule', scheduleCell(side)], ...(runs ? [runs] : []), ...attributes];
}

function changedRows(job: JobReview, before: JobSide, after: JobSide): Row[] {
  const isRescheduled = job.changes.some(({ id }) => id === 'schedule' || id === 'time_zone');
  const others = job.changes
    .filter(({ id }) => id !== 'schedule' && id !== 'time_zone')
    .map((each) => [label(each.label), cell(each.before), cell(each.after)]);
  const runs = nextRuns([before, after]);
  // The schedule of a replaced job is always shown: it says which runs are at stake.
  if (!isRescheduled && job.action !== 'replaced') return others;
  return [
    ['Schedule', scheduleCell(before), scheduleCell(after)],
    ...(runs ? [runs] : []),
    ...others,
  ];
}

function scheduleCell({ schedule, values }: JobSide): string {
  if (schedule === undefined) {
    return values.get('schedule')?.kind === 'sensitive' ? 'not shown' : 'known after apply';
  }
  const { description, cron, timeZone } = schedule;
  return description === undefined
    ? `${quote(cron)}, ${quote(timeZone)} (next runs unknown)`
    : `${description} (${quote(cron)}, ${quote(timeZone)})`;
}

function nextRuns(sides: readonly JobSide[]): Row | undefined {
  const cells = sides.map((side) => {
    const runs = side.schedule?.nextRuns.map((run) => run.wallClock) ?? [];
    return runs.join('<br>');
  });
  return cells.every((runs) => runs === '') ? undefined : ['Next runs', ...cells];
}

/** An attribute's label: plain if it is one of ours, otherwise quoted. */
export function label(text: string): string {
  const [, header] = /^Header (.*)$/s.exec(text) ?? [];
  if (header !== undefined) return `Header ${quote(header)}`;
  return /^[A-Z][A-Za-z ]*$/.test(text) ? text : quote(text);
}

export function cell(shown: Shown): string {
  switch (shown.kind) {
    case 'value':
      return quote(shown.text);
    case 'absent':
      return 'not set';
    case 'unknown':
      return 'known after apply';
    case 'sensitive':
      return 'sensitive, not shown';
    case 'withheld':
      return 'not shown';
  }
}
