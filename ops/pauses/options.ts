import type { Command } from 'commander';
import { instantAt } from '../../constructs/core/schedule';
import type { Mistake } from '../../constructs/core/mistake';
import type { Context } from '../context';
import { secondsAfter } from '../durations';
import { UsageError } from '../errors';
import { readDuration } from '../read-option';

/** Options of the commands that pause. */
export interface PauseOptions {
  readonly reason?: string;
  /** A time, as typed. */
  readonly until?: string;
  /** A duration, as typed. */
  readonly for?: string;
}

/** What a pause is for, and when it should end. */
export interface PausePlan {
  /** @default - nobody said */
  readonly reason?: string;
  readonly until: Date;
  /** Whether nobody said when. */
  readonly isDefault: boolean;
}

/** How long a pause should last if nobody says, as `--for` takes it. */
const DEFAULT_DURATION = '24h';

/** With the job's name, the author and the end, it must fit into a snooze's display name. */
const MAX_REASON_CHARACTERS = 300;

/** Adds the options of a pause to a command. */
export function withPauseOptions(command: Command): Command {
  return command
    .option('--reason <text>', 'why, for colleagues: list, doctor and the page show it')
    .option('--until <time>', 'when the pause should end: "2027-01-31 14:00", or with a UTC offset')
    .option(
      '--for <duration>',
      `how long it should last: 30m, 4h, 7d (default: ${DEFAULT_DURATION})`,
    );
}

/**
 * To be called after the first call of Google, whose clock counts.
 *
 * @throws UsageError with every mistake in the options
 */
export function readPausePlan(
  { reason, until, for: duration }: PauseOptions,
  { client, settings }: Pick<Context, 'client' | 'settings'>,
): PausePlan {
  const mistakes: Mistake[] = [];
  const now = client.now();
  const text = reason?.trim();
  if (text !== undefined && (text === '' || text.length > MAX_REASON_CHARACTERS)) {
    mistakes.push({
      subject: '--reason',
      given: reason,
      wrong: `must have 1 to ${MAX_REASON_CHARACTERS} characters`,
      fix: text === '' ? 'say why, or omit it' : 'shorten it',
    });
  }
  let end: Date | undefined;
  if (until !== undefined && duration !== undefined) {
    mistakes.push({
      subject: '--for',
      given: duration,
      wrong: `must not be used together with --until (${JSON.stringify(until)})`,
      fix: 'use one of the two',
    });
  } else if (until !== undefined) {
    end = instantOf(until, settings.timeZone);
    if (end === undefined || end <= now) {
      mistakes.push({
        subject: '--until',
        given: until,
        wrong: end === undefined ? 'is not a time' : 'is in the past',
        expected: `a time of ${settings.timeZone}, or one with a UTC offset`,
        fix: 'use a time such as "2027-01-31 14:00" or 2027-01-31T14:00:00Z',
      });
    }
  } else {
    try {
      end = secondsAfter(now, readDuration('--for', duration ?? DEFAULT_DURATION));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      mistakes.push(...error.mistakes);
    }
  }
  if (mistakes.length > 0 || end === undefined) throw new UsageError(mistakes);
  const isDefault = until === undefined && duration === undefined;
  return { ...(text !== undefined && { reason: text }), until: end, isDefault };
}

const WITH_OFFSET = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function instantOf(text: string, timeZone: string): Date | undefined {
  if (!WITH_OFFSET.test(text)) return instantAt(timeZone, text);
  const at = new Date(text.replace(' ', 'T'));
  return Number.isNaN(at.getTime()) ? undefined : at;
}
