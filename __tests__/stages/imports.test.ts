import { describeMistake } from '../../constructs/core/mistake';
import { readImports } from '../../stages/imports';
import { configurationOfStage } from '../support/stages';

const ALL = [
  'clear-sessions',
  'cleanup-idempotency-keys',
  'cleanup-callback-receipts',
  'purge-expired-submissions',
  'process-purge-retries',
  'cleanup-stuck-runs',
];

/** What `IMPORT_EXISTING` asks for, as plain data. */
function importsOf(value: string): unknown {
  const { imports, mistakes } = readImports({ IMPORT_EXISTING: value });
  expect(mistakes).toEqual([]);
  return Object.fromEntries([...imports].map(([stage, tasks]) => [stage, [...tasks]]));
}

it.each([
  ['prod', { prod: ALL }],
  ['prod,dev', { prod: ALL, dev: ALL }],
  ['prod,prod', { prod: ALL }],
  ['prod/clear-sessions', { prod: ['clear-sessions'] }],
  [
    'prod/clear-sessions,prod/cleanup-stuck-runs',
    { prod: ['clear-sessions', 'cleanup-stuck-runs'] },
  ],
  ['prod/clear-sessions,dev', { prod: ['clear-sessions'], dev: ALL }],
  ['dev/clear-sessions,dev', { dev: ALL }],
])('IMPORT_EXISTING=%s', (value, expected) => {
  expect(importsOf(value)).toEqual(expected);
});

const STAGES = 'dev, staging, prod';
const FORM = {
  expected: 'STAGE or STAGE/TASK, with commas between',
  fix: 'write it like prod, or like prod/clear-sessions,prod/cleanup-stuck-runs',
};

it.each([
  ['prdo', '"prdo" is not a stage', STAGES, 'write prod'],
  ['production', '"production" is not a stage', STAGES, 'name one of these'],
  ['PROD', '"PROD" is not a stage', STAGES, 'write prod'],
  ['prod dev', '"prod dev" is not a stage', STAGES, 'name one of these'],
  ['dev, prod', '" prod" is not a stage', STAGES, 'write prod'],
  ['prod/clear-session', '"clear-session" is not a task', ALL.join(', '), 'write clear-sessions'],
  ['prod/', '"" is not a task', ALL.join(', '), 'name one of these'],
  ['prod/validibot', '"validibot" is not a task', ALL.join(', '), 'name one of these'],
  ['prod,', 'an item is empty', FORM.allowed, FORM.fix],
  [',', 'an item is empty', FORM.allowed, FORM.fix],
  ['prod, ,dev', 'an item is empty', FORM.allowed, FORM.fix],
  ['prod/clear-sessions/', '"prod/clear-sessions/" has two slashes', FORM.allowed, FORM.fix],
])('IMPORT_EXISTING=%j is refused', (value, wrong, allowed, fix) => {
  const [message] = readImports({ IMPORT_EXISTING: value }).mistakes.map(describeMistake);

  expect(message).toBe(
    `Invalid IMPORT_EXISTING ${JSON.stringify(value)}: ${wrong}. Expected: ${allowed}. Fix: ${fix}.`,
  );
});

it('each bad item is a mistake of its own', () => {
  const { mistakes } = readImports({ IMPORT_EXISTING: 'prdo,dev,staging/x,' });

  expect(mistakes.map((mistake) => mistake.wrong)).toEqual([
    '"prdo" is not a stage',
    '"x" is not a task',
    'an item is empty',
  ]);
});

describe('a stack', () => {
  it('without it has no import blocks', () => {
    expect(configurationOfStage('prod')).not.toHaveProperty('import');
    expect(configurationOfStage('dev', { IMPORT_EXISTING: 'prod' })).not.toHaveProperty('import');
  });

  it('imports every job of its stage, in any project', () => {
    const blocks = configurationOfStage('dev', { IMPORT_EXISTING: 'dev' }).import;

    expect(blocks).toEqual(
      ALL.map((task) => ({
        id: `projects/\${var.project_id}/locations/australia-southeast1/jobs/validibot-${task}-dev`,
        to: `google_cloud_scheduler_job.${task}`,
      })),
    );
  });

  it('imports the named job alone', () => {
    const env = {
      IMPORT_EXISTING: 'prod/clear-sessions',
      GCP_REGION: 'us-central1',
      GCP_APP_NAME: 'x',
    };

    expect(configurationOfStage('prod', env).import).toEqual([
      {
        id: 'projects/${var.project_id}/locations/us-central1/jobs/x-clear-sessions',
        to: 'google_cloud_scheduler_job.clear-sessions',
      },
    ]);
  });
});
