import { styled, table, type Cell, type Text } from '../../lib/text/text';
import { visible } from '../../lib/text/visible';
import type { Context } from '../context';
import type { Job } from '../google/scheduler';
import { describeNote, noteInJson } from '../pauses/note';
import { describeDifference } from './compare';
import { describeSchedule, formatTime } from './format-time';
import { lastResultOf } from './last-run';
import type { ListedJob } from './listed-jobs';
import { describeResult } from './result';

export function listedJobInJson({ live, runningSince, pause, ...row }: ListedJob) {
  return {
    ...row,
    pause: pause && noteInJson(pause),
    state: live?.state,
    running: runningSince !== undefined,
    runningSince: runningSince?.toISOString(),
    scheduleInWords: describeSchedule(row.schedule),
    timeZone: live && (live.timeZone ?? 'UTC'),
    lastRun: live?.lastAttemptTime,
    lastResult: live && lastResult(live, runningSince),
    nextRun: live && nextRun(live),
  };
}

/** Only what ended well is green; what runs, or never ran, has no color. */
function colored(result: string): Cell {
  if (result === 'succeeded') return styled('green', result);
  return /^\d{3}:|failed|deadline/.test(result) ? styled('red', result) : result;
}

export function describeListedJobs({ location }: Context, rows: readonly ListedJob[]): Text {
  if (rows.length === 0) return 'No jobs.';
  const zones = [...new Set(rows.flatMap(({ live }) => (live ? [zoneOf(live)] : [])))];
  // Where they differ, each time says its own.
  const timeOf = (live: Job | undefined, at: string | undefined): string => {
    const zone = live && zones.length > 1 && at !== undefined ? ` ${zoneOf(live)}` : '';
    return `${formatTime(live?.timeZone, at)}${zone}`;
  };
  const jobs = table(
    ['stage', 'job', 'state', 'schedule', 'last run', 'result', 'next run', 'problems'],
    rows.map(({ stage = '', job, schedule, live, runningSince, ...row }) => [
      stage,
      job,
      describeState(live, runningSince),
      describeSchedule(schedule),
      timeOf(live, live?.lastAttemptTime),
      live ? colored(lastResult(live, runningSince)) : '',
      timeOf(live, live && nextRun(live)),
      styled('red', describeMarks(row)),
    ]),
    2,
  );
  const details = rows.flatMap(({ job, differences: fields, pause, live }) =>
    [
      ...fields.map(describeDifference),
      ...(pause ? [`paused ${describeNote(pause, (at) => formatTime(live?.timeZone, at))}`] : []),
    ].map((detail) => `\n${visible(`${job}: ${detail}`)}`),
  );
  const { project, region } = location;
  return [
    jobs,
    `\nProject ${project}, region ${region}.${describeZones(zones)}${details.join('')}`,
  ];
}

function describeZones(zones: readonly string[]): string {
  if (zones.length === 0) return '';
  return zones.length === 1
    ? ` Times are in ${visible(zones.join())}.`
    : " Times are in each job's own time zone.";
}

function zoneOf({ timeZone = 'UTC' }: Job): string {
  return timeZone;
}

/** `enabled`, `running`, `paused, running` */
function describeState(live: Job | undefined, runningSince: Date | undefined): string {
  const state = live?.state?.toLowerCase() ?? '';
  if (runningSince === undefined) return state;
  return state === 'enabled' ? 'running' : `${state}, running`;
}

/** `drifted: schedule, audience; paused` */
function describeMarks({
  marks,
  differences: fields,
}: Pick<ListedJob, 'marks' | 'differences'>): string {
  const names = fields.map(({ field }) => field).join(', ');
  return marks.map((mark) => (mark === 'drifted' ? `${mark}: ${names}` : mark)).join('; ');
}

/** None for a paused job, which keeps the time at which it would have run. */
function nextRun(live: Job): string | undefined {
  return live.state === 'PAUSED' ? undefined : live.scheduleTime;
}

function lastResult(live: Job, runningSince: Date | undefined): string {
  if (runningSince !== undefined) return 'running';
  const result = lastResultOf(live);
  return result === undefined ? 'never ran' : describeResult(result);
}
