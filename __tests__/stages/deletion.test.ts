import type { Stage } from '../../stages/stages';
import { dropsTokens, knowsDeletionPolicy } from '../../stages/versions';
import { pinGoogle } from '../e2e/pin';
import { configurationOf, type Block } from '../support/scheduled-job';
import { customStack } from '../support/stages';

jest.mock('../../stages/versions', () => ({
  ...jest.requireActual<object>('../../stages/versions'),
}));

const JOB = 'google_cloud_scheduler_job.clear-sessions';
const ALERT = 'google_monitoring_alert_policy.missed-runs-clear-sessions';
const FAILED = 'google_monitoring_alert_policy.failed-runs';
const METRIC = 'google_logging_metric.successful-runs';

beforeEach(() => {
  pinGoogle('7.45.0');
});

/** Every resource of a stage's stack, by address, and what its output lists. */
function resourcesOf(stage: Stage): { blocks: Record<string, Block>; listed: unknown } {
  const { resource = {}, output } = configurationOf(customStack(stage));
  const blocks = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, block]): [string, Block] => [`${type}.${name}`, block]),
  );
  const list = output?.protected_resources as { value?: unknown } | undefined;
  return { blocks: Object.fromEntries(blocks), listed: list?.value };
}

function preventing(blocks: Record<string, Block>): string[] {
  return Object.entries(blocks)
    .filter(([, { lifecycle }]) => (lifecycle as Block | undefined)?.prevent_destroy === true)
    .map(([address]) => address)
    .sort();
}

const PROTECTED: Stage = { deletionProtection: true };

describe('a stage that is protected from deletion', () => {
  it('protects its jobs, alerts and metric, and nothing that must come and go', () => {
    const { blocks, listed } = resourcesOf(PROTECTED);
    const expected = Object.keys(blocks)
      .filter((address) => /_(scheduler_job|alert_policy|metric)\./.test(address))
      .sort();
    expect(expected.length).toBeGreaterThan(10);
    expect(preventing(blocks)).toEqual(expected);
    expect(listed).toEqual(expected);
    const policies = Object.entries(blocks).filter(([, block]) => 'deletion_policy' in block);
    expect(policies.map(([address]) => address).sort()).toEqual(expected);
    expect(new Set(policies.map(([, block]) => block.deletion_policy))).toEqual(
      new Set(['PREVENT']),
    );
  });

  it('does so without deletion_policy where the provider has none', () => {
    pinGoogle('6.50.0');
    const { blocks, listed } = resourcesOf(PROTECTED);
    expect(preventing(blocks)).toEqual(listed);
    expect(JSON.stringify(blocks)).not.toContain('deletion_policy');
  });

  it('may except one job, with its alert', () => {
    const { blocks, listed } = resourcesOf({
      ...PROTECTED,
      jobs: { 'clear-sessions': { deletionProtection: false } },
    });
    expect(listed).toEqual(preventing(blocks));
    expect(listed).not.toContain(JOB);
    expect(listed).not.toContain(ALERT);
    expect(listed).toEqual(expect.arrayContaining([FAILED, METRIC]));
    expect([blocks[JOB], blocks[ALERT]]).toMatchObject([
      { deletion_policy: 'DELETE' },
      { deletion_policy: 'DELETE' },
    ]);
  });

  it('disables the alert of a job that it pauses, instead of deleting it', () => {
    const paused = { 'clear-sessions': { paused: true } };
    expect(resourcesOf({ ...PROTECTED, jobs: paused }).blocks[ALERT]).toMatchObject({
      enabled: false,
    });
    expect(resourcesOf(PROTECTED).blocks[ALERT]).not.toHaveProperty('enabled');
    expect(resourcesOf({ jobs: paused }).blocks).not.toHaveProperty([ALERT]);
  });
});

describe('a stage that is not protected', () => {
  it('says nothing of deletion', () => {
    const { blocks, listed } = resourcesOf({});
    expect(preventing(blocks)).toEqual([]);
    expect(JSON.stringify(blocks)).not.toContain('deletion_policy');
    expect(listed).toBeUndefined();
  });

  it('ends a protection with an explicit false', () => {
    const { blocks, listed } = resourcesOf({ deletionProtection: false });
    expect(preventing(blocks)).toEqual([]);
    expect(blocks[JOB]).toMatchObject({ deletion_policy: 'DELETE' });
    expect(blocks[FAILED]).toMatchObject({ deletion_policy: 'DELETE' });
    expect(listed).toBeUndefined();
  });
});

it.each([
  ['6.50.0', false, false],
  ['7.30.0', false, false],
  ['7.31.0', true, false],
  ['7.32.0', true, true],
  ['7.45.0', true, true],
  ['8.0.0', true, true],
])('google %s drops tokens: %p, and knows deletion_policy: %p', (version, drops, knows) => {
  expect(dropsTokens(version)).toBe(drops);
  expect(knowsDeletionPolicy(version)).toBe(knows);
});
