import { recipe } from '../../../ops/fixes/fix';
import { renderFix } from '../../../ops/fixes/render';
import type { Job } from '../../../ops/google/scheduler';
import { setupFix } from '../../../ops/jobs/setup-fix';
import type { TableJob } from '../../../ops/jobs/table';

const ZONE = 'Australia/Sydney';
const LIVE: Job = { name: 'a', schedule: '*/10 * * * *', timeZone: ZONE, state: 'ENABLED' };
// The 29th of February: not within the next 28 days, except in February of a leap year.
const RARE = '0 0 29 2 *';

function table(changes: Partial<TableJob>): TableJob {
  return { stage: 'prod', schedule: '*/10 * * * *', paused: undefined, ...changes } as TableJob;
}

it.each([
  ['no change', {}, {}, ''],
  ['another schedule with upcoming runs', { schedule: '0 2 * * *' }, {}, ''],
  ['a pause of a paused job', { paused: true }, { state: 'PAUSED' }, ''],
  ['a pause', { paused: true }, {}, ' --allow stop'],
  ['a schedule without upcoming runs', { schedule: RARE }, {}, ' --allow stop'],
  ['an unchanged schedule without upcoming runs', { schedule: RARE }, { schedule: RARE }, ''],
])('for %s, suggests the setup of prod that passes review', (_, changes, live, consent) => {
  const { fix, caveat } = setupFix(table(changes), { ...LIVE, ...live } as Job, ZONE);
  expect(renderFix(fix)).toBe(`just gcp-scheduler-setup prod${consent}`);
  expect(caveat).toBe(
    consent === '' ? '' : '; the deploy stops this job, so its review fails without --allow stop',
  );
});

it('says which consent a changed target may need', () => {
  const uri = { field: 'uri', live: 'a', table: 'b' };
  expect(setupFix(table({}), LIVE, ZONE, [uri])).toEqual({
    fix: recipe('setup', 'prod'),
    caveat:
      '; unless the job was changed outside Terraform, the review of the deploy needs --allow retarget',
  });
  expect(setupFix(table({ stage: 'dev' }), LIVE, ZONE, [uri]).caveat).toBe('');
});

it('needs no consent in other stages', () => {
  const { fix } = setupFix(table({ stage: 'dev', paused: true }), LIVE, ZONE);
  expect(renderFix(fix)).toBe('just gcp-scheduler-setup dev');
});
