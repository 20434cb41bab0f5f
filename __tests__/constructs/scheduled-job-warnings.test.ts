import { AnnotationMetadataEntryType, TerraformVariable, Testing } from 'cdktf';
import { foreignStack, jobWith, type AnyProps } from '../support/scheduled-job';

afterEach(() => {
  jest.useRealTimers();
});

const WARNING: string = AnnotationMetadataEntryType.WARN;

/** The warnings of a job made on a date, and what its stack renders then. */
function onDate(date: string, props: AnyProps): { warnings: unknown[]; json: string } {
  jest.useFakeTimers({ now: new Date(date) });
  const stack = foreignStack();
  const job = jobWith(props, stack);
  const warnings = job.node.metadata
    .filter((entry) => entry.type === WARNING)
    .map((entry): unknown => entry.data);
  expect(job.node.validate()).toEqual([]);
  return { warnings, json: Testing.synth(stack) };
}

const AT_TWO = { schedule: '0 2 * * *', timeZone: 'Australia/Sydney' };
const TWICE =
  'comes twice when the clocks go back, and the job may run once or twice. ' +
  'Cloud Scheduler leaves it undefined; choose an hour that every day has once.';
const SKIPPED =
  'is skipped when the clocks go forward, and the job may not run. ' +
  'Cloud Scheduler leaves it undefined; choose an hour that every day has once.';

it('a doubled time is a warning with the date of the next change', () => {
  expect(onDate('2026-11-24T00:00:00Z', AT_TWO).warnings).toEqual([
    `schedule "0 2 * * *" in Australia/Sydney: 2027-04-04 02:00 ${TWICE}`,
  ]);
});

it('a skipped time is one, once the autumn is over', () => {
  expect(onDate('2027-05-01T00:00:00Z', AT_TWO).warnings).toEqual([
    `schedule "0 2 * * *" in Australia/Sydney: 2027-10-03 02:00 ${SKIPPED}`,
  ]);
});

it('a job that runs on few days is warned of the first of its own, if within two years', () => {
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
])('none for $schedule in $timeZone', (props) => {
  expect(onDate('2026-11-24T00:00:00Z', props).warnings).toEqual([]);
});

it('none for what is mistaken or known to Terraform alone', () => {
  const stack = foreignStack();
  const zone = new TerraformVariable(stack, 'zone', { type: 'string' }).stringValue;

  expect(jobWith({ ...AT_TWO, timeZone: zone }, stack).node.metadata).toEqual([]);
  expect(jobWith({ ...AT_TWO, timeZone: 'Australia/Sidney' }).node.metadata).toEqual([]);
  expect(jobWith({ ...AT_TWO, schedule: '0 2 * *' }).node.metadata).toEqual([]);
});

it('warnings and their dates are not in the configuration', () => {
  const summer = onDate('2026-11-24T00:00:00Z', AT_TWO);
  const winter = onDate('2027-05-01T00:00:00Z', AT_TWO);

  expect(summer.warnings).not.toEqual(winter.warnings);
  expect(summer.json).toBe(winter.json);
  expect(summer.json).not.toContain('2027');
});

it('a warning fails nothing', () => {
  const stack = foreignStack();
  jobWith(AT_TWO, stack);

  expect(() => Testing.fullSynth(stack)).not.toThrow();
});
