import type { JobInput, PageInput, StageInput } from '../../page/input';
import type { AttemptFacts } from '../../page/week/model';

export const NOW = new Date('2026-11-26T03:17:00Z');
export const TIME_ZONE = 'Australia/Sydney';
const WEEK = 7 * 86_400_000;

/** An attempt that started at an instant, and took some seconds. */
export function attempt(
  startedAt: string,
  seconds: number,
  outcome: AttemptFacts['outcome'] = 'ok',
): AttemptFacts {
  const start = new Date(startedAt);
  const text = outcome === 'ok' ? 'succeeded' : '500: failed';
  return {
    startedAt: start,
    finishedAt: new Date(start.getTime() + seconds * 1000),
    outcome,
    text,
  };
}

export function job(cron: string, more: Partial<JobInput> = {}): JobInput {
  return {
    name: 'nightly',
    schedule: { cron, timeZone: TIME_ZONE },
    cron,
    timeZone: TIME_ZONE,
    scheduleInWords: 'At night',
    deadlineSeconds: 600,
    attempts: [],
    pauses: [],
    state: { text: 'enabled', tone: 'good' },
    ...more,
  };
}

export function stage(jobs: readonly JobInput[], more: Partial<StageInput> = {}): StageInput {
  const log = { from: new Date(NOW.getTime() - WEEK), entries: 12 };
  return { name: 'dev', jobs, log, ...more };
}

export function input(stages: readonly StageInput[], more: Partial<PageInput> = {}): PageInput {
  return {
    title: 'Scheduled jobs',
    now: NOW,
    timeZone: TIME_ZONE,
    stages,
    footer: 'The end.',
    ...more,
  };
}
