import type { Shown } from '../job/changes';
import { whatHappens, type JobReview, type JobSide } from '../job/job';
import { quote } from './quote';

/** A job of the review: what happens to it, and its two sides in a table. */
export function jobInMarkdown(job: JobReview): string {
  const lines = [`**${quote(job.name)}: ${whatHappens(job)}**`];
  if (job.previousAddress !== undefined) {
    lines.push(`Moved from ${quote(job.previousAddress)} to ${quote(job.address)}.`);
  }
  if (job.importId !== undefined) lines.push(`Imported from ${quote(job.importId)}.`);
  const rows = rowsOf(job);
  if (rows.length > 0) lines.push(table(headOf(job), rows));
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
    // Of a new job, the state is known only after the apply: that it runs.
    .filter(
      ({ attribute, shown }) =>
        attribute.essential && !(shown.kind === 'unknown' && attribute.id === 'paused'),
    )
    .filter(({ attribute }) => !['schedule', 'time_zone'].includes(attribute.id))
    .map(({ attribute, shown }) => [label(attribute.label), cell(shown)]);
  const told = [['Schedule', schedule(side)], nextRuns([side]) ?? []].filter((row) => row.length);
  return [...told, ...attributes];
}

function changedRows(job: JobReview, before: JobSide, after: JobSide): Row[] {
  const timed = job.changes.some(({ id }) => id === 'schedule' || id === 'time_zone');
  const others = job.changes
    .filter(({ id }) => id !== 'schedule' && id !== 'time_zone')
    .map((each) => [label(each.label), cell(each.before), cell(each.after)]);
  const runs = nextRuns([before, after]);
  // A job that is replaced shows its schedule as well: it says which runs are at stake.
  if (!timed && job.action !== 'replaced') return others;
  return [['Schedule', schedule(before), schedule(after)], ...(runs ? [runs] : []), ...others];
}

function schedule({ schedule: told, values }: JobSide): string {
  if (told === undefined) {
    return values.get('schedule')?.kind === 'sensitive' ? 'not shown' : 'known after apply';
  }
  const { words, cron, timeZone } = told;
  return words === undefined
    ? `${quote(cron)}, ${quote(timeZone)} (not counted)`
    : `${words} (${quote(cron)}, ${quote(timeZone)})`;
}

function nextRuns(sides: readonly JobSide[]): Row | undefined {
  const cells = sides.map((side) => {
    const runs = side.schedule?.nextRuns.map((run) => run.wallClock) ?? [];
    return runs.join('<br>');
  });
  return cells.every((runs) => runs === '') ? undefined : ['Next runs', ...cells];
}

/** An attribute's name: plain when it is one of ours, else quoted. */
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

export function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
