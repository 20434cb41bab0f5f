import type { FastifyInstance } from 'fastify';
import type { LogEntry } from '../../world/logging';
import { requireProject, timestamp, type Context } from '../context';
import { invalidArgument } from '../../protocol/errors';
import { SEVERITIES } from '../../protocol/log-filter';
import { readMessage, type Fields, type Message } from '../../protocol/fields';

const SHARED = {
  logName: 'string',
  resource: { message: { type: 'string', labels: 'string map' } },
  labels: 'string map',
} as const;

/** The fields of an entry that can be written. */
const ENTRY: Fields = {
  ...SHARED,
  timestamp: 'string',
  severity: { step: 100, enum: SEVERITIES },
  insertId: 'string',
  textPayload: 'string',
  jsonPayload: 'anything',
  httpRequest: 'anything',
  trace: 'string',
  spanId: 'string',
};

const REQUEST: Fields = {
  ...SHARED,
  entries: { list: { message: ENTRY } },
  partialSuccess: 'bool',
  dryRun: 'bool',
};

/** `entries:write`. Source: https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/write */
export function writeEntries(app: FastifyInstance, context: Context): void {
  const { world, clock, log } = context;

  app.post('/v2/entries::write', ({ body }) => {
    const { entries = [], dryRun, ...shared } = readMessage(REQUEST, body, 'request');
    const written = (entries as Message[]).map((entry, index) => complete(shared, entry, index));
    for (const { logName } of written) {
      const project = /^projects\/([^/]+)\/logs\/\S+$/.exec(logName)?.[1];
      if (project === undefined) {
        throw invalidArgument('Every entry must have a log name such as projects/PROJECT/logs/ID.');
      }
      requireProject(context, project);
    }
    if (dryRun === true) return {};
    written.forEach(log);
    return {};
  });

  /** An entry with what the request says of all its entries, and the API's defaults. */
  function complete(shared: Message, entry: Message, index: number): LogEntry {
    const now = timestamp(clock);
    const { logName = '', resource, labels } = { ...shared, ...entry };
    const { type = 'global', labels: resourceLabels = { project_id: world.project.projectId } } =
      (resource ?? {}) as Message;
    return {
      timestamp: now,
      severity: 'DEFAULT',
      insertId: `written${String(world.log.written + index).padStart(9, '0')}`,
      ...entry,
      receiveTimestamp: now,
      logName,
      resource: { type, labels: resourceLabels },
      ...(labels !== undefined && { labels }),
    } as LogEntry;
  }
}
