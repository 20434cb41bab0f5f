import type { Context } from '../context';
import { Failed, orFailed } from '../errors';
import { gcloud, inOrder, manual, type Fix } from '../fixes/fix';
import { listChannels } from '../google/monitoring';
import { shortName } from '../google/scheduler';

/**
 * The channels of `ALERT_CHANNELS` that the project does not have, as an error with its fix; undefined if it has
 * them all, or they cannot be read. Google would refuse the alerts in the middle of an apply.
 */
export async function missingChannels(context: Context): Promise<Failed | undefined> {
  const { client, settings, location } = context;
  const { existing } = settings.channels;
  if (existing.length === 0) return undefined;
  const found = await orFailed(listChannels(client, location.project));
  if (found instanceof Failed) return undefined;
  // A project may be given by its number, too; the number of a channel is unique.
  const numbers = new Set(found.map(shortName));
  const missing = existing.filter((name) => !numbers.has(shortName({ name })));
  if (missing.length === 0) return undefined;
  return new Failed(
    `ALERT_CHANNELS names notification channels that ${location.project} does not have: ${missing.join(', ')}.`,
    correct(location.project),
  );
}

/** Fails before anything is changed. */
export async function requireChannels(context: Context): Promise<void> {
  const missing = await missingChannels(context);
  if (missing !== undefined) throw new Failed(`Nothing was changed: ${missing.what}`, missing.fix);
}

function correct(project: string): Fix {
  return inOrder(
    gcloud('beta', 'monitoring', 'channels', 'list', `--project=${project}`),
    manual('set ALERT_CHANNELS to names that it shows, or unset it'),
  );
}
