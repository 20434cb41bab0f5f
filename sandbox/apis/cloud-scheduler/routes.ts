import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { checkJobName } from '@scheduled-jobs/constructs/core/google-names';
import type { Job } from '../../world/job';
import { find, nameOf, requireAccount, timestamp, type Context } from '../context';
import { ApiError, invalidArgument, notFound } from '../../protocol/errors';
import { readMessage, type Fields } from '../../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../../protocol/paging';
import { applyPatch, type MaskQuery } from '../../protocol/update-mask';
import { splitVerb } from '../../protocol/verbs';
import { completeJob, JOB_FIELDS, planOf } from './job';
import { locationRoutes } from './locations';

interface JobParams {
  job: string;
}

const NO_FIELDS: Fields = { name: 'string', legacyAppEngineCron: 'bool' };

/** Cloud Scheduler, v1 and v1beta1. Source: https://cloud.google.com/scheduler/docs/reference/rest */
export function cloudScheduler(app: FastifyInstance, context: Context): void {
  for (const version of ['v1', 'v1beta1']) {
    jobRoutes(app, context, version);
    locationRoutes(app, context, version);
  }
}

function jobRoutes(app: FastifyInstance, context: Context, version: string): void {
  const { world, clock, scheduler } = context;
  const parent = nameOf(context, 'locations', world.region);
  const jobs = `/${version}/projects/:project/locations/:location/jobs`;

  app.get<{ Querystring: ListQuery }>(jobs, ({ query }) => {
    const all = sortedEntries(world.jobs).map(([name, job]) => [name, show(job)] as const);
    return page('jobs', all, query);
  });

  app.post(jobs, ({ body }) => {
    const given = readMessage(JOB_FIELDS, body, 'job');
    const name =
      readName(parent, given.name) ?? `${parent}/jobs/${randomBytes(10).toString('hex')}`;
    const job = completeJob(name, given, timestamp(clock));
    checkAccount(job);
    if (world.jobs.has(name)) {
      throw new ApiError('ALREADY_EXISTS', `Job ${name} already exists.`);
    }
    return store(job);
  });

  app.get<{ Params: JobParams }>(`${jobs}/:job`, ({ params }) => show(requireJob(params.job)));

  app.patch<{ Params: JobParams; Querystring: MaskQuery }>(
    `${jobs}/:job`,
    ({ params, query, body }) => {
      const before = requireJob(params.job);
      const patch = readMessage(JOB_FIELDS, body, 'job');
      const merged = applyPatch(JOB_FIELDS, { ...before }, patch, query.updateMask);
      const changed = completeJob(before.name, merged, timestamp(clock));
      checkAccount(changed);
      const { status, lastAttemptTime } = before;
      const state = before.state === 'UPDATE_FAILED' ? 'ENABLED' : before.state;
      return store({
        ...changed,
        state,
        ...(status && { status }),
        ...(lastAttemptTime && { lastAttemptTime }),
      });
    },
  );

  app.delete<{ Params: JobParams }>(`${jobs}/:job`, ({ params }) => {
    const { name } = requireJob(params.job);
    scheduler.remove(name);
    world.jobs.delete(name);
    return {};
  });

  app.post<{ Params: JobParams }>(`${jobs}/:job`, ({ params, body }) => {
    const [id, verb] = splitVerb(params.job, ['run', 'pause', 'resume']);
    if (verb === undefined) throw notFound('The method');
    const job = requireJob(id);
    // Google's Go client repeats the name in the body.
    readMessage(NO_FIELDS, body ?? {}, 'request');
    if (verb !== 'run') {
      if (job.state === 'UPDATE_FAILED') {
        throw new ApiError(
          'FAILED_PRECONDITION',
          `Job state must be ENABLED or PAUSED to ${verb}.`,
        );
      }
      return store({ ...job, state: verb === 'pause' ? 'PAUSED' : 'ENABLED' });
    }
    scheduler.run(job.name);
    return show(world.jobs.get(job.name) ?? job);
  });

  function requireJob(id: string): Job {
    return find(world.jobs, `${parent}/jobs/${id}`, 'Job');
  }

  /** Stores a job, and schedules or pauses it. */
  function store(job: Job): Job {
    const next = scheduler.nextTime(job.name);
    if (job.state === 'PAUSED') {
      scheduler.pause(job.name, planOf(job));
      const scheduleTime = next === undefined ? job.scheduleTime : new Date(next).toISOString();
      world.jobs.set(job.name, { ...job, ...(scheduleTime && { scheduleTime }) });
    } else {
      scheduler.schedule(job.name, planOf(job));
      world.jobs.set(job.name, job);
    }
    return show(world.jobs.get(job.name) ?? job);
  }

  /** A job as the API returns it. */
  function show(job: Job): Job {
    const next = scheduler.nextTime(job.name);
    const { httpTarget: target } = job;
    const injected = world.authorizationOnRead &&
      target?.oidcToken && { Authorization: `Bearer injected-on-read-${clock.now()}` };
    return {
      ...job,
      ...(target && { httpTarget: { ...target, headers: { ...target.headers, ...injected } } }),
      // Seen on the live API in 2026; recordings of 2024 show no status.
      ...(!job.lastAttemptTime && { status: { code: -1 } }),
      ...(next !== undefined && { scheduleTime: new Date(next).toISOString() }),
    };
  }

  function checkAccount({ httpTarget }: Job): void {
    const token = httpTarget?.oidcToken ?? httpTarget?.oauthToken;
    if (token !== undefined) requireAccount(context, token.serviceAccountEmail);
  }
}

/** A job without a name gets a generated one. */
function readName(parent: string, given: unknown): string | undefined {
  if (given === undefined || given === '') return undefined;
  const prefix = `${parent}/jobs/`;
  if (typeof given === 'string' && given.startsWith(prefix)) {
    if (checkJobName(given.slice(prefix.length)).length === 0) return given;
  }
  throw invalidArgument(
    `Job name must be formatted: "${prefix}<JOB_ID>", where JOB_ID is [A-Za-z0-9_-]{1,500}.`,
  );
}
