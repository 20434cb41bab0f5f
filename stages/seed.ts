import type { Seed, ServiceSeed } from '../sandbox/world/seed';
import { JOBS } from './jobs';
import { serviceAccountEmail, webServiceName, workerServiceName } from './naming';
import { DEFAULTS } from './settings';
import { SETTINGS } from './settings-table';
import { STAGE_NAMES, type StageName } from './stages';
import { TOKEN_REJECTIONS } from './worker';

const SANDBOX_PROJECT = 'validibot-sandbox';

/** What a sandbox contains at the start: every stage of Validibot, deployed, without jobs. */
export function createSeed(appName: string, projectId = SANDBOX_PROJECT): Seed {
  return {
    projectId,
    region: DEFAULTS.GCP_REGION,
    services: STAGE_NAMES.flatMap((stage) => servicesOf(stage, appName, projectId)),
    // The settings of the user's real project do not fit this one.
    variables: {
      ...Object.fromEntries(
        Object.keys(SETTINGS)
          .filter((name) => !name.endsWith('_'))
          .map((name) => [name, null]),
      ),
      GCP_APP_NAME: appName,
    },
  };
}

function servicesOf(stage: StageName, appName: string, projectId: string): ServiceSeed[] {
  const email = serviceAccountEmail(appName, stage, projectId);
  const account = { email, displayName: `Validibot ${stage}` };
  const tasks = Object.fromEntries(Object.entries(JOBS).map(([task, job]) => [job.endpoint, task]));
  const env = { DEPLOYMENT_TARGET: 'gcp' };
  return [
    {
      name: workerServiceName(appName, stage),
      stage,
      role: 'worker',
      account,
      env: { APP_ROLE: 'worker', ...env },
      tasks,
      rejections: Object.fromEntries(
        Object.entries(TOKEN_REJECTIONS).map(([reason, [message]]) => [
          reason,
          withExamples(message),
        ]),
      ),
    },
    {
      name: webServiceName(appName, stage),
      stage,
      role: 'web',
      account,
      env: { APP_ROLE: 'web', ...env },
    },
  ];
}

/** What a rejected token's line says, where the sandbox does not know it: it fills in the other parts. */
const EXAMPLES: Readonly<Record<string, string>> = {
  expected: 'https://another-audience.example',
  expiry: '1700000000',
  issued: '4102444800',
  why: 'Caused by ConnectTimeoutError: Connection to www.googleapis.com timed out',
  path: '/api/v1/scheduled/',
  advice: 'set it',
};

function withExamples(message: string): string {
  return message.replace(/\{(\w+)\}/g, (part, name: string) => EXAMPLES[name] ?? part);
}
