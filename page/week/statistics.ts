import type { AttemptFacts } from './model';

/** What a job's attempts say about it. */
export interface Statistics {
  readonly ok: number;
  readonly failed: number;
  /** Share of the ended attempts that succeeded, 0 to 1; undefined without any. */
  readonly successRate: number | undefined;
  /** The time that 95 % of the ended attempts took at most, in seconds; undefined without any. */
  readonly p95Seconds: number | undefined;
}

export function statisticsOf(attempts: readonly AttemptFacts[]): Statistics {
  const ok = attempts.filter(({ outcome }) => outcome === 'ok').length;
  const failed = attempts.filter(({ outcome }) => outcome === 'failed').length;
  const ended = ok + failed;
  return {
    ok,
    failed,
    successRate: ended === 0 ? undefined : ok / ended,
    p95Seconds: percentile95(latenciesOf(attempts)),
  };
}

/** The 95th percentile by nearest rank; undefined without any value. */
export function percentile95(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
}

/** How long the ended attempts took, in seconds; not those whose start or end is unknown. */
export function latenciesOf(attempts: readonly Times[]): number[] {
  return attempts.map(latencyOf).filter((seconds) => seconds !== undefined);
}

type Times = Pick<AttemptFacts, 'startedAt' | 'finishedAt'>;

/** How long an attempt took, in seconds; undefined if its start or end is unknown. */
export function latencyOf({ startedAt, finishedAt }: Times): number | undefined {
  return startedAt && finishedAt && (finishedAt.getTime() - startedAt.getTime()) / 1000;
}

/** A share for people, never rounded to 100 % or 0 % if it is not: `99.9 %`. */
export function formatShare(share: number): string {
  const percent = Math.round(share * 1000) / 10;
  if (percent === 100 && share < 1) return '99.9 %';
  if (percent === 0 && share > 0) return '0.1 %';
  return `${percent} %`;
}
