/** A line of the table: what is measured, by what, and what it should come to. */
export interface Row {
  readonly what: string;
  /** What it is measured by in the same run; empty where seconds count. */
  readonly yardstick: string;
  /** The aim. */
  readonly atMost: number;
  /** `times` what the yardstick takes, `seconds`, or the `exponent` of growth. */
  readonly unit: 'times' | 'seconds' | 'exponent';
}

/** What was measured for a row, a value for each round. */
export interface Measured {
  readonly values: readonly number[];
  /** What lies behind the values: seconds, or bytes. */
  readonly behind?: string;
}

/** Rows that are measured together. */
export interface Benchmark {
  readonly rows: readonly Row[];
  /** Why it cannot be measured here; undefined where it can. */
  readonly missing?: () => string | undefined;
  /** @returns what was measured, in the order of the rows */
  readonly measure: (rounds: number) => Promise<readonly Measured[]>;
}

/** A row and what came of it. */
export type Result = Row &
  (
    | {
        readonly median: number;
        readonly least: number;
        readonly most: number;
        readonly rounds: number;
        readonly behind?: string;
        /** Whether the median keeps to the aim. */
        readonly met: boolean;
      }
    | { readonly skipped: string }
  );

/** Measures a benchmark. One that fails is a reason, not a figure: what fails is quick. */
export async function resultsOf(benchmark: Benchmark, rounds: number): Promise<Result[]> {
  const { rows, missing, measure } = benchmark;
  const reason = missing?.();
  if (reason !== undefined) return rows.map((row) => ({ ...row, skipped: reason }));
  try {
    const measured = await measure(rounds);
    return rows.map((row, index) => summarize(row, measured[index]));
  } catch (error) {
    const skipped = `it failed: ${error instanceof Error ? error.message : String(error)}`;
    return rows.map((row) => ({ ...row, skipped }));
  }
}

function summarize(row: Row, measured: Measured | undefined): Result {
  if (measured === undefined) return { ...row, skipped: 'nothing was measured' };
  const { values, behind } = measured;
  const median = medianOf(values);
  return {
    ...row,
    median,
    least: Math.min(...values),
    most: Math.max(...values),
    rounds: values.length,
    behind,
    met: median <= row.atMost,
  };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (lower + upper) / 2;
}
