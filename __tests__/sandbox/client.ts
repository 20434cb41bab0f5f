import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import type { Job } from '../../sandbox/world/job';
import type { LogEntry } from '../../sandbox/world/logging';
import { createSeed } from '../../stages/seed';
import { DEFAULTS } from '../../stages/settings';
import { schemaFaults } from '../support/google-schema';

export const PROJECT = 'validibot-sandbox';
export const REGION = DEFAULTS.GCP_REGION;
export const PARENT = `projects/${PROJECT}/locations/${REGION}`;
export const ACCOUNT = `validibot-cloudrun-dev@${PROJECT}.iam.gserviceaccount.com`;

/** The fields of responses that tests use; each response has those of its call. */
export interface Body
  extends
    Required<Pick<Job, 'httpTarget' | 'retryConfig' | 'attemptDeadline'>>,
    Omit<Job, 'httpTarget' | 'retryConfig' | 'attemptDeadline'> {
  readonly error: { readonly status: string; readonly message: string; readonly details: object[] };
  readonly jobs?: readonly Job[];
  readonly entries?: readonly LogEntry[];
  readonly locations?: readonly { readonly locationId: string }[];
  readonly nextPageToken: string;
  readonly attempts: number;
}

/** The response to a call. */
export interface Answered {
  readonly status: number;
  readonly body: Body;
}

/** A sandbox for a test file, and a plain HTTP client. */
export interface Client {
  readonly sandbox: Sandbox;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Answered>;
}

export async function startClient(projectId?: string): Promise<Client> {
  const sandbox = await startSandbox({ seed: createSeed('validibot', projectId) });
  return {
    sandbox,
    call: async (method, path, body) => {
      const response = await fetch(`${sandbox.url}${path}`, {
        method,
        headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const answer = JSON.parse(await response.text()) as Body;
      // Every answer that a test gets is held to Google's own schemas.
      expect(schemaFaults(method, path, response.status, answer)).toEqual([]);
      return { status: response.status, body: answer };
    },
  };
}

/** A client for the tests of a file. Its sandbox is reset before each test, unless `reset` is false. */
export function useClient({ reset = true } = {}): Client {
  let client: Client | undefined;
  const started = (): Client => {
    if (client === undefined)
      throw new Error('The client can be used only within tests and hooks.');
    return client;
  };
  beforeAll(async () => {
    client = await startClient();
  });
  if (reset) beforeEach(() => started().call('POST', '/_sandbox/reset'));
  afterAll(() => started().sandbox.close());
  return {
    get sandbox() {
      return started().sandbox;
    },
    call: (...args) => started().call(...args),
  };
}

/** A request body that creates a job for the dev stage's worker. */
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

/** Lets the dev stage's account call its worker, as a deploy does. */
export async function grantInvoker({ call }: Client): Promise<void> {
  await call('POST', `/v2/${PARENT}/services/validibot-worker-dev:setIamPolicy`, {
    policy: {
      bindings: [{ role: 'roles/run.invoker', members: [`serviceAccount:${ACCOUNT}`] }],
    },
  });
}

/** Waits until the job's last attempt has ended, and returns the job. */
export async function afterAttempt({ sandbox, call }: Client, id: string): Promise<Body> {
  await sandbox.context.clock.advance(1);
  return (await call('GET', `/v1/${PARENT}/jobs/${id}`)).body;
}

/** A matcher for strings, for comparisons with `toEqual`. */
export function matching(pattern: RegExp): string {
  return expect.stringMatching(pattern) as string;
}
