/** What every item that matches a filter has, as far as an index can use it. */
export interface Bounds {
  /** One of these jobs, by their short names in lower case. @default - any or none */
  readonly jobs?: readonly string[];
  /** A severity of at least ERROR. @default - any */
  readonly errors?: boolean;
  /** A time from here, in milliseconds. */
  readonly from?: number;
  /** A time up to here, in milliseconds. */
  readonly to?: number;
}

/** The bounds of items that match both of two filters. */
export function boundsOfBoth(a: Bounds = {}, b: Bounds = {}): Bounds {
  const jobs = a.jobs && b.jobs ? a.jobs.filter((job) => b.jobs?.includes(job)) : undefined;
  return {
    jobs: jobs ?? a.jobs ?? b.jobs,
    errors: a.errors === true || b.errors === true,
    from: Math.max(a.from ?? -Infinity, b.from ?? -Infinity),
    to: Math.min(a.to ?? Infinity, b.to ?? Infinity),
  };
}

/** The bounds of items that match at least one of two filters. */
export function boundsOfEither(a: Bounds = {}, b: Bounds = {}): Bounds {
  return {
    ...(a.jobs && b.jobs && { jobs: [...a.jobs, ...b.jobs] }),
    errors: a.errors === true && b.errors === true,
    from: Math.min(a.from ?? -Infinity, b.from ?? -Infinity),
    to: Math.max(a.to ?? Infinity, b.to ?? Infinity),
  };
}
