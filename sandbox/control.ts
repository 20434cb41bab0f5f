import type { FastifyInstance } from 'fastify';
import type { Context } from './apis/context';
import { invalidArgument } from './protocol/errors';
import { isObject } from './protocol/fields';
import { takeSnapshot } from './snapshot';
import { setFault } from './faults/set-fault';
import { restore } from './world/restore';

const LONGEST_ADVANCE_SECONDS = 366 * 86_400;

/**
 * What Google does not have: routes that advance the clock and inject faults.
 *
 * @param directory the sandbox's temporary directory, once it has started
 */
export function controlRoutes(
  app: FastifyInstance,
  context: Context,
  directory: () => string,
): void {
  const { world, clock, scheduler, alerting, servers } = context;

  /** Where everything is. */
  app.get('/_sandbox', () => ({
    project: world.project.projectId,
    region: world.region,
    directory: directory(),
    variables: world.seed.variables,
    now: new Date(clock.now()).toISOString(),
    services: [...world.services.values()].map(({ name, stage, role, account, urls: at }) => ({
      ...{ name, stage, role, url: at[0], urls: at },
      account: account.email,
      server: servers.backendOf(name)?.origin,
    })),
  }));

  app.post('/_sandbox/advance', async ({ body }) => {
    const seconds = isObject(body) ? body.seconds : undefined;
    if (typeof seconds !== 'number' || !(seconds > 0 && seconds <= LONGEST_ADVANCE_SECONDS)) {
      throw invalidArgument(
        `seconds must be a number greater than 0 and at most ${LONGEST_ADVANCE_SECONDS} (366 days).`,
      );
    }
    const before = world.attemptsEnded;
    await clock.advance(seconds * 1000);
    return { now: new Date(clock.now()).toISOString(), attempts: world.attemptsEnded - before };
  });

  /** The whole project, for `--import`. */
  app.get('/_sandbox/export', () => takeSnapshot(context));

  app.get('/_sandbox/faults', () => ({ faults: world.faults }));

  app.post('/_sandbox/faults', ({ body }) => {
    const set = setFault(world, body);
    for (const { name, state } of world.jobs.values()) {
      if (state === 'UPDATE_FAILED') scheduler.remove(name);
    }
    return { set, faults: world.faults };
  });

  app.delete('/_sandbox/faults', () => {
    world.faults.length = 0;
    restore(world, servers.urls, clock.now());
    return { faults: world.faults };
  });

  app.get('/_sandbox/settings', () => ({ authorizationOnRead: world.authorizationOnRead }));

  app.post('/_sandbox/settings', ({ body }) => {
    const given = isObject(body) ? body.authorizationOnRead : undefined;
    if (typeof given !== 'boolean') throw invalidArgument('authorizationOnRead must be a boolean.');
    world.authorizationOnRead = given;
    return { authorizationOnRead: given };
  });

  /** Restores the initial state; the clock keeps its time. */
  app.post('/_sandbox/reset', () => {
    for (const name of world.jobs.keys()) scheduler.remove(name);
    world.jobs.clear();
    world.services.clear();
    world.accounts.clear();
    world.enabledApis.clear();
    world.projectPolicy = { ...world.projectPolicy, bindings: [] };
    world.policies.clear();
    alerting.reset();
    world.alertPolicies.clear();
    world.notificationChannels.clear();
    world.logMetrics.clear();
    world.snoozes.clear();
    world.topics.clear();
    world.subscriptions.clear();
    world.operations.clear();
    world.cmekKey = '';
    world.log.clear();
    world.faults.length = 0;
    world.authorizationOnRead = true;
    restore(world, servers.urls, clock.now());
    return {};
  });
}
