import { Failed, Interrupted, UsageError } from '../../../ops/errors';
import { createClient, type Client } from '../../../ops/google/client';
import { GoogleError } from '../../../ops/google/error';
import { getProjectPolicy } from '../../../ops/google/resource-manager';
import { listJobs, pauseJob, runJob } from '../../../ops/google/scheduler';
import { googleError, startFakeGoogle, type FakeGoogle } from './fake-google';

const LOCATION = { project: 'my-project', region: 'australia-southeast1' };
const TOKEN = 'ya29.very-secret';
const JOBS =
  'cloudscheduler.googleapis.com projects/my-project/locations/australia-southeast1/jobs';

let google: FakeGoogle;
let interruption: AbortController;

beforeAll(async () => {
  google = await startFakeGoogle();
});
afterAll(() => google.close());
beforeEach(() => {
  google.requests.length = 0;
  interruption = new AbortController();
});

function client(env: NodeJS.ProcessEnv = {}, timeout = 1000): Client {
  return createClient(
    {
      GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: `${google.url}/v1/`,
      GOOGLE_OAUTH_ACCESS_TOKEN: TOKEN,
      ...env,
    },
    { signal: interruption.signal, timeout, retryDelay: 5 },
  );
}

function list(of = client()) {
  return listJobs(of, LOCATION);
}

/** The message of the error that a call fails with. */
async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return (error as Error).message;
}

describe('a call', () => {
  it('sends the token of the environment to the endpoint of the environment', async () => {
    google.replies = [{ body: { jobs: [] } }];
    await list();
    expect(google.requests).toEqual([
      {
        method: 'GET',
        url: '/v1/projects/my-project/locations/australia-southeast1/jobs?pageSize=500',
        authorization: `Bearer ${TOKEN}`,
        body: '',
      },
    ]);
  });

  it.each(['', '/', '/v1', '/v1/'])('accepts an endpoint that ends in %p', async (end) => {
    google.replies = [{ body: {} }];
    await list(client({ GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: `${google.url}${end}` }));
    expect(google.requests[0]?.url).toMatch(/^\/v1\/projects\//);
  });

  it('reads every page of a list', async () => {
    google.replies = [
      { body: { jobs: [{ name: 'a' }], nextPageToken: 'more' } },
      { body: { nextPageToken: 'last' } },
      { body: { jobs: [{ name: 'b' }] } },
    ];
    expect(await list()).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(
      google.requests.map(({ url }) => new URL(url, google.url).searchParams.get('pageToken')),
    ).toEqual([null, 'more', 'last']);
  });

  it("uses Google's clock", async () => {
    google.replies = [{ headers: { date: 'Tue, 24 Nov 2026 02:00:00 GMT' }, body: {} }];
    const of = client();
    await list(of);
    const seconds = (of.now().getTime() - Date.parse('2026-11-24T02:00:00Z')) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(seconds).toBeLessThan(30);
  });

  it('does not follow a redirect with the token', async () => {
    google.replies = [{ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }];
    await messageOf(list());
    expect(google.requests).toHaveLength(1);
  });
});

describe('retries', () => {
  it.each([
    [429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.'],
    [503, 'UNAVAILABLE', 'The service is currently unavailable.'],
    [409, 'ABORTED', 'sync mutate calls cannot be queued'],
  ])('repeat a call after %i %s', async (code, status, message) => {
    google.replies = [googleError(code, status, message), googleError(code, status, message), {}];
    await pauseJob(client(), LOCATION, 'a');
    expect(google.requests).toHaveLength(3);
  });

  it('end after four attempts', async () => {
    google.replies = [googleError(503, 'UNAVAILABLE', 'Down.')];
    expect(await messageOf(list())).toBe(
      `GET ${JOBS}: 503 UNAVAILABLE: Down.\n` +
        'Fix: wait until Google has recovered (https://status.cloud.google.com), then run the same command again',
    );
    expect(google.requests).toHaveLength(4);
  });

  it('never start a job twice after a 503', async () => {
    google.replies = [googleError(503, 'UNAVAILABLE', 'Down.'), {}];
    expect(await messageOf(runJob(client(), LOCATION, 'a'))).toContain('503 UNAVAILABLE: Down.');
    expect(google.requests).toHaveLength(1);
  });

  it('start a job after a 429', async () => {
    google.replies = [googleError(429, 'RESOURCE_EXHAUSTED', 'Quota.'), {}];
    await runJob(client(), LOCATION, 'a');
    expect(google.requests).toHaveLength(2);
  });

  it('do not repeat a call after another 409', async () => {
    google.replies = [googleError(409, 'ALREADY_EXISTS', 'Job exists.')];
    expect(await messageOf(pauseJob(client(), LOCATION, 'a'))).toContain('409 ALREADY_EXISTS');
    expect(google.requests).toHaveLength(1);
  });

  it('wait as long as Retry-After says', async () => {
    google.replies = [{ status: 429, headers: { 'retry-after': '1' }, body: {} }, {}];
    const started = performance.now();
    await list();
    expect(performance.now() - started).toBeGreaterThan(950);
  });

  it('repeat a read after a lost connection', async () => {
    google.replies = [(response) => response.destroy(), { body: { jobs: [] } }];
    expect(await list()).toEqual([]);
  });
});

describe('an error', () => {
  it.each([
    [
      'a missing permission in the message',
      googleError(
        403,
        'PERMISSION_DENIED',
        'The principal lacks IAM permission "cloudscheduler.jobs.list" for the resource.',
      ),
      'to get cloudscheduler.jobs.list, which roles/cloudscheduler.admin includes: gcloud projects ' +
        'add-iam-policy-binding my-project --member=user:YOUR_EMAIL --role=roles/cloudscheduler.admin',
    ],
    [
      'a missing permission in the details',
      googleError(403, 'PERMISSION_DENIED', 'No.', [
        { reason: 'IAM_PERMISSION_DENIED', metadata: { permission: 'cloudscheduler.jobs.get' } },
      ]),
      'to get cloudscheduler.jobs.get, which ',
    ],
    [
      'an API that is not enabled',
      googleError(403, 'PERMISSION_DENIED', 'Cloud Scheduler API has not been used.', [
        { reason: 'SERVICE_DISABLED', metadata: { service: 'cloudscheduler.googleapis.com' } },
      ]),
      'gcloud services enable cloudscheduler.googleapis.com --project=my-project',
    ],
    [
      'an API that is not enabled, only in the message',
      googleError(
        403,
        'PERMISSION_DENIED',
        'Cloud Scheduler API has not been used in project 1 before or it is disabled. Enable it by ' +
          'visiting https://console.developers.google.com/apis/api/cloudscheduler.googleapis.com',
      ),
      'gcloud services enable cloudscheduler.googleapis.com --project=my-project',
    ],
    [
      'a quota project',
      googleError(403, 'PERMISSION_DENIED', 'The API requires a quota project.'),
      'gcloud auth application-default set-quota-project my-project',
    ],
    [
      'a token that has expired',
      googleError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
      'unset GOOGLE_OAUTH_ACCESS_TOKEN (its token is invalid or has expired), or renew it: ',
    ],
    [
      'something that does not exist',
      googleError(404, 'NOT_FOUND', 'Location not found.'),
      'check GCP_PROJECT_ID, GCP_REGION and GCP_APP_NAME',
    ],
  ])("shows Google's message and a fix: %s", async (_what, reply, fix) => {
    google.replies = [reply];
    const message = await messageOf(list());
    expect(message).toContain(reply.body.error.message);
    expect(message).toContain(`Fix: ${fix}`);
    expect(message).not.toContain(TOKEN);
  });

  it.each(['my-project', 'example.com:my-project'])(
    'suggests a role on the project %s of a path that ends in a verb',
    async (project) => {
      google.replies = [googleError(403, 'PERMISSION_DENIED', 'No.')];
      const env = { GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT: google.url };
      expect(await messageOf(getProjectPolicy(client(env), project))).toContain(
        `Fix: to get the missing permission, which roles/browser includes: gcloud projects ` +
          `add-iam-policy-binding ${project} --member=user:YOUR_EMAIL --role=roles/browser`,
      );
    },
  );

  it('shows the status of a response without a message', async () => {
    google.replies = [{ status: 403, body: '<html>Forbidden</html>' }];
    expect(await messageOf(list())).toContain('403: no message');
  });

  it.each(['<html>A proxy</html>', '', '[]', '"text"', '{"jobs": ['])(
    'reports a response that is not a JSON object: %p',
    async (body) => {
      google.replies = [(response) => response.end(body)];
      const message = await messageOf(list());
      expect(message).toContain('is not a JSON object');
      expect(message).toContain('GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT');
      if (body !== '') expect(message).not.toContain(body);
    },
  );

  it('reports a timeout, and that a change may have been made anyway', async () => {
    google.replies = [() => undefined];
    expect(await messageOf(list(client({}, 50)))).toContain('no response within 50 ms');
    expect(await messageOf(runJob(client({}, 50), LOCATION, 'a'))).toContain(
      'The change may have been made anyway.',
    );
    expect(google.requests).toHaveLength(2);
  });

  it('reports a timeout of a response that never ends', async () => {
    google.replies = [
      (response) => {
        response.writeHead(200);
        response.write('{');
      },
    ];
    expect(await messageOf(list(client({}, 50)))).toContain('no response within 50 ms');
  });

  it('reports the address of an unreachable server', async () => {
    const env = { GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: 'http://127.0.0.1:1/v1/' };
    expect(await messageOf(list(client(env)))).toContain('(http://127.0.0.1:1)');
  });

  it('is a GoogleError and a Failed', async () => {
    google.replies = [googleError(404, 'NOT_FOUND', 'No.')];
    await expect(list()).rejects.toBeInstanceOf(GoogleError);
    await expect(list()).rejects.toBeInstanceOf(Failed);
  });
});

describe('credentials', () => {
  it('are not sent over http', async () => {
    const message = await messageOf(list(client({ GOOGLE_OAUTH_ACCESS_TOKEN: '' })));
    expect(message).toBe(
      `Your credentials were not sent to ${google.url}: it does not use https.\n` +
        'Fix: if it is a local endpoint, export GOOGLE_OAUTH_ACCESS_TOKEN=any',
    );
    expect(google.requests).toHaveLength(0);
  });

  it.each(['http://scheduler.example.com/v1/', 'ftp://127.0.0.1/', 'no url'])(
    'and tokens are not sent to %s',
    async (endpoint) => {
      const promise = list(client({ GOOGLE_CLOUD_SCHEDULER_CUSTOM_ENDPOINT: endpoint }));
      await expect(promise).rejects.toBeInstanceOf(UsageError);
    },
  );
});

describe('Ctrl-C', () => {
  it('aborts a read', async () => {
    google.replies = [
      () => {
        interruption.abort();
      },
    ];
    await expect(list()).rejects.toBeInstanceOf(Interrupted);
  });

  it('does not abort a change', async () => {
    google.replies = [
      (response) => {
        interruption.abort();
        response.end('{"state": "PAUSED"}');
      },
    ];
    expect(await pauseJob(client(), LOCATION, 'a')).toEqual({ state: 'PAUSED' });
  });

  it('ends the wait between attempts', async () => {
    google.replies = [
      (response) => {
        response.writeHead(429, { 'retry-after': '10' }).end('{}');
        setTimeout(() => {
          interruption.abort();
        }, 20);
      },
    ];
    await expect(list()).rejects.toBeInstanceOf(Interrupted);
  });
});
