import { DEFAULTS } from '../../../stages/settings';
import { jobsOfStage, STAGES } from '../../../stages/stages';
import { plan, Simulation } from './simulation';

/**
 * A year has 8760 hours. In Sydney, the hour from 02:00 is skipped on 2027-10-03, and occurs twice on
 * 2027-04-04 but counts once: 8759 hours, and 02:00 occurs on 364 of 365 days. 2027 has 52 Sundays.
 */
const RUNS = {
  'clear-sessions': 364,
  'cleanup-idempotency-keys': 365,
  'cleanup-callback-receipts': 52,
  'purge-expired-submissions': 8759,
  'process-purge-retries': 8759 * 12,
  'cleanup-stuck-runs': 8759 * 6,
};

it('runs each of the six jobs as often in a year as its schedule says', async () => {
  const counts: Record<string, number> = {};
  const simulation = new Simulation('2026-12-31T12:59:59Z', ({ job }) => {
    counts[job] = (counts[job] ?? 0) + 1;
    return { seconds: 2 };
  });
  const timeZone = DEFAULTS.GCP_SCHEDULER_TIMEZONE;
  for (const { task, schedule } of jobsOfStage(STAGES.dev)) {
    simulation.scheduler.schedule(task, plan(schedule, { timeZone }));
  }

  await simulation.until('2027-12-31T12:59:59Z');

  expect(counts).toEqual(RUNS);
  expect(simulation.attempts).toBe(167_202);
}, 120_000);
