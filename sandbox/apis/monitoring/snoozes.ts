import type { FastifyInstance } from 'fastify';
import { find, nameOf, type Context } from '../context';
import { invalidArgument, notFound } from '../../protocol/errors';
import { readMessage, type Fields, type Message } from '../../protocol/fields';
import { sortedEntries } from '../../protocol/paging';
import { applyPatch, readMask, type MaskQuery } from '../../protocol/update-mask';
import type { Snooze } from '../../world/snooze';
import { listPage, type FilteredQuery } from './list';
import { newId } from '../../world/world';

interface SnoozeParams {
  snooze: string;
}

/** Source: https://cloud.google.com/monitoring/quotas#alerting_uptime_limits */
const MAX_POLICIES = 16;

const SNOOZE: Fields = {
  name: 'string',
  displayName: 'string',
  criteria: { message: { policies: { list: 'string' }, filter: 'string' } },
  interval: { message: { startTime: 'string', endTime: 'string' } },
};

/** What of a snooze can be changed; its start only until then. */
const CHANGEABLE = ['displayName', 'interval.startTime', 'interval.endTime'];

/** Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.snoozes#Snooze */
const MAX_DISPLAY_NAME_CHARACTERS = 512;

/**
 * Periods in which policies open no incidents. They cannot be deleted, and do not change once they have
 * ended.
 *
 * Source: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.snoozes
 */
export function snoozes(app: FastifyInstance, context: Context): void {
  const { world, clock } = context;
  const path = '/v3/projects/:project/snoozes';

  app.get<{ Querystring: FilteredQuery }>(path, ({ query }) =>
    listPage('snoozes', SNOOZE, sortedEntries(world.snoozes), query),
  );

  app.post(path, ({ body }) => {
    const snooze = readMessage(SNOOZE, body, 'snooze');
    const { policies = [] } = (snooze.criteria ?? {}) as { policies?: string[] };
    if (policies.length < 1 || policies.length > MAX_POLICIES) {
      throw invalidArgument(
        `Field snooze.criteria.policies must have 1 to ${MAX_POLICIES} policies.`,
      );
    }
    for (const name of policies) {
      if (!world.alertPolicies.has(name)) throw notFound(`Alert policy ${name}`);
    }
    if (Date.parse(intervalOf(snooze).startTime) < clock.now() - 60_000) {
      throw invalidArgument('Field snooze.interval.start_time must not be in the past.');
    }
    return store(nameOf(context, 'snoozes', newId(world)), snooze);
  });

  app.get<{ Params: SnoozeParams }>(`${path}/:snooze`, ({ params }) =>
    requireSnooze(params.snooze),
  );

  app.patch<{ Params: SnoozeParams; Querystring: MaskQuery }>(
    `${path}/:snooze`,
    ({ params, query, body }) => {
      const snooze = requireSnooze(params.snooze);
      const { startTime, endTime } = snooze.interval;
      if (Date.parse(endTime) <= clock.now()) {
        throw invalidArgument('A snooze that has ended cannot be changed.');
      }
      const mask = readMask(query.updateMask);
      const wrong = mask.length === 0 ? '' : mask.find((path) => !CHANGEABLE.includes(path));
      if (wrong !== undefined) {
        throw invalidArgument(
          `Only ${CHANGEABLE.join(', ')} of a snooze can be changed, not ${JSON.stringify(wrong)}.`,
        );
      }
      if (mask.includes('interval.startTime') && Date.parse(startTime) <= clock.now()) {
        throw invalidArgument('The start of a snooze that has started cannot be changed.');
      }
      const patch = readMessage(SNOOZE, body, 'snooze');
      return store(snooze.name, applyPatch(SNOOZE, { ...snooze }, patch, mask.join()));
    },
  );

  function store(name: string, given: Message): Snooze {
    if (typeof given.displayName !== 'string' || given.displayName === '') {
      throw invalidArgument('Field snooze.display_name must be set.');
    }
    if (given.displayName.length > MAX_DISPLAY_NAME_CHARACTERS) {
      throw invalidArgument(
        `Field snooze.display_name must have at most ${MAX_DISPLAY_NAME_CHARACTERS} characters.`,
      );
    }
    const interval = intervalOf(given);
    const { startTime, endTime } = interval;
    if (Date.parse(endTime) <= Date.parse(startTime)) {
      throw invalidArgument('Field snooze.interval.end_time must be after start_time.');
    }
    const criteria = given.criteria as Snooze['criteria'];
    const snooze = { name, displayName: given.displayName, criteria, interval };
    world.snoozes.set(name, snooze);
    return snooze;
  }

  function requireSnooze(id: string): Snooze {
    return find(world.snoozes, nameOf(context, 'snoozes', id), 'Snooze');
  }
}

function intervalOf({ interval }: Message): Snooze['interval'] {
  const { startTime = '', endTime = '' } = (interval ?? {}) as Partial<Snooze['interval']>;
  if (Number.isNaN(Date.parse(startTime)) || Number.isNaN(Date.parse(endTime))) {
    throw invalidArgument(
      'Field snooze.interval must have a start_time and an end_time (RFC 3339).',
    );
  }
  return { startTime, endTime };
}
