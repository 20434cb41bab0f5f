import type { FastifyInstance } from 'fastify';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Context } from './apis/context';
import { createServer, type ApiCall } from './apis/server';
import { Servers } from './cloud-run/servers';
import { controlRoutes } from './control';
import type { Place } from './environment';
import { createExecutor } from './execution/executor';
import { takeCallFault } from './faults/faults';
import { Clock, type Activity } from './scheduler/clock';
import { Alerting } from './monitoring/alerting';
import { describeAttempt, describeIncident } from './report';
import { realTimeTimer } from './scheduler/real-time';
import { Scheduler } from './scheduler/scheduler';
import { applySnapshot, type Snapshot } from './snapshot';
import { statusPage } from './status-page/routes';
import { tokenRoutes } from './tokens/routes';
import { Tokens } from './tokens/tokens';
import { restore } from './world/restore';
import type { Seed } from './world/seed';
import { isSnoozed } from './world/snooze';
import type { LogEntry } from './world/logging';
import { createWorld, type World } from './world/world';

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
  const { seed, report = () => undefined, retentionDays = 30, allowedHosts } = options;
  const timer = realTimeTimer();
  const clock = new Clock(Date.now, timer.changed);
  timer.start(clock);
  const retention = retentionDays * 86_400_000;
  const world = createWorld(seed, clock.now(), { appEngine: options.appEngine, retention });
  const alerting = new Alerting(
    clock,
    (incident) => {
      report(describeIncident(incident));
    },
    (policyName) => isSnoozed(world, policyName, clock.now()),
    retention,
  );
  const log = (entry: LogEntry): void => {
    world.log.push(entry);
    alerting.logged(entry);
  };
  const tokens = new Tokens();
  const parts = { world, clock, tokens, log, activeRequests: new Map<string, Activity>() };
  const executor = createExecutor({
    ...parts,
    ended: (...attempt) => {
      report(describeAttempt(...attempt));
    },
  });
  const opened: FastifyInstance[] = [];
  const listen = async (server: FastifyInstance, port: number): Promise<number> => {
    opened.push(server);
    const url = await server.listen({ host: options.listen ?? HOST, port });
    return Number(new URL(url).port);
  };
  const { backends = new Map(), logFiles = new Map() } = options;
  const servers = new Servers({ ...parts, allowedHosts, backends, logFiles, listen });
  for (const [index, { name }] of seed.services.entries()) {
    // Fixed, so that what is set up with a service's URL outlives a restart.
    await servers.open(name, options.port ? options.port + 1 + index : 0);
  }
  for (const { name } of options.snapshot?.services ?? []) await servers.open(name);
  const scheduler = new Scheduler(clock, executor);
  const context: Context = { world, clock, scheduler, alerting, log, servers };
  restore(world, servers.urls, clock.now());
  if (options.snapshot) applySnapshot(context, options.snapshot);

  const app = createServer(context, {
    allowedHosts,
    called: options.called,
    faultOf: (method, url) => takeCallFault(world, method, url),
    answered: (method, url, status) => {
      // The page refreshes itself all the time.
      if (url !== '/') report(`${method} ${url} ${status}`);
    },
  });
  tokenRoutes(app, tokens);
  let directory = '';
  controlRoutes(app, context, () => directory);
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
    variables: seed.variables,
    world,
    context,
    tokens,
    close: async () => {
      timer.stop();
      servers.stopFollowing();
      await Promise.all(opened.map((server) => server.close()));
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
