import { planOf } from './apis/cloud-scheduler/job';
import type { Context } from './apis/context';
import { isCounter } from './apis/logging/metrics';
import type { Incident } from './monitoring/incidents';
import { promqlNameOfLogMetric } from './monitoring/metric-names';
import { parseFilter } from './protocol/log-filter';
import type { Seed } from './world/seed';
import type { LogEntry } from './world/logging';
import type { Service, ServiceUrls } from './world/service';
import type { World } from './world/world';

/** Changes with each incompatible change of the format. */
export const FORMAT = 1;

/** The whole project as JSON. Not in it: runs in progress, with their retries, and the keys of tokens. */
export interface Snapshot {
  readonly format: typeof FORMAT;
  /** The clock. */
  readonly now: string;
  readonly seed: Seed;
  readonly services: readonly Service[];
  /** The world's other fields; of maps, the entries. */
  readonly world: Readonly<Record<string, unknown>>;
  readonly incidents: readonly Incident[];
  /** How many log entries were ever written. */
  readonly written: number;
  readonly log: readonly LogEntry[];
}

/** What has its own place in a snapshot, or is given by the options of the start. */
const APART: readonly (keyof World)[] = [
  'project',
  'region',
  'seed',
  'services',
  'log',
  'appEngine',
  'serverRoles',
];

export function takeSnapshot({ world, clock, alerting }: Context): Snapshot {
  const fields = Object.entries(world).filter(([name]) => !isApart(name));
  const plain = (value: unknown): unknown =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value;
  return {
    format: FORMAT,
    now: new Date(clock.now()).toISOString(),
    seed: world.seed,
    services: [...world.services.values()],
    world: Object.fromEntries(fields.map(([name, value]) => [name, plain(value)])),
    incidents: alerting.incidents,
    written: world.log.written,
    log: [...world.log.entries()],
  };
}

/**
 * Puts a snapshot into a sandbox that has just started from the snapshot's seed, with a server for each service. The services have new URLs, and so
 * does whatever named the old ones. The clock continues from the snapshot's time, so that nothing is missed in between.
 */
export function applySnapshot(context: Context, given: Snapshot): void {
  const { world, clock, scheduler, alerting, servers } = context;
  const {
    now,
    seed,
    services,
    world: fields,
    log,
    written,
    incidents,
  } = withUrls(servers.urls, given);
  clock.set(Date.parse(now));
  fill(world, fields);
  for (const { name } of seed.services) world.services.delete(name);
  for (const service of services) world.services.set(service.name, service);
  // A metric counts what is logged from its creation on.
  const metrics = [...world.logMetrics.values()].filter(isCounter);
  metrics.sort((a, b) => (a.createTime < b.createTime ? -1 : 1));
  const countUntil = (time: string): void => {
    for (let [metric] = metrics; metric && metric.createTime <= time; [metric] = metrics) {
      alerting.metrics.set(promqlNameOfLogMetric(metric.name), parseFilter(metric.filter));
      metrics.shift();
    }
  };
  for (const entry of log) {
    countUntil(entry.receiveTimestamp);
    alerting.metrics.logged(entry);
  }
  countUntil(now);
  world.log.restore(log, written);
  for (const policy of world.alertPolicies.values()) alerting.setPolicy(policy);
  alerting.restore(incidents);
  for (const job of world.jobs.values()) {
    if (job.state === 'PAUSED') scheduler.pause(job.name, planOf(job));
    else if (job.state === 'ENABLED') scheduler.schedule(job.name, planOf(job));
  }
}

/** A snapshot with the present URLs of its services. */
function withUrls(present: ReadonlyMap<string, ServiceUrls>, snapshot: Snapshot): Snapshot {
  const urls = new Map<string, string>();
  for (const { name, urls: before } of snapshot.services) {
    before.forEach((url, index) => urls.set(url, present.get(name)?.[index] ?? url));
  }
  if (urls.size === 0) return snapshot;
  const places = [...urls.keys()].map((url) => url.replaceAll('.', String.raw`\.`));
  const replaced = JSON.stringify(snapshot).replaceAll(
    new RegExp(`(${places.join('|')})(?![0-9])`, 'g'),
    (url) => urls.get(url) ?? url,
  );
  return JSON.parse(replaced) as Snapshot;
}

function fill(world: World, saved: Snapshot['world']): void {
  for (const [name, field] of Object.entries(world) as [string, unknown][]) {
    const value = saved[name];
    if (isApart(name) || value === undefined) continue;
    if (field instanceof Map) {
      field.clear();
      for (const [key, each] of value as [unknown, unknown][]) field.set(key, each);
    } else if (field instanceof Set) {
      field.clear();
      for (const each of value as unknown[]) field.add(each);
    } else if (Array.isArray(field)) {
      field.splice(0, field.length, ...(value as unknown[]));
    } else {
      Object.assign(world, { [name]: value });
    }
  }
}

function isApart(name: string): boolean {
  return APART.some((field) => field === name);
}
