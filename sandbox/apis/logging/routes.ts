import type { FastifyInstance } from 'fastify';
import type { LogEntry } from '../../world/logging';
import { requireProject, type Context } from '../context';
import { boundsOfBoth } from '../../protocol/bounds';
import { invalidArgument } from '../../protocol/errors';
import { readMessage } from '../../protocol/fields';
import { parseFilter } from '../../protocol/log-filter';
import { entriesAfter, readToken, tokenAfter } from './page-token';

const LARGEST_PAGE = 1000;
const DEFAULT_PAGE = 50;

/** `entries:list`. Source: https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list */
export function logging(app: FastifyInstance, context: Context): void {
  const { world, clock } = context;

  app.post('/v2/entries::list', ({ body }) => {
    if (typeof body !== 'object' || body === null)
      throw invalidArgument('The body must be an object.');
    const { resourceNames, projectIds, ...rest } = body as Record<string, unknown>;
    for (const project of readProjects(resourceNames ?? projectIds)) {
      requireProject(context, project);
    }
    const given = readMessage(
      { filter: 'string', orderBy: 'string', pageSize: 'int32', pageToken: 'string' },
      rest,
      'request',
    ) as { filter?: string; orderBy?: string; pageSize?: number; pageToken?: string };
    const matches = parseFilter(given.filter ?? '');
    const newestFirst = isDescending(given.orderBy);
    const place = readToken(given.pageToken);
    const after = newestFirst ? { to: place?.time } : { from: place?.time };
    const size = readSize(given.pageSize);
    world.log.forget(clock.now());
    const all = world.log.entries(boundsOfBoth(matches.bounds, after), newestFirst);
    const entries: LogEntry[] = [];
    for (const entry of place ? entriesAfter(all, place) : all) {
      if (!matches(entry)) continue;
      const last = entries.at(-1);
      if (last && entries.length === size) return { entries, nextPageToken: tokenAfter(last) };
      entries.push(entry);
    }
    return entries.length > 0 ? { entries } : {};
  });
}

function readProjects(given: unknown): string[] {
  const names = Array.isArray(given) ? given : [];
  const projects = names.map((name: unknown) =>
    typeof name === 'string' ? /^(?:projects\/)?([^/]+)(?:\/.*)?$/.exec(name)?.[1] : undefined,
  );
  if (projects.length === 0 || projects.includes(undefined)) {
    throw invalidArgument(
      'resource_names must have at least one resource, such as projects/PROJECT.',
    );
  }
  return projects.filter((project) => project !== undefined);
}

function isDescending(orderBy = 'timestamp asc'): boolean {
  const direction = /^timestamp(?: (asc|desc))?$/.exec(orderBy || 'timestamp asc');
  if (direction === null) {
    throw invalidArgument('order_by must be "timestamp asc" or "timestamp desc".');
  }
  return direction[1] === 'desc';
}

function readSize(given = DEFAULT_PAGE): number {
  if (given < 0) throw invalidArgument('page_size must not be negative.');
  return Math.min(given || DEFAULT_PAGE, LARGEST_PAGE);
}
