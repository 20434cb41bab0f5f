import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { isLoopback } from '@scheduled-jobs/constructs/core/uri';
import { secondsOf } from '../protocol/duration';
import type { Attempt, AttemptResult, Executor } from '../scheduler/scheduler';
import type { Activity, Clock } from '../scheduler/clock';
import type { Tokens } from '../tokens/tokens';
import {
  SCHEDULER_AGENT,
  SCHEDULER_AGENT_ROLE,
  type Job,
  type LogEntry,
  type World,
} from '../world/world';
import { attemptFinished, attemptStarted, statusOf } from './log-entries';

/** The header with which Google's services trace a request. */
export const TRACE_HEADER = 'x-cloud-trace-context';

const AGENT_USER = 'Google-Cloud-Scheduler';

export interface ExecutorParts {
  readonly world: World;
  readonly clock: Clock;
  readonly tokens: Tokens;
  /** Requests in progress, by trace id. */
  readonly activeRequests: Map<string, Activity>;
  /** Called with every log entry. */
  readonly logged: (entry: LogEntry) => void;
  /** Called after every attempt. */
  readonly ended: (job: Job, attempt: Attempt, result: AttemptResult) => void;
}

/** Runs jobs as HTTP requests, and records the results in the jobs and the log. */
export function createExecutor(parts: ExecutorParts): Executor {
  const { world, clock } = parts;
  const log = (entry: LogEntry): void => {
    world.log.push(entry);
    parts.logged(entry);
  };
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
      const now = clock.now();
      log(attemptFinished(world, job, attempt, result, now));
      const current = world.jobs.get(job.name);
      if (current !== undefined) {
        world.jobs.set(job.name, { ...current, status: statusOf(result) });
      }
      parts.ended(job, attempt, result);
    },
  };
}

async function call(job: Job, attempt: Attempt, parts: ExecutorParts): Promise<AttemptResult> {
  const { httpTarget: target } = job;
  const url = new URL(target.uri);
  // Requests never leave this machine.
  if (url.protocol !== 'http:' || !isLoopback(url.hostname)) {
    return { kind: 'unreachable', why: 'the sandbox calls only http URLs on this machine' };
  }
  const authorization = await authorizationOf(job, parts);
  if (authorization === undefined) return { kind: 'answered', status: 403 };
  const trace = randomBytes(16).toString('hex');
  parts.activeRequests.set(trace, attempt.activity);
  try {
    // Also in real time: a server that hangs must not block the clock while it is advanced.
    const late = AbortSignal.timeout(secondsOf(job.attemptDeadline) * 1000);
    const signal = AbortSignal.any([attempt.signal, late]);
    const result = await send(url, target, signal, {
      ...target.headers,
      'User-Agent': AGENT_USER,
      'X-CloudScheduler': 'true',
      'X-CloudScheduler-JobName': job.name.split('/').at(-1) ?? '',
      'X-CloudScheduler-ScheduleTime': new Date(attempt.scheduledTime).toISOString(),
      [TRACE_HEADER]: `${trace}/1;o=1`,
      ...authorization,
    });
    return late.aborted ? { kind: 'deadline' } : result;
  } finally {
    parts.activeRequests.delete(trace);
  }
}

/** The header with the token; undefined if Google could not create one. */
async function authorizationOf(
  { httpTarget: { oidcToken } }: Job,
  { world, tokens }: ExecutorParts,
): Promise<Record<string, string> | undefined> {
  if (oidcToken === undefined) return {};
  const account = world.accounts.get(oidcToken.serviceAccountEmail);
  if (!account || account.disabled || !agentHasRole(world)) return undefined;
  return { Authorization: `Bearer ${await tokens.sign(account, oidcToken.audience)}` };
}

function agentHasRole({ projectPolicy }: World): boolean {
  const members = projectPolicy.bindings.find(({ role }) => role === SCHEDULER_AGENT_ROLE)?.members;
  return members?.includes(`serviceAccount:${SCHEDULER_AGENT}`) ?? false;
}

function send(
  url: URL,
  { httpMethod, body }: Job['httpTarget'],
  signal: AbortSignal,
  headers: Record<string, string>,
): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const unreachable = (error: Error): void => {
      resolve({ kind: 'unreachable', why: error.message });
    };
    const request = http.request(url, { method: httpMethod, headers, signal, agent: false });
    request.on('error', unreachable);
    request.on('response', (response) => {
      response.on('error', unreachable);
      response.on('end', () => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0 });
      });
      response.resume();
    });
    request.end(body === undefined ? undefined : Buffer.from(body, 'base64'));
  });
}
