/** The entries of one attempt in Cloud Scheduler's execution log. */
export interface AttemptEntries<Entry> {
  /** `undefined` when it started before the part of the log that was read. */
  readonly started: Entry | undefined;
  /** `undefined` while it is running, or when its end was never logged. */
  readonly finished: Entry | undefined;
}

/**
 * The attempts in the log entries of one job, which are in order of time. The log does not say which
 * end belongs to which start; where two overlap, the one that started first is assumed to end first.
 *
 * Source: https://cloud.google.com/scheduler/docs/reference/rest/v1/AttemptStarted
 *
 * @param typeOf - an entry's `jsonPayload.@type`; entries of other types are passed over
 */
export function pairEntries<Entry>(
  entries: Iterable<Entry>,
  typeOf: (entry: Entry) => string | undefined,
): AttemptEntries<Entry>[] {
  const attempts: AttemptEntries<Entry>[] = [];
  /** The indexes of the attempts without an end. */
  const open: number[] = [];
  for (const entry of entries) {
    const type = typeOf(entry) ?? '';
    if (type.endsWith('.AttemptStarted')) {
      open.push(attempts.length);
      attempts.push({ started: entry, finished: undefined });
    } else if (type.endsWith('.AttemptFinished')) {
      const index = open.shift() ?? attempts.length;
      attempts[index] = { started: attempts[index]?.started, finished: entry };
    }
  }
  return attempts;
}
