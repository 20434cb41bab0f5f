import { completeJob, planOf } from '../apis/cloud-scheduler/job';
import { Clock } from '../scheduler/clock';
import { Scheduler } from '../scheduler/scheduler';

const FROM = Date.UTC(2027, 0, 1);
const UNTIL = Date.UTC(2028, 0, 1);

/**
 * Simulates a year of jobs on the scheduler, without HTTP: one job per schedule.
 *
 *   year.ts TIME_ZONE CRON...
 */
async function main([timeZone, ...schedules]: readonly string[]): Promise<void> {
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
  for (const [index, schedule] of schedules.entries()) {
    const given = { schedule, timeZone, httpTarget: { uri: 'https://worker.example.com/' } };
    const job = completeJob(`job-${index}`, given, new Date(FROM).toISOString());
    scheduler.schedule(job.name, planOf(job));
  }
  await clock.advance(UNTIL - FROM);
  console.log(`${attempts} attempts`);
}

void main(process.argv.slice(2));
