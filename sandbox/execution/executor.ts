import { randomBytes } from 'node:crypto';
import { secondsOf } from '../protocol/duration';
import type { Attempt, AttemptResult, Executor } from '../scheduler/scheduler';
import type { Activity, Clock } from '../scheduler/clock';
import { rfc3339 } from '../scheduler/run-times';
import type { Tokens } from '../tokens/tokens';
import { shortNameOf, type AppEngineTarget, type HttpTarget, type Job } from '../world/job';
import type { LogEntry } from '../world/logging';
import { SCHEDULER_AGENT, SCHEDULER_AGENT_ROLE, type World } from '../world/world';
import { callHttp } from './http-call';
import { attemptFinished, attemptStarted, statusOf } from './log-entries';
import { publish } from './publish';

/** The header with which Google's services trace a request. */
export const TRACE_HEADER = 'x-cloud-trace-context';

const AGENT_USER = 'Google-Cloud-Scheduler';

export interface ExecutorParts {
  readonly world: World;
  readonly clock: Clock;
  readonly tokens: Tokens;
  /** Requests in progress, by trace id. */
  readonly activeRequests: Map<string, Activity>;
  /** Writes an entry to the project's log. */
  readonly log: (entry: LogEntry) => void;
  /** Called after every attempt. */
  readonly ended: (job: Job, attempt: Attempt, result: AttemptResult) => void;
}

/** Runs jobs as HTTP requests, and records the results in the jobs and the log. */
export function createExecutor(parts: ExecutorParts): Executor {
  const { world, clock, log } = parts;
  /** The job as it was when the attempt began; it may be changed or deleted before the attempt ends. */
  const attempted = new WeakMap<Attempt, Job>();
  return {
    async execute(attempt) {
      const job = world.jobs.get(attempt.job);
      if (job === undefined) return { kind: 'unreachable', why: 'the job was deleted' };
      attempted.set(attempt, job);
      log(attemptStarted(world, job, attempt));
      const lastAttemptTime = new Date(attempt.startTime).toISOString();
      world.jobs.set(job.name, { ...job, lastAttemptTime });
      return call(job, attempt, parts);
    },
    finished(attempt, result) {
      const job = attempted.get(attempt);
      if (job === undefined) return;
      world.attemptsEnded += 1;
      const now = clock.now();
      log(attemptFinished(world, job, result, now));
      const current = world.jobs.get(job.name);
      if (current !== undefined) {
        world.jobs.set(job.name, { ...current, status: statusOf(result) });
      }
      parts.ended(job, attempt, result);
    },
  };
}

async function call(job: Job, attempt: Attempt, parts: ExecutorParts): Promise<AttemptResult> {
  const { httpTarget: http, pubsubTarget: pubsub, appEngineHttpTarget: appEngine } = job;
  const { world } = parts;
  if (pubsub) return publish(pubsub, parts, attempt.signal);
  if (http) {
    const authorization = await authorizationOf(http, parts);
    if (authorization === undefined) return { kind: 'answered', status: 403 };
    return callTarget(new URL(http.uri), http, authorization, job, attempt, parts);
  }
  if (appEngine && world.appEngine) {
    const url = new URL(appEngine.relativeUri, world.appEngine);
    return callTarget(url, appEngine, {}, job, attempt, parts);
  }
  return { kind: 'unreachable', why: 'the sandbox was started without an App Engine URL' };
}

async function callTarget(
  url: URL,
  target: HttpTarget | AppEngineTarget,
  authorization: Readonly<Record<string, string>>,
  job: Job,
  attempt: Attempt,
  parts: ExecutorParts,
): Promise<AttemptResult> {
  const trace = randomBytes(16).toString('hex');
  parts.activeRequests.set(trace, attempt.activity);
  // Also in real time: a server that hangs must not block the clock while it is advanced. Not
  // AbortSignal.timeout, whose timer would last until then even if the server has responded.
  const late = new AbortController();
  const timer = setTimeout(
    () => {
      late.abort();
    },
    secondsOf(job.attemptDeadline ?? '180s') * 1000,
  );
  attempt.signal.addEventListener('abort', () => {
    late.abort();
  });
  try {
    const { body, httpMethod: method } = target;
    const headers = {
      ...target.headers,
      'User-Agent': 'uri' in target ? AGENT_USER : (target.headers['User-Agent'] ?? AGENT_USER),
      'X-CloudScheduler': 'true',
      'X-CloudScheduler-JobName': shortNameOf(job),
      'X-CloudScheduler-ScheduleTime': rfc3339(job.timeZone, new Date(attempt.scheduledTime)),
      [TRACE_HEADER]: `${trace}/1;o=1`,
      ...authorization,
    };
    const services = [...parts.world.services.values()];
    const result = await callHttp(
      url,
      {
        ...{ method, headers, keepAliveTo: services.flatMap(({ urls }) => urls) },
        body: body === undefined ? undefined : Buffer.from(body, 'base64'),
      },
      late.signal,
    );
    return late.signal.aborted ? { kind: 'deadline' } : result;
  } finally {
    clearTimeout(timer);
    parts.activeRequests.delete(trace);
  }
}

/** The header with the token; undefined if Google could not create one. */
async function authorizationOf(
  { oidcToken, oauthToken }: HttpTarget,
  { world, tokens }: ExecutorParts,
): Promise<Record<string, string> | undefined> {
  const email = (oidcToken ?? oauthToken)?.serviceAccountEmail;
  if (email === undefined) return {};
  const account = world.accounts.get(email);
  if (!account || account.disabled || !agentHasRole(world)) return undefined;
  const token = oidcToken ? await tokens.sign(account, oidcToken.audience) : tokens.accessToken();
  return { Authorization: `Bearer ${token}` };
}

function agentHasRole({ projectPolicy }: World): boolean {
  return projectPolicy.bindings.some(
    ({ role, members, condition }) =>
      role === SCHEDULER_AGENT_ROLE &&
      condition === undefined &&
      members.includes(`serviceAccount:${SCHEDULER_AGENT}`),
  );
}
