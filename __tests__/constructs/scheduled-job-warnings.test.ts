import { AnnotationMetadataEntryType, TerraformVariable, Testing } from 'cdktf';
import { emptyStack, jobWith, type AnyProps } from '../support/scheduled-job';

afterEach(() => {
  jest.useRealTimers();
});

const WARNING: string = AnnotationMetadataEntryType.WARN;

/** The warnings of a job that is synthesized on a date, and its stack's JSON. */
function onDate(date: string, props: AnyProps): { warnings: unknown[]; json: string } {
  jest.useFakeTimers({ now: new Date(date) });
  const stack = emptyStack();
  const job = jobWith(props, stack);
  const warnings = job.node.metadata
    .filter((entry) => entry.type === WARNING)
    .map((entry): unknown => entry.data);
  expect(job.node.validate()).toEqual([]);
  return { warnings, json: Testing.synth(stack) };
}

const AT_TWO = { schedule: '0 2 * * *', timeZone: 'Australia/Sydney' };
const TWICE =
  'occurs twice, because the clocks go back; the job may run once or twice ' +
  '(Cloud Scheduler does not define it). Fix: use an hour that occurs once every day.';
const SKIPPED =
  'does not exist, because the clocks go forward; the job may not run ' +
  '(Cloud Scheduler does not define it). Fix: use an hour that occurs once every day.';

it('warns of a doubled time, with the date of the next clock change', () => {
  expect(onDate('2026-11-24T00:00:00Z', AT_TWO).warnings).toEqual([
    `schedule "0 2 * * *" in Australia/Sydney: 2027-04-04 02:00 ${TWICE}`,
  ]);
});

it('warns of a skipped time when that change comes next', () => {
  expect(onDate('2027-05-01T00:00:00Z', AT_TWO).warnings).toEqual([
    `schedule "0 2 * * *" in Australia/Sydney: 2027-10-03 02:00 ${SKIPPED}`,
  ]);
});

it('warns of the first clock change on a day of the job, within two years', () => {
  // 1 April is next a Sunday, and so the first of April, in 2029.
  const onFirstOfApril = { schedule: '0 2 1 4 *', timeZone: 'Australia/Sydney' };

  expect(onDate('2026-11-24T00:00:00Z', onFirstOfApril).warnings).toEqual([]);
  expect(onDate('2028-01-01T00:00:00Z', onFirstOfApril).warnings).toEqual([
    `schedule "0 2 1 4 *" in Australia/Sydney: 2029-04-01 02:00 ${TWICE}`,
  ]);
});

it.each([
  { schedule: '0 3 * * *', timeZone: 'Australia/Sydney' },
  { schedule: '*/5 * * * *', timeZone: 'Australia/Sydney' },
  { schedule: '0 2 * * *', timeZone: 'Australia/Brisbane' },
  { schedule: '0 2 * * *', timeZone: 'UTC' },
])('does not warn of $schedule in $timeZone', (props) => {
  expect(onDate('2026-11-24T00:00:00Z', props).warnings).toEqual([]);
});

describe('retries that the next run ends', () => {
  const EVERY_FIVE = { schedule: '*/5 * * * *', timeZone: 'UTC' };

  it.each([
    // 60, 120, 240 s: the third starts after 420 s.
    [{ ...EVERY_FIVE, retryCount: 3, minBackoffSeconds: 60 }, 2],
    [{ ...EVERY_FIVE, retryCount: 1, minBackoffSeconds: 300 }, 0],
    // 100, 200 s: with the next run.
    [{ ...EVERY_FIVE, retryCount: 2, minBackoffSeconds: 100 }, 1],
  ])('are warned of for %j', (props, possible) => {
    expect(onDate('2026-11-24T00:00:00Z', props).warnings).toEqual([
      `retryCount ${props.retryCount}: at most ${possible} of the retries start before the next scheduled run, ` +
        'which ends them. Fix: lower retryCount or minBackoffSeconds.',
    ]);
  });

  it.each([
    { ...EVERY_FIVE, retryCount: 5 },
    { ...EVERY_FIVE, retryCount: 2, minBackoffSeconds: 60 },
    // Between Friday and Monday there is time.
    { schedule: '*/5 * * * MON-FRI', timeZone: 'UTC', retryCount: 3, minBackoffSeconds: 60 },
    { ...EVERY_FIVE, retryCount: 5, minBackoffSeconds: 60, maxBackoffSeconds: 30 },
  ])('are not warned of for %j', (props) => {
    jest.useFakeTimers({ now: new Date('2026-11-24T00:00:00Z') });
    const warnings = jobWith(props).node.metadata.filter(({ type }) => type === WARNING);
    expect(warnings).toEqual([]);
  });
});

it('does not warn of invalid values or tokens', () => {
  const stack = emptyStack();
  const zone = new TerraformVariable(stack, 'zone', { type: 'string' }).stringValue;

  expect(jobWith({ ...AT_TWO, timeZone: zone }, stack).node.metadata).toEqual([]);
  expect(jobWith({ ...AT_TWO, timeZone: 'Australia/Sidney' }).node.metadata).toEqual([]);
  expect(jobWith({ ...AT_TWO, schedule: '0 2 * *' }).node.metadata).toEqual([]);
});

it('keeps warnings and their dates out of the configuration', () => {
  const summer = onDate('2026-11-24T00:00:00Z', AT_TWO);
  const winter = onDate('2027-05-01T00:00:00Z', AT_TWO);

  expect(summer.warnings).not.toEqual(winter.warnings);
  expect(summer.json).toBe(winter.json);
  expect(summer.json).not.toContain('2027');
});

it('does not fail the synth', () => {
  const stack = emptyStack();
  jobWith(AT_TWO, stack);

  expect(() => Testing.fullSynth(stack)).not.toThrow();
});
