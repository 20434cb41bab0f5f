import { startFakeGoogle, type FakeGoogle } from './google/fake-google';
import { bareEnvironment, callOps } from './support';

/** What a terminal, a runner of workflows or a reader could take for something else. */
const HOSTILE = [
  '\u001B[2J\u001B]52;c;cm0gLXJmIC8=\u0007',
  '\u009B31m\rINJECTED',
  '\nINJECTED',
  '\r\n::set-output name=x::y',
  '\n  ::error::x',
  '\u2028##[add-path]/tmp',
  '\u202Egnp.exe\u200B',
].join('');

const JOB = 'validibot-clear-sessions-dev';
const NAME = `projects/my-project/locations/australia-southeast1/jobs/${JOB}`;
const AT = '2026-11-25T00:00:00Z';

/** The same answer to every call, with hostile text in every field that is not looked up by name. */
const ANSWER = {
  name: NAME,
  description: HOSTILE,
  schedule: HOSTILE,
  timeZone: HOSTILE,
  state: HOSTILE,
  lastAttemptTime: AT,
  scheduleTime: AT,
  status: { code: 13, message: HOSTILE },
  httpTarget: {
    uri: HOSTILE,
    httpMethod: HOSTILE,
    headers: { [HOSTILE]: 'x' },
    oidcToken: { serviceAccountEmail: HOSTILE, audience: HOSTILE },
  },
  uri: HOSTILE,
  urls: [HOSTILE],
  email: HOSTILE,
  displayName: HOSTILE,
  projectNumber: HOSTILE,
  lifecycleState: 'ACTIVE',
  terminalCondition: { type: HOSTILE, state: HOSTILE, message: HOSTILE, reason: HOSTILE },
  template: { containers: [{ env: [{ name: 'APP_ROLE', value: HOSTILE }] }] },
  bindings: [{ role: HOSTILE, members: [HOSTILE] }],
  alertPolicies: [{ name: HOSTILE, displayName: HOSTILE }],
  entries: [
    {
      timestamp: AT,
      severity: 'ERROR',
      textPayload: HOSTILE,
      httpRequest: { status: 500 },
      jsonPayload: {
        '@type': 'type.googleapis.com/google.cloud.scheduler.logging.AttemptFinished',
        status: HOSTILE,
        debugInfo: HOSTILE,
      },
    },
  ],
};
const JOBS = [ANSWER, { ...ANSWER, name: `${NAME}${HOSTILE}` }];

let google: FakeGoogle;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  google = await startFakeGoogle();
  env = bareEnvironment({
    GCP_PROJECT_ID: 'my-project',
    GOOGLE_OAUTH_ACCESS_TOKEN: 'token',
    ...Object.fromEntries(
      [
        'CLOUD_SCHEDULER',
        'CLOUD_RUN_V2',
        'IAM',
        'RESOURCE_MANAGER',
        'SERVICE_USAGE',
        'LOGGING',
        'MONITORING',
      ].map((api) => [`GOOGLE_${api}_CUSTOM_ENDPOINT`, google.url]),
    ),
  });
});
afterAll(() => google.close());

const COMMANDS = [
  ['list'],
  ['list', 'dev', '--check'],
  ['doctor', 'dev'],
  ['logs', JOB, '--since', '30d'],
  ['pause', JOB],
  ['resume', JOB],
  ['pause-all', 'dev'],
  ['resume-all', 'dev', '--confirm', 'validibot-dev'],
  ['run', JOB, '--no-wait'],
] as const;

function expectHarmless(text: string): void {
  expect(text).not.toMatch(/[^\P{Cc}\t\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
  // At the start of a line, or anywhere in it.
  expect(text).not.toMatch(/^\s*(?:::|INJECTED)/m);
  expect(text).not.toMatch(/##\w*\[/);
}

describe.each(COMMANDS.map((args) => [args.join(' '), args] as const))('%s', (_, args) => {
  it.each([
    ['results', { status: 200, body: { ...ANSWER, jobs: JOBS } }],
    ['errors', { status: 403, body: { error: { code: 403, status: HOSTILE, message: HOSTILE } } }],
  ])('shows foreign text in %s without acting on it', async (_kind, reply) => {
    google.replies = [reply];
    const text = await callOps(env, args);
    expectHarmless(text.stdout);
    expectHarmless(text.stderr);
    const json = await callOps(env, [...args, '--json']);
    expectHarmless(json.stdout);
    JSON.parse(json.stdout);
  });
});

it('shows what the text has', async () => {
  google.replies = [{ body: { ...ANSWER, jobs: JOBS } }];
  const { stdout } = await callOps(env, ['list', 'dev']);
  expect(stdout).toContain(
    String.raw`\u{1b}[2J\u{1b}]52;c;cm0gLXJmIC8=\u{7}\u{9b}31m\u{d}INJECTED\nINJECTED`,
  );
});
