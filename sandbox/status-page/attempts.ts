import type { AttemptFacts } from '@scheduled-jobs/page/week/model';
import { readerOf } from '../protocol/filter';
import type { LogEntry } from '../world/world';

/** Entries that users have written may have any payload. */
const typeOf = readerOf('jsonPayload.@type');
const jobOf = readerOf('resource.labels.job_id');
const codeOf = readerOf('jsonPayload.status');
const statusOf = readerOf('httpRequest.status');

/** The attempts of each job, by its short name, in order of time. */
export function attemptsIn(log: Iterable<LogEntry>): Map<string, AttemptFacts[]> {
  const attempts = new Map<string, AttemptFacts[]>();
  for (const entry of log) {
    const type = typeOf(entry) ?? '';
    const job = jobOf(entry) ?? '';
    const ofJob = attempts.get(job) ?? [];
    attempts.set(job, ofJob);
    const at = new Date(entry.timestamp);
    if (type.endsWith('AttemptStarted')) {
      ofJob.push({ startedAt: at, finishedAt: undefined, outcome: 'running', text: 'running' });
    } else if (type.endsWith('AttemptFinished')) {
      // The log does not say which; the one that started first is assumed to end first.
      const open = ofJob.findIndex(({ outcome }) => outcome === 'running');
      const ended = { finishedAt: at, ...resultOf(entry) };
      if (open < 0) ofJob.push({ startedAt: undefined, ...ended });
      else ofJob[open] = { startedAt: ofJob[open]?.startedAt, ...ended };
    }
  }
  return attempts;
}

function resultOf(entry: LogEntry): Pick<AttemptFacts, 'outcome' | 'text'> {
  const code = codeOf(entry);
  if (code === undefined) return { outcome: 'ok', text: 'succeeded' };
  return { outcome: 'failed', text: [statusOf(entry), code].filter(Boolean).join(': ') };
}
