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

it('uses the defaults if nothing is set', () => {
  expect(readSettings({})).toEqual({ settings: DEFAULTS, mistakes: [] });
});

it('treats an empty variable as not set', () => {
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
])('reads %s=%s', (variable, value, expected) => {
  expect(readSettings({ [variable]: value })).toEqual({
    settings: { ...DEFAULTS, ...expected },
    mistakes: [],
  });
});

it.each(['My-Project', 'short', '1-project', 'my_project', 'my-project-', '123456', ' my-project'])(
  'rejects GCP_PROJECT_ID=%j',
  (value) => {
    expect(mistakesIn({ GCP_PROJECT_ID: value })).toEqual([
      `Invalid GCP_PROJECT_ID ${JSON.stringify(value)}: is not a project id. ` +
        'Expected: 6-30 lower-case letters, digits or hyphens, starting with a letter; ' +
        'or domain-scoped, example.com:my-project. ' +
        'Fix: run `gcloud projects list` and use a PROJECT_ID.',
    ]);
  },
);

it.each(['sydney', 'AUSTRALIA-SOUTHEAST1', 'australia-southeast1-a', 'australia-southeast'])(
  'rejects GCP_REGION=%s',
  (value) => {
    expect(mistakesIn({ GCP_REGION: value })).toEqual([
      `Invalid GCP_REGION "${value}": is not a region. ` +
        'Expected: a name such as australia-southeast1. ' +
        'Fix: run `gcloud scheduler locations list` and use one of them.',
    ]);
  },
);

// validibot-cloudrun-staging: 30 characters less the 17 of "-cloudrun-staging".
it.each(['fourteen-chars', 'Validibot', '2validibot', 'validi_bot', 'validi bot'])(
  'rejects GCP_APP_NAME=%s',
  (value) => {
    expect(mistakesIn({ GCP_APP_NAME: value })).toEqual([
      `Invalid GCP_APP_NAME "${value}": must be 1-13 lower-case letters, digits or hyphens, ` +
        'starting with a letter (service account ids have at most 30 characters). ' +
        'Fix: use the name that Validibot is deployed under.',
    ]);
  },
);

it('suggests a time zone for a typo in GCP_SCHEDULER_TIMEZONE', () => {
  expect(mistakesIn({ GCP_SCHEDULER_TIMEZONE: 'Australia/Sidney' })).toEqual([
    'Invalid GCP_SCHEDULER_TIMEZONE "Australia/Sidney": is not a time zone. ' +
      'Expected: a tz database name (Area/Location) or UTC. ' +
      'Fix: use a name such as Australia/Sydney.',
  ]);
});

it('reports every mistake, and uses the defaults of invalid variables', () => {
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
