/** A row of the table: a measurement, its baseline and its target. */
export interface Row {
  readonly name: string;
  /** What it is compared with in the same run; empty for absolute targets. */
  readonly baseline: string;
  /** The median should be at most this. */
  readonly target: number;
  /** `times` the baseline, `seconds`, `MB`, or the `exponent` of growth. */
  readonly unit: 'times' | 'seconds' | 'MB' | 'exponent';
}

/** The measurements of a row, one per round. */
export interface Measured {
  readonly values: readonly number[];
  /** The absolute figures of a ratio: seconds or bytes. */
  readonly absolute?: string;
}

/** Rows that are measured together. */
export interface Benchmark {
  readonly rows: readonly Row[];
  /** Why it cannot be measured here; undefined if it can. */
  readonly missing?: () => string | undefined;
  /** @returns the measurements, in the order of the rows */
  readonly measure: (rounds: number) => Promise<readonly Measured[]>;
}

/** A row and its result. */
export type Result = Row &
  (
    | {
        readonly median: number;
        readonly min: number;
        readonly max: number;
        readonly rounds: number;
        readonly absolute?: string;
        /** Whether the median meets the target. */
        readonly met: boolean;
      }
    | { readonly skipped: string }
  );

/** Runs a benchmark. If it fails, the result is the reason: a failure is quick, so its time means nothing. */
export async function resultsOf(benchmark: Benchmark, rounds: number): Promise<Result[]> {
  const { rows, missing, measure } = benchmark;
  const reason = missing?.();
  if (reason !== undefined) return rows.map((row) => ({ ...row, skipped: reason }));
  try {
    const measured = await measure(rounds);
    return rows.map((row, index) => summarize(row, measured[index]));
  } catch (error) {
    const skipped = `failed: ${error instanceof Error ? error.message : String(error)}`;
    return rows.map((row) => ({ ...row, skipped }));
  }
}

function summarize(row: Row, measured: Measured | undefined): Result {
  if (measured === undefined) return { ...row, skipped: 'no measurements' };
  const { values, absolute } = measured;
  const median = medianOf(values);
  return {
    ...row,
    median,
    min: Math.min(...values),
    max: Math.max(...values),
    rounds: values.length,
    absolute,
    met: median <= row.target,
  };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (lower + upper) / 2;
}
