import type { Shown } from '../job/changes';
import { describeAction } from '../changes';
import type { JobReview, JobSide } from '../job/job';
import type { Block, Line } from './document';

/** A job: what happens to it, and its two sides in a table. */
export function describeJob(job: JobReview): Block[] {
  const blocks: Block[] = [
    { kind: 'title', text: [{ value: job.name }, `: ${describeAction(job)}`] },
  ];
  if (job.previousAddress !== undefined) {
    const moved = ['Moved from ', { value: job.previousAddress }, ' to ', { value: job.address }];
    blocks.push({ kind: 'paragraph', text: [...moved, '.'] });
  }
  if (job.importId !== undefined) {
    blocks.push({ kind: 'paragraph', text: ['Imported from ', { value: job.importId }, '.'] });
  }
  const rows = rowsOf(job);
  if (rows.length > 0) blocks.push({ kind: 'table', head: headOf(job), rows });
  if (job.weeks !== undefined) blocks.push({ kind: 'preformatted', text: job.weeks });
  return blocks;
}

/** What the plan of a new job does not know if it is not set: it will run, and may be deleted. */
const DEFAULTS: ReadonlySet<string> = new Set(['paused', 'deletion_policy']);

function headOf({ before, after }: JobReview): string[] {
  return ['', ...(before ? ['Now'] : []), ...(after ? ['Planned'] : [])];
}

function rowsOf(job: JobReview): Line[][] {
  const { before, after } = job;
  if (before !== undefined && after !== undefined) return changedRows(job, before, after);
  const side = after ?? before;
  if (side === undefined) return [];
  const attributes = side.attributes
    .filter(
      ({ attribute, shown }) =>
        attribute.essential && !(shown.kind === 'unknown' && DEFAULTS.has(attribute.id)),
    )
    .filter(({ attribute }) => !['schedule', 'time_zone'].includes(attribute.id))
    .map(({ attribute, shown }) => [describeLabel(attribute.label), describeShown(shown)]);
  const runs = nextRuns([side]);
  return [[['Schedule'], describeSchedule(side)], ...(runs ? [runs] : []), ...attributes];
}

function changedRows(job: JobReview, before: JobSide, after: JobSide): Line[][] {
  const isRescheduled = job.changes.some(({ id }) => id === 'schedule' || id === 'time_zone');
  const others = job.changes
    .filter(({ id }) => id !== 'schedule' && id !== 'time_zone')
    .map((each) => [
      describeLabel(each.label),
      describeShown(each.before),
      describeShown(each.after),
    ]);
  const runs = nextRuns([before, after]);
  // The schedule of a replaced job is always shown: it says which runs are at stake.
  if (!isRescheduled && job.action !== 'replaced') return others;
  return [
    [['Schedule'], describeSchedule(before), describeSchedule(after)],
    ...(runs ? [runs] : []),
    ...others,
  ];
}

function describeSchedule({ schedule, values }: JobSide): Line {
  if (schedule === undefined) {
    return [values.get('schedule')?.kind === 'sensitive' ? 'not shown' : 'known after apply'];
  }
  const { description, cron, timeZone } = schedule;
  const both: Line = [{ value: cron }, ', ', { value: timeZone }];
  return description === undefined
    ? [...both, ' (next runs unknown)']
    : [`${description} (`, ...both, ')'];
}

function nextRuns(sides: readonly JobSide[]): Line[] | undefined {
  const cells = sides.map((side) => side.schedule?.nextRuns.map((run) => run.wallClock) ?? []);
  if (cells.every((runs) => runs.length === 0)) return undefined;
  return [['Next runs'], ...cells.map((lines): Line => [{ lines }])];
}

/** An attribute's label: plain if it is one of ours, otherwise a value. */
export function describeLabel(text: string): Line {
  const [, header] = /^Header (.*)$/s.exec(text) ?? [];
  if (header !== undefined) return ['Header ', { value: header }];
  return [/^[A-Z][A-Za-z ]*$/.test(text) ? text : { value: text }];
}

export function describeShown(shown: Shown): Line {
  switch (shown.kind) {
    case 'value':
      return [{ value: shown.text }];
    case 'absent':
      return ['not set'];
    case 'unknown':
      return ['known after apply'];
    case 'sensitive':
      return ['sensitive, not shown'];
    case 'withheld':
      return ['not shown'];
  }
}
