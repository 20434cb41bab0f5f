import { completeJob, planOf } from '../../../sandbox/apis/cloud-scheduler/job';
import { Clock } from '../../../sandbox/scheduler/clock';
import { Scheduler } from '../../../sandbox/scheduler/scheduler';
import { DEFAULTS } from '../../../stages/settings';
import { jobsOfStage, STAGES } from '../../../stages/stages';

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
    const given = {
      schedule,
      timeZone: DEFAULTS.GCP_SCHEDULER_TIMEZONE,
      httpTarget: { uri: 'https://worker.example.com/' },
    };
    scheduler.schedule(task, planOf(completeJob(task, given, new Date(FROM).toISOString())));
  }
  await clock.advance(UNTIL - FROM);
  console.log(`${attempts} attempts`);
}

void main();
