import type { Job } from '../../../ops/google/scheduler';
import { setupFix } from '../../../ops/jobs/setup-fix';
import type { TableJob } from '../../../ops/jobs/table';

const ZONE = 'Australia/Sydney';
const LIVE: Job = { name: 'a', schedule: '*/10 * * * *', timeZone: ZONE, state: 'ENABLED' };
// The 29th of February comes at most once in four years: not in the coming 28 days, but for 2028.
const RARE = '0 0 29 2 *';

function table(changes: Partial<TableJob>): TableJob {
  return { stage: 'prod', schedule: '*/10 * * * *', paused: undefined, ...changes } as TableJob;
}

it.each([
  ['the same', {}, {}, ''],
  ['another schedule that runs', { schedule: '0 2 * * *' }, {}, ''],
  ['a pause that is there already', { paused: true }, { state: 'PAUSED' }, ''],
  ['a pause', { paused: true }, {}, ' --allow stop'],
  ['a schedule without runs ahead', { schedule: RARE }, {}, ' --allow stop'],
  ['a schedule without runs ahead, as before', { schedule: RARE }, { schedule: RARE }, ''],
])('for %s, production is fixed by the command that passes', (_, changes, live, consent) => {
  const { command, caveat } = setupFix(table(changes), { ...LIVE, ...live } as Job, ZONE);
  expect(command).toBe(`just gcp-scheduler-setup prod${consent}`);
  expect(caveat).toBe(
    consent === ''
      ? ''
      : '; deploying it stops this job, so its review fails unless that is allowed',
  );
});

it('needs no consent in other stages, whose reviews pass', () => {
  const { command } = setupFix(table({ stage: 'dev', paused: true }), LIVE, ZONE);
  expect(command).toBe('just gcp-scheduler-setup dev');
});
