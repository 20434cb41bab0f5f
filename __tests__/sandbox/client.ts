import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEFAULTS } from '../../stages/settings';

export const PROJECT = 'validibot-sandbox';
export const REGION = DEFAULTS.GCP_REGION;
export const PARENT = `projects/${PROJECT}/locations/${REGION}`;
export const ACCOUNT = `validibot-cloudrun-dev@${PROJECT}.iam.gserviceaccount.com`;

/** An answer of the sandbox: its status and its JSON. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into all of it
  readonly body: any;
}

/** A sandbox for a file of tests, and plain HTTP to it. */
export interface Client {
  readonly sandbox: Sandbox;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

export async function startClient(projectId?: string): Promise<Client> {
  const sandbox = await startSandbox({ region: REGION, appName: 'validibot', projectId });
  return {
    sandbox,
    call: async (method, path, body) => {
      const response = await fetch(`${sandbox.url}${path}`, {
        method,
        headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
}

/** The body that creates a job of the dev stage's worker. */
export function jobBody(sandbox: Sandbox, id: string, changes: object = {}): object {
  const url = workerUrl(sandbox);
  return {
    name: `${PARENT}/jobs/${id}`,
    schedule: '0 2 * * *',
    timeZone: 'Australia/Sydney',
    httpTarget: {
      uri: `${url}/api/v1/scheduled/clear-sessions/`,
      httpMethod: 'POST',
      oidcToken: { serviceAccountEmail: ACCOUNT, audience: url },
    },
    ...changes,
  };
}

export function workerUrl({ world }: Sandbox, name = 'validibot-worker-dev'): string {
  return world.services.get(name)?.urls[0] ?? '';
}

/** Lets the stage's account call its worker, as a deploy does. */
export async function grantInvoker({ call }: Client): Promise<void> {
  await call('POST', `/v2/${PARENT}/services/validibot-worker-dev:setIamPolicy`, {
    policy: {
      bindings: [{ role: 'roles/run.invoker', members: [`serviceAccount:${ACCOUNT}`] }],
    },
  });
}

/** Waits until the job's last attempt has ended, and gives the job. */
export async function afterAttempt({ sandbox, call }: Client, id: string): Promise<Answer['body']> {
  await sandbox.context.clock.advance(1);
  return (await call('GET', `/v1/${PARENT}/jobs/${id}`)).body;
}
