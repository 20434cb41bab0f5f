/** Calls Cloud Scheduler: the sandbox's, or Google's. */
export type Call = (
  method: string,
  path: string,
  body?: object,
  options?: { readonly anonymous?: boolean },
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** Where the throwaway job lives. */
export interface Place {
  /** `projects/P/locations/R` */
  readonly parent: string;
  /** The job's id. */
  readonly job: string;
}

/** One call, and what the sandbox responds to it. */
export interface Check {
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly anonymous?: boolean;
  readonly status: number;
  /** Fields of the response. `ABSENT` stands for no such field, a pattern for any string that matches. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

export const ABSENT = Symbol('absent');

/** Once in four years, so that it never runs by itself. */
const SCHEDULE = '0 0 29 2 *';
const URI = 'https://www.example.com/';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const error = (status: string): Check['fields'] => ({ 'error.status': status });

/** Every check, in order: each builds on what those before it have done to the job. */
export function checksOf({ parent, job }: Place): Check[] {
  const jobs = `/v1/${parent}/jobs`;
  const name = `${parent}/jobs/${job}`;
  const path = `/v1/${name}`;
  const target = { httpTarget: { uri: URI, httpMethod: 'GET' } };
  const minimal = { name, schedule: SCHEDULE, httpTarget: { uri: URI } };
  const rejected = (what: string, changes: object): Check => ({
    what: `reject ${what}`,
    method: 'POST',
    path: jobs,
    body: { ...minimal, name: `${name}-rejected`, ...changes },
    status: 400,
    fields: error('INVALID_ARGUMENT'),
  });
  const patched = (what: string, mask: string, body: object, fields: Check['fields']): Check => ({
    what,
    method: 'PATCH',
    path: `${path}?updateMask=${mask}`,
    body,
    status: 200,
    fields,
  });
  return [
    {
      what: 'get the location',
      method: 'GET',
      path: `/v1/${parent}`,
      status: 200,
      fields: { name: parent },
    },
    {
      what: 'get a missing job',
      method: 'GET',
      path,
      status: 404,
      fields: error('NOT_FOUND'),
    },
    {
      what: 'reject a call without a token',
      method: 'GET',
      path: jobs,
      anonymous: true,
      status: 401,
      fields: error('UNAUTHENTICATED'),
    },
    rejected('a wrong schedule', { schedule: '60 * * * *' }),
    rejected('an offset as time zone', { timeZone: '+10:00' }),
    rejected('an unknown field', { scedule: SCHEDULE }),
    rejected('a deadline of 14 s', { attemptDeadline: '14s' }),
    rejected('6 retries', { retryConfig: { retryCount: 6 } }),
    rejected('a name with a dot', { name: `${name}.x` }),
    rejected('no target', { httpTarget: undefined }),
    {
      what: 'create with defaults',
      method: 'POST',
      path: jobs,
      body: minimal,
      status: 200,
      fields: {
        name,
        schedule: SCHEDULE,
        timeZone: 'UTC',
        state: 'ENABLED',
        attemptDeadline: '180s',
        retryConfig: ABSENT,
        description: ABSENT,
        userUpdateTime: TIME,
        lastAttemptTime: ABSENT,
        'httpTarget.uri': URI,
        'httpTarget.httpMethod': 'POST',
        'httpTarget.headers.User-Agent': 'Google-Cloud-Scheduler',
      },
    },
    {
      what: 'pause',
      method: 'POST',
      path: `${path}:pause`,
      body: {},
      status: 200,
      fields: { state: 'PAUSED' },
    },
    {
      what: 'pause again, with the name in the body',
      method: 'POST',
      path: `${path}:pause`,
      body: { name },
      status: 200,
      fields: { state: 'PAUSED' },
    },
    {
      what: 'get',
      method: 'GET',
      path,
      status: 200,
      fields: { name, state: 'PAUSED', retryConfig: ABSENT, 'status.code': -1 },
    },
    {
      what: 'create an existing job',
      method: 'POST',
      path: jobs,
      body: minimal,
      status: 409,
      fields: error('ALREADY_EXISTS'),
    },
    {
      what: 'list one job',
      method: 'GET',
      path: `${jobs}?pageSize=1`,
      status: 200,
      fields: { 'jobs.length': 1 },
    },
    {
      what: 'reject an unknown query parameter',
      method: 'GET',
      path: `${jobs}?nonsense=1`,
      status: 400,
      fields: error('INVALID_ARGUMENT'),
    },
    {
      what: 'select fields',
      method: 'GET',
      path: `${path}?fields=state,httpTarget/uri`,
      status: 200,
      fields: {
        name: ABSENT,
        state: 'PAUSED',
        'httpTarget.uri': URI,
        'httpTarget.httpMethod': ABSENT,
      },
    },
    {
      what: 'get with enum values as numbers',
      method: 'GET',
      path: `${path}?$alt=json;enum-encoding=int`,
      status: 200,
      fields: { state: 2, 'httpTarget.httpMethod': 1 },
    },
    patched(
      'update with a mask',
      'description,timeZone',
      { description: 'a', timeZone: 'utc', schedule: '1 1 1 1 *' },
      {
        description: 'a',
        timeZone: 'utc',
        schedule: SCHEDULE,
        state: 'PAUSED',
      },
    ),
    patched('clear a field', 'description', {}, { description: ABSENT, timeZone: 'utc' }),
    patched(
      'fill in the rest of a retryConfig',
      'retryConfig',
      { retryConfig: { retryCount: 1 } },
      {
        'retryConfig.retryCount': 1,
        'retryConfig.maxRetryDuration': '0s',
        'retryConfig.minBackoffDuration': '5s',
        'retryConfig.maxBackoffDuration': '3600s',
        'retryConfig.maxDoublings': 5,
      },
    ),
    patched(
      'accept an enum value as a number',
      'httpTarget',
      { httpTarget: { uri: URI, httpMethod: 4 } },
      {
        'httpTarget.httpMethod': 'PUT',
      },
    ),
    patched(
      "keep a job's own Authorization header if it has no token",
      'httpTarget',
      { httpTarget: { ...target.httpTarget, headers: { Authorization: 'Basic abc' } } },
      { 'httpTarget.httpMethod': 'GET', 'httpTarget.headers.Authorization': 'Basic abc' },
    ),
    patched('remove the header', 'httpTarget', target, {
      'httpTarget.headers.Authorization': ABSENT,
    }),
    patched(
      'accept an English schedule',
      'schedule',
      { schedule: '1st monday of january 09:00' },
      {
        schedule: '1st monday of january 09:00',
      },
    ),
    patched(
      'accept EST',
      'schedule,timeZone',
      { schedule: SCHEDULE, timeZone: 'EST' },
      {
        schedule: SCHEDULE,
        timeZone: 'EST',
      },
    ),
    {
      what: 'update without a mask',
      method: 'PATCH',
      path,
      body: { schedule: SCHEDULE, timeZone: 'UTC', description: 'b' },
      status: 200,
      fields: {
        description: 'b',
        timeZone: 'UTC',
        'httpTarget.httpMethod': 'GET',
        state: 'PAUSED',
      },
    },
    {
      what: 'resume',
      method: 'POST',
      path: `${path}:resume`,
      body: {},
      status: 200,
      fields: { state: 'ENABLED', scheduleTime: TIME },
    },
    {
      what: 'pause for the run',
      method: 'POST',
      path: `${path}:pause`,
      body: {},
      status: 200,
      fields: { state: 'PAUSED' },
    },
    {
      what: 'run a paused job',
      method: 'POST',
      path: `${path}:run`,
      body: { name },
      status: 200,
      fields: { name, state: 'PAUSED' },
    },
    { what: 'reject an unknown verb', method: 'POST', path: `${path}:stop`, body: {}, status: 404 },
    { what: 'delete', method: 'DELETE', path, status: 200, fields: { name: ABSENT } },
    { what: 'get the deleted job', method: 'GET', path, status: 404, fields: error('NOT_FOUND') },
    { what: 'delete it again', method: 'DELETE', path, status: 404, fields: error('NOT_FOUND') },
  ];
}
