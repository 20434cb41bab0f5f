import type { FastifyInstance } from 'fastify';
import { checkJobName } from '@scheduled-jobs/constructs/core/google-names';
import type { Job, World } from '../../world/world';
import { requireLocation, requireProject, timestamp, type Context } from '../context';
import { ApiError, invalidArgument, notFound, permissionDenied } from '../../protocol/errors';
import { readMessage } from '../../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../../protocol/paging';
import { applyPatch } from '../../protocol/update-mask';
import { splitVerb } from '../../protocol/verbs';
import { completeJob, JOB_FIELDS, planOf } from './job';

interface LocationParams {
  project: string;
  location: string;
}

interface JobParams extends LocationParams {
  job: string;
}

const config = { api: 'cloudscheduler.googleapis.com' } as const;

/** Cloud Scheduler v1. Source: https://cloud.google.com/scheduler/docs/reference/rest */
export function cloudScheduler(app: FastifyInstance, context: Context): void {
  const { world, clock, scheduler } = context;
  const jobs = '/v1/projects/:project/locations/:location/jobs';

  app.get<{ Params: { project: string } }>(
    '/v1/projects/:project/locations',
    { config },
    ({ params }) => {
      requireProject(context, params.project);
      return { locations: [location(world)] };
    },
  );

  app.get<{ Params: LocationParams }>(
    '/v1/projects/:project/locations/:location',
    { config },
    ({ params }) => {
      requireParent(params);
      return location(world);
    },
  );

  app.get<{ Params: LocationParams; Querystring: ListQuery }>(
    jobs,
    { config },
    ({ params, query }) => {
      requireParent(params);
      const all = sortedEntries(world.jobs).map(([name, job]) => [name, show(job)] as const);
      return page('jobs', all, query);
    },
  );

  app.post<{ Params: LocationParams }>(jobs, { config }, ({ params, body }) => {
    requireParent(params);
    const parent = `projects/${world.project.projectId}/locations/${world.region}`;
    const given = readMessage(JOB_FIELDS, body, 'job');
    const name = readName(parent, given.name);
    const job = completeJob(name, given, timestamp(clock));
    checkAccount(job);
    if (world.jobs.has(name)) {
      throw new ApiError('ALREADY_EXISTS', `Job ${name} already exists.`);
    }
    return store(job);
  });

  app.get<{ Params: JobParams }>(`${jobs}/:job`, { config }, ({ params }) => show(find(params)));

  app.patch<{ Params: JobParams; Querystring: { updateMask?: unknown } }>(
    `${jobs}/:job`,
    { config },
    ({ params, query, body }) => {
      const before = find(params);
      const patch = readMessage(JOB_FIELDS, body, 'job');
      const merged = applyPatch(JOB_FIELDS, { ...before }, patch, readMask(query.updateMask));
      const changed = completeJob(before.name, merged, timestamp(clock));
      checkAccount(changed);
      const { state, status, lastAttemptTime } = before;
      return store({
        ...changed,
        state,
        ...(status && { status }),
        ...(lastAttemptTime && { lastAttemptTime }),
      });
    },
  );

  app.delete<{ Params: JobParams }>(`${jobs}/:job`, { config }, ({ params }) => {
    const { name } = find(params);
    scheduler.remove(name);
    world.jobs.delete(name);
    return {};
  });

  app.post<{ Params: JobParams }>(`${jobs}/:job`, { config }, ({ params, body }) => {
    const [id, verb] = splitVerb(params.job, ['run', 'pause', 'resume']);
    if (verb === undefined) throw notFound('The method');
    const job = find({ ...params, job: id });
    readMessage({ legacyAppEngineCron: 'bool' }, body ?? {}, 'request');
    if (verb !== 'run') {
      return store({ ...job, state: verb === 'pause' ? 'PAUSED' : 'ENABLED' });
    }
    scheduler.run(job.name);
    return show(world.jobs.get(job.name) ?? job);
  });

  function requireParent({ project, location }: LocationParams): void {
    requireProject(context, project);
    requireLocation(context, location);
  }

  function find({ job: id, ...parent }: JobParams): Job {
    requireParent(parent);
    const name = `projects/${world.project.projectId}/locations/${world.region}/jobs/${id}`;
    const job = world.jobs.get(name);
    if (job === undefined) throw notFound(`Job ${name}`);
    return job;
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
    const headers =
      world.authorizationOnRead && job.httpTarget.oidcToken
        ? { ...job.httpTarget.headers, Authorization: `Bearer injected-on-read-${clock.now()}` }
        : job.httpTarget.headers;
    return {
      ...job,
      httpTarget: { ...job.httpTarget, headers },
      ...(next !== undefined && { scheduleTime: new Date(next).toISOString() }),
    };
  }

  function checkAccount({ httpTarget }: Job): void {
    const token = httpTarget.oidcToken ?? httpTarget.oauthToken;
    if (token === undefined || world.accounts.has(token.serviceAccountEmail)) return;
    throw permissionDenied(
      'The principal (user or service account) lacks IAM permission ' +
        `"iam.serviceAccounts.actAs" for the resource "${token.serviceAccountEmail}" ` +
        '(or the resource may not exist).',
    );
  }
}

function readName(parent: string, given: unknown): string {
  const prefix = `${parent}/jobs/`;
  if (typeof given === 'string' && given.startsWith(prefix)) {
    if (checkJobName(given.slice(prefix.length)).length === 0) return given;
  }
  throw invalidArgument(
    `Job name must be formatted: "${prefix}<JOB_ID>", where JOB_ID is [A-Za-z0-9_-]{1,500}.`,
  );
}

function readMask(given: unknown): string | undefined {
  if (given === undefined || typeof given === 'string') return given;
  throw invalidArgument("Invalid value at 'update_mask': must be given only once.");
}

function location({ project, region }: World): object {
  return {
    name: `projects/${project.projectId}/locations/${region}`,
    locationId: region,
    labels: { 'cloud.googleapis.com/region': region },
  };
}
