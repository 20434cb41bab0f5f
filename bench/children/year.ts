import { Clock } from '../../sandbox/scheduler/clock';
import { Scheduler } from '../../sandbox/scheduler/scheduler';
import { DEFAULTS } from '../../stages/settings';
import { jobsOfStage, STAGES } from '../../stages/stages';

const FROM = Date.UTC(2027, 0, 1);
const UNTIL = Date.UTC(2028, 0, 1);

/** Runs a year of the six jobs on the scheduler's core, without HTTP. */
async function main(): Promise<void> {
  const clock = new Clock(() => FROM);
  let attempts = 0;
  const scheduler = new Scheduler(clock, {
    execute: async ({ activity }) => {
      attempts += 1;
      await activity.sleep(2000);
      return { kind: 'answered', status: 200 };
    },
    finished: () => undefined,
  });
  for (const { task, schedule } of jobsOfStage(STAGES.dev)) {
    scheduler.schedule(task, {
      cron: schedule,
      timeZone: DEFAULTS.GCP_SCHEDULER_TIMEZONE,
      attemptDeadline: 600_000,
      retry: {
        count: 0,
        maxDuration: 0,
        minBackoff: 5000,
        maxBackoff: 3_600_000,
        maxDoublings: 5,
      },
    });
  }
  await clock.advance(UNTIL - FROM);
  console.log(`${attempts} attempts`);
}

void main();
