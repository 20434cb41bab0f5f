import type { Mistake } from '../constructs/core/mistake';
import type { Environment } from './environment';

/** Who is told of incidents. */
export interface Channels {
  /** Addresses that each stage makes a channel of its own for. */
  readonly emails: readonly string[];
  /** Full ids of channels that exist. */
  readonly existing: readonly string[];
}

const EMAIL = {
  pattern: /^[^\s@,]+@[^\s@,.]+(\.[^\s@,.]+)+$/,
  expected: 'addresses such as ops@example.com, with commas between',
  fix: 'correct it, or take it out',
};

const CHANNEL = {
  pattern: /^projects\/[^/\s]+\/notificationChannels\/\d+$/,
  expected: 'full ids, projects/PROJECT/notificationChannels/NUMBER, with commas between',
  fix: 'take the name column of gcloud beta monitoring channels list',
};

/** `ALERT_EMAILS` and `ALERT_CHANNELS`, comma-separated; neither is needed. */
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
  { pattern, expected, fix }: typeof EMAIL,
): { items: string[]; mistakes: Mistake[] } {
  const given = env[subject];
  if (!given) return { items: [], mistakes: [] };
  const items = given.split(',').map((item) => item.trim());
  const mistakes = items
    .filter((item) => !pattern.test(item))
    .map((item) => ({
      subject,
      given,
      wrong: item === '' ? 'an item is empty' : `${JSON.stringify(item)} is not one`,
      expected,
      fix,
    }));
  return { items: [...new Set(items)].filter((item) => pattern.test(item)), mistakes };
}
