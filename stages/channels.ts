import type { Mistake } from '../constructs/core/mistake';
import type { Environment } from './environment';

/** Who is notified of incidents. */
export interface Channels {
  /** Addresses; each stage creates its own channel for each. */
  readonly emails: readonly string[];
  /** Full ids of existing channels. */
  readonly existing: readonly string[];
}

const EMAIL = {
  what: 'an email address',
  pattern: /^[^\s@,]+@[^\s@,.]+(\.[^\s@,.]+)+$/,
  expected: 'comma-separated addresses such as ops@example.com',
  fix: 'correct or remove it',
};

const CHANNEL = {
  what: 'the id of a notification channel',
  pattern: /^projects\/[^/\s]+\/notificationChannels\/\d+$/,
  expected: 'comma-separated ids, projects/PROJECT/notificationChannels/NUMBER',
  fix: 'run `gcloud beta monitoring channels list` and use a name',
};

/** `ALERT_EMAILS` and `ALERT_CHANNELS`, comma-separated and optional. */
export function readChannels(env: Environment): { channels: Channels; mistakes: Mistake[] } {
  const emails = readList(env, 'ALERT_EMAILS', EMAIL);
  const existing = readList(env, 'ALERT_CHANNELS', CHANNEL);
  return {
    channels: { emails: emails.items, existing: existing.items },
    mistakes: [...emails.mistakes, ...existing.mistakes],
  };
}

function readList(
  env: Environment,
  subject: string,
  { what, pattern, expected, fix }: typeof EMAIL,
): { items: string[]; mistakes: Mistake[] } {
  const given = env[subject];
  if (!given) return { items: [], mistakes: [] };
  const items = given.split(',').map((item) => item.trim());
  const mistakes = items
    .filter((item) => !pattern.test(item))
    .map((item) => ({
      subject,
      given,
      wrong: item === '' ? 'must not have an empty item' : `${JSON.stringify(item)} is not ${what}`,
      expected,
      fix,
    }));
  return { items: [...new Set(items)].filter((item) => pattern.test(item)), mistakes };
}
