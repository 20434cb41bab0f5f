import { pairEntries } from '@scheduled-jobs/constructs/core/attempts';
import type { AttemptFacts } from '@scheduled-jobs/page/week/model';
import { readerOf } from '../protocol/field-path';
import type { LogEntry } from '../world/logging';

/** Entries that users have written may have any payload. */
const typeOf = readerOf('jsonPayload.@type');
const jobOf = readerOf('resource.labels.job_id');
const codeOf = readerOf('jsonPayload.status');
const statusOf = readerOf('httpRequest.status');

/** The attempts of each job, by its short name, in order of time. */
export function attemptsIn(log: Iterable<LogEntry>): ReadonlyMap<string, AttemptFacts[]> {
  const byJob = new Map<string, LogEntry[]>();
  for (const entry of log) {
    const job = jobOf(entry) ?? '';
    const entries = byJob.get(job);
    if (entries === undefined) byJob.set(job, [entry]);
    else entries.push(entry);
  }
  return new Map([...byJob].map(([job, entries]) => [job, factsOf(entries)]));
}

function factsOf(entries: readonly LogEntry[]): AttemptFacts[] {
  return pairEntries(entries, typeOf).map(({ started, finished }) => ({
    startedAt: started && new Date(started.timestamp),
    finishedAt: finished && new Date(finished.timestamp),
    ...(finished ? resultOf(finished) : RUNNING),
  }));
}

const RUNNING = { outcome: 'running', text: 'running' } as const;

function resultOf(entry: LogEntry): Pick<AttemptFacts, 'outcome' | 'text'> {
  const code = codeOf(entry);
  if (code === undefined) return { outcome: 'ok', text: 'succeeded' };
  return { outcome: 'failed', text: [statusOf(entry), code].filter(Boolean).join(': ') };
}
