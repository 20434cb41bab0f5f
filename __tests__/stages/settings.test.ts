import path from 'node:path';
import { describeMistake } from '../../constructs/core/mistake';
import type { Environment } from '../../stages/environment';
import { readSettings } from '../../stages/settings';

/** The messages of the mistakes in an environment. */
function mistakesIn(env: Environment): string[] {
  return readSettings(env).mistakes.map(describeMistake);
}

const DEFAULTS = {
  projectId: '',
  region: 'australia-southeast1',
  appName: 'validibot',
  timeZone: 'Australia/Sydney',
  state: { kind: 'local', directory: path.resolve('.') },
  imports: new Map(),
  channels: { emails: [], existing: [] },
};

const VARIABLES = [
  'GCP_PROJECT_ID',
  'GCP_REGION',
  'GCP_APP_NAME',
  'GCP_SCHEDULER_TIMEZONE',
  'TF_CLOUD_ORGANIZATION',
  'TF_CLOUD_HOSTNAME',
  'TF_STATE_BUCKET',
  'TF_STATE_DIR',
  'IMPORT_EXISTING',
  'ALERT_EMAILS',
  'ALERT_CHANNELS',
];

it('nothing set: the defaults', () => {
  expect(readSettings({})).toEqual({ settings: DEFAULTS, mistakes: [] });
});

it('an empty variable is not set', () => {
  const env = Object.fromEntries(VARIABLES.map((variable) => [variable, '']));

  expect(readSettings(env)).toEqual({ settings: DEFAULTS, mistakes: [] });
});

it.each([
  ['GCP_PROJECT_ID', 'my-project', { projectId: 'my-project' }],
  ['GCP_PROJECT_ID', 'example.com:my-project', { projectId: 'example.com:my-project' }],
  ['GCP_PROJECT_ID', 'abcde6', { projectId: 'abcde6' }],
  ['GCP_REGION', 'us-central1', { region: 'us-central1' }],
  ['GCP_REGION', 'europe-west12', { region: 'europe-west12' }],
  ['GCP_APP_NAME', 'v2-app', { appName: 'v2-app' }],
  ['GCP_APP_NAME', 'thirteenchars', { appName: 'thirteenchars' }],
  ['GCP_SCHEDULER_TIMEZONE', 'UTC', { timeZone: 'UTC' }],
  ['GCP_SCHEDULER_TIMEZONE', 'Asia/Kolkata', { timeZone: 'Asia/Kolkata' }],
])('%s=%s', (variable, value, expected) => {
  expect(readSettings({ [variable]: value })).toEqual({
    settings: { ...DEFAULTS, ...expected },
    mistakes: [],
  });
});

it.each([
  'My-Project',
  'short',
  '1-project',
  'my_project',
  'my-project-',
  '123456',
  ' my-project',
])('GCP_PROJECT_ID=%j is refused', (value) => {
  expect(mistakesIn({ GCP_PROJECT_ID: value })).toEqual([
    `Invalid GCP_PROJECT_ID ${JSON.stringify(value)}: it is not a project id. ` +
      'Expected: 6 to 30 lower-case letters, digits and hyphens, from a letter on, ' +
      'after example.com: if domain-scoped. ' +
      'Fix: take the PROJECT_ID column of gcloud projects list.',
  ]);
});

it.each(['sydney', 'AUSTRALIA-SOUTHEAST1', 'australia-southeast1-a', 'australia-southeast'])(
  'GCP_REGION=%s is refused',
  (value) => {
    expect(mistakesIn({ GCP_REGION: value })).toEqual([
      `Invalid GCP_REGION "${value}": it does not have the shape of a region. ` +
        'Expected: names such as australia-southeast1. ' +
        'Fix: take one of gcloud scheduler locations list.',
    ]);
  },
);

// validibot-cloudrun-staging: 30 characters less the 17 of "-cloudrun-staging".
it.each(['fourteen-chars', 'Validibot', '2validibot', 'validi_bot', 'validi bot'])(
  'GCP_APP_NAME=%s is refused',
  (value) => {
    expect(mistakesIn({ GCP_APP_NAME: value })).toEqual([
      `Invalid GCP_APP_NAME "${value}": the names of the services and accounts cannot be made from it. ` +
        'Expected: 1 to 13 lower-case letters, digits and hyphens, from a letter on ' +
        '(account ids have at most 30 characters). ' +
        'Fix: use the name that Validibot is deployed under.',
    ]);
  },
);

it('GCP_SCHEDULER_TIMEZONE with a typo is refused with a suggestion', () => {
  expect(mistakesIn({ GCP_SCHEDULER_TIMEZONE: 'Australia/Sidney' })).toEqual([
    'Invalid GCP_SCHEDULER_TIMEZONE "Australia/Sidney": it is not the name of a time zone. ' +
      'Expected: Area/Location names of the tz database, or UTC. ' +
      'Fix: name the zone, for example Australia/Sydney.',
  ]);
});

it('every mistake is found, and what is mistaken has its default', () => {
  const { settings, mistakes } = readSettings({
    GCP_PROJECT_ID: 'X',
    GCP_REGION: 'X',
    GCP_APP_NAME: 'X',
    GCP_SCHEDULER_TIMEZONE: 'X',
    TF_STATE_BUCKET: 'X',
    IMPORT_EXISTING: 'X',
  });

  expect(mistakes.map((mistake) => mistake.subject)).toEqual([
    'GCP_PROJECT_ID',
    'GCP_REGION',
    'GCP_APP_NAME',
    'GCP_SCHEDULER_TIMEZONE',
    'TF_STATE_BUCKET',
    'IMPORT_EXISTING',
  ]);
  const { projectId, region, appName, timeZone } = DEFAULTS;
  expect(settings).toMatchObject({ projectId, region, appName, timeZone });
});
