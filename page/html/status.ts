import type { JobInput, StageInput } from '../input';
import { statisticsOf } from '../week/statistics';
import { isSlowRun } from './chart/marks';

/** A number that a stage is summed up with. */
export interface Status {
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'idle';
}

/** What an operator wants to know first, in a few words each. */
export function statusesOf(stage: StageInput): Status[] {
  const { jobs, findings, incidents, plan } = stage;
  const failing = jobs.filter(({ lastRun }) => lastRun?.ok === false).length;
  const paused = jobs.filter(({ pauses }) =>
    pauses.some(({ until }) => until === undefined),
  ).length;
  const failures = (findings?.problems ?? []).filter(
    ({ severity }) => severity === 'failure',
  ).length;
  const warnings = (findings?.problems ?? []).length - failures;
  const open = incidents !== undefined && 'open' in incidents ? incidents.open.length : 0;
  const statuses: Status[] = [
    { text: count(failing, 'failing job'), tone: 'bad' },
    { text: count(jobs.filter(isSlow).length, 'slow job'), tone: 'warn' },
    { text: count(paused, 'paused job'), tone: 'warn' },
    { text: count(failures, 'failed check'), tone: 'bad' },
    { text: count(warnings, 'warning'), tone: 'warn' },
    { text: count(open, 'open incident'), tone: 'bad' },
    { text: plan?.passed === false ? 'plan fails review' : '', tone: 'bad' },
  ];
  const shown = statuses.filter(({ text }) => text !== '');
  return shown.length > 0 ? shown : [{ text: 'nothing wrong', tone: 'good' }];
}

function isSlow(job: JobInput): boolean {
  const { p95Seconds } = statisticsOf(job.attempts);
  return p95Seconds !== undefined && isSlowRun(p95Seconds, job);
}

function count(number: number, what: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}
