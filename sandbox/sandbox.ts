import type { FastifyInstance } from 'fastify';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Context } from './apis/context';
import { createServer, type ApiCall } from './apis/server';
import { followLog } from './cloud-run/follow-log';
import { lineEntry } from './cloud-run/log-entries';
import { askForRole } from './cloud-run/role';
import { createService } from './cloud-run/service';
import { controlRoutes } from './control';
import type { Place } from './environment';
import { createExecutor } from './execution/executor';
import { takeCallFault } from './faults/faults';
import { Clock, type Activity } from './scheduler/clock';
import { Alerting, type Incident } from './monitoring/alerting';
import { realTimeTimer } from './scheduler/real-time';
import { Scheduler, type Attempt, type AttemptResult } from './scheduler/scheduler';
import { applySnapshot, type Snapshot } from './snapshot';
import { statusPage } from './status-page/routes';
import { tokenRoutes } from './tokens/routes';
import { Tokens } from './tokens/tokens';
import { restore } from './world/restore';
import type { Seed } from './world/seed';
import { isSnoozed } from './world/snooze';
import {
  createWorld,
  type Job,
  type LogEntry,
  type Service,
  type ServiceUrls,
  type World,
} from './world/world';

export interface SandboxOptions {
  /** The project, and what it holds initially. */
  readonly seed: Seed;
  /** What the project holds, from the seed of the same snapshot. @default - what the seed holds */
  readonly snapshot?: Snapshot;
  /** Port of the APIs; the services have the next ones, in the seed's order. 0 for any free ports. @default 0 */
  readonly port?: number;
  /** Address that the servers listen on. Only a container needs another. @default '127.0.0.1' */
  readonly listen?: string;
  /** More host names by which the servers may be called: `sandbox`, `localhost:9000`. @default - none */
  readonly allowedHosts?: readonly string[];
  /** The user's own servers, by the name of the service in front of them. */
  readonly backends?: ReadonlyMap<string, URL>;
  /** Stands for the project's App Engine application. @default - jobs cannot reach one */
  readonly appEngine?: URL;
  /** How long the log, the counts of metrics and closed incidents are kept, in days of the sandbox's clock. @default 30 */
  readonly retentionDays?: number;
  /** Files that those servers write their log to, by the name of the service. */
  readonly logFiles?: ReadonlyMap<string, string>;
  /** Called with a line for each API call, each attempt and each incident. */
  readonly report?: (line: string) => void;
  /** Called after each call of one of Google's APIs. */
  readonly called?: (call: ApiCall) => void;
}

export interface Sandbox extends Place {
  readonly world: World;
  readonly context: Context;
  readonly tokens: Tokens;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts a sandbox. Its servers listen only on loopback, until it is closed. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, report = () => undefined, listen: host = HOST, allowedHosts, called } = options;
  const timer = realTimeTimer();
  const clock = new Clock(Date.now, timer.changed);
  timer.start(clock);
  const tokens = new Tokens();
  const activeRequests = new Map<string, Activity>();
  const { appEngine, retentionDays = 30 } = options;
  const retention = retentionDays * 86_400_000;
  const world = createWorld(seed, clock.now(), { appEngine, retention });
  const ended = (job: Job, attempt: Attempt, result: AttemptResult): void => {
    report(describeAttempt(job, attempt, result));
  };
  const alerting = new Alerting(
    clock,
    (incident) => {
      report(describeIncident(incident));
    },
    (policyName) => isSnoozed(world, policyName, clock.now()),
    retention,
  );
  const logged = (entry: LogEntry): void => {
    alerting.logged(entry);
  };
  const executor = createExecutor({ world, clock, tokens, activeRequests, logged, ended });
  const observeRole = async (service: Service): Promise<void> => {
    const server = options.backends?.get(service.name);
    if (server !== undefined) await askForRole(world, service, server);
  };
  const servers: FastifyInstance[] = [];
  const listen = async (server: FastifyInstance, port: number): Promise<number> => {
    servers.push(server);
    const url = await server.listen({ host, port });
    return Number(new URL(url).port);
  };
  const urls = new Map<string, ServiceUrls>();
  const backends = options.backends ?? new Map<string, URL>();
  const log = (entry: LogEntry): void => {
    world.log.push(entry);
    logged(entry);
  };
  const followed = new Map(
    [...(options.logFiles ?? [])].map(([name, file]) => [
      name,
      followLog(file, (line) => {
        const service = world.services.get(name);
        if (service !== undefined) log(lineEntry(world, service, line, clock.now()));
      }),
    ]),
  );
  const parts = {
    world,
    clock,
    tokens,
    activeRequests,
    allowedHosts,
    backends,
    followed,
    log,
  };
  const openService = async (name: string, fixed = 0): Promise<ServiceUrls> => {
    const opened = urls.get(name);
    if (opened !== undefined) return opened;
    const port = await listen(createService(name, parts), fixed);
    const at = [`http://${HOST}:${port}`, `http://localhost:${port}`] as const;
    urls.set(name, at);
    return at;
  };
  for (const [index, { name }] of seed.services.entries()) {
    // Fixed, so that what is set up with a service's URL outlives a restart.
    await openService(name, options.port ? options.port + 1 + index : 0);
  }
  const context: Context = {
    ...{ world, clock, alerting, observeRole, openService },
    scheduler: new Scheduler(clock, executor),
  };
  restore(world, urls, clock.now());
  if (options.snapshot) applySnapshot(context, options.snapshot);

  const app = createServer(context, {
    allowedHosts,
    called,
    faultOf: (method, url) => takeCallFault(world, method, url),
    answered: (method, url, status) => {
      // The page refreshes itself all the time.
      if (url !== '/') report(`${method} ${url} ${status}`);
    },
  });
  tokenRoutes(app, tokens);
  let directory = '';
  controlRoutes(app, context, { urls, backends, directory: () => directory });
  statusPage(app, context);
  const port = await listen(app, options.port ?? 0);
  // Last, so that a failed start leaves no directory.
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-'));
  fs.mkdirSync(path.join(directory, 'state'));
  return {
    url: `http://${HOST}:${port}`,
    projectId: world.project.projectId,
    region: world.region,
    directory,
    world,
    context,
    tokens,
    close: async () => {
      timer.stop();
      for (const each of followed.values()) each.stop();
      await Promise.all(servers.map((server) => server.close()));
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

function describeIncident({ openTime, policy, labels }: Incident): string {
  return `${new Date(openTime).toISOString()} incident: ${policy.displayName} ${JSON.stringify(labels)}`;
}

function describeAttempt(job: Job, attempt: Attempt, result: AttemptResult): string {
  const name = job.name.split('/').at(-1) ?? '';
  const outcome =
    result.kind === 'answered'
      ? String(result.status)
      : result.kind === 'deadline'
        ? `no response within ${job.attemptDeadline ?? 'the deadline'}`
        : `unreachable: ${result.why}`;
  const retry = attempt.number > 1 ? ` (retry ${attempt.number - 1})` : '';
  return `${new Date(attempt.startTime).toISOString()} ${name}${retry} ${describeTarget(job)} ${outcome}`;
}

function describeTarget({ httpTarget, pubsubTarget, appEngineHttpTarget }: Job): string {
  if (httpTarget) return `${httpTarget.httpMethod} ${httpTarget.uri}`;
  if (pubsubTarget) return `publish ${pubsubTarget.topicName}`;
  return `${appEngineHttpTarget?.httpMethod ?? ''} App Engine ${appEngineHttpTarget?.relativeUri ?? ''}`;
}
