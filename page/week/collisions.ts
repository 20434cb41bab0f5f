import type { Collision, JobFacts, Row } from './model';
import { statisticsOf } from './statistics';

/** From how many seconds (p95) on a job counts as heavy. */
const HEAVY_SECONDS = 10;

const MINUTE = 60_000;

/**
 * The minutes in which several heavy jobs start, grouped by the jobs. A job is heavy if its attempts
 * take long; one without attempts counts as heavy if it runs rarely, as jobs with much to do at once
 * do.
 */
export function findCollisions(rows: readonly Row[]): Collision[] {
  const byMinute = new Map<number, string[]>();
  for (const { job, runs } of rows.filter(isHeavy)) {
    for (const { at } of runs.filter(({ at, kind }) => kind !== 'skipped' && !isPaused(job, at))) {
      const minute = Math.floor(at.getTime() / MINUTE);
      byMinute.set(minute, [...(byMinute.get(minute) ?? []), job.name]);
    }
  }
  const found = new Map<string, { jobs: string[]; at: Date[] }>();
  for (const [minute, jobs] of [...byMinute].sort(([a], [b]) => a - b)) {
    if (jobs.length < 2) continue;
    const key = JSON.stringify(jobs);
    const collision = found.get(key) ?? { jobs, at: [] };
    collision.at.push(new Date(minute * MINUTE));
    found.set(key, collision);
  }
  return [...found.values()];
}

/** Whether a job is paused at an instant. */
export function isPaused({ pauses }: JobFacts, at: Date): boolean {
  return pauses.some(({ from, until }) => from <= at && (until === undefined || at < until));
}

function isHeavy({ job, cells }: Row): boolean {
  const { p95Seconds } = statisticsOf(job.attempts);
  return p95Seconds === undefined ? cells.length === 0 : p95Seconds >= HEAVY_SECONDS;
}
