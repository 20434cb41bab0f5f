import type { Predicate } from '../protocol/log-filter';
import type { LogEntry } from '../world/world';
import type { Labels } from '../world/alert-policy';
import type { Increase, Sample } from './promql';

/** A time series of a log-based metric: the instants when it grew by one, in milliseconds, ascending. */
interface Series {
  readonly labels: Labels;
  readonly times: number[];
}

interface Metric {
  readonly matches: Predicate;
  /** By the labels of the monitored resource. */
  readonly series: Map<string, Series>;
}

/**
 * Counters of log entries. A metric counts the entries logged since its creation.
 * Source: https://cloud.google.com/logging/docs/logs-based-metrics
 */
export class Metrics {
  private readonly metrics = new Map<string, Metric>();

  /** Creates a metric under its PromQL name, or changes its filter and keeps its counts. */
  set(promqlName: string, matches: Predicate): void {
    const series = this.metrics.get(promqlName)?.series ?? new Map<string, Series>();
    this.metrics.set(promqlName, { matches, series });
  }

  delete(promqlName: string): void {
    this.metrics.delete(promqlName);
  }

  clear(): void {
    this.metrics.clear();
  }

  logged(entry: LogEntry): void {
    const { type, labels } = entry.resource;
    for (const { matches, series } of this.metrics.values()) {
      if (!matches(entry)) continue;
      const key = JSON.stringify([type, labels]);
      const one = series.get(key) ?? { labels: { monitored_resource: type, ...labels }, times: [] };
      series.set(key, one);
      one.times.push(Date.parse(entry.timestamp));
    }
  }

  readonly increase: Increase = ({ metric, labels }, from, to) => {
    const samples: Sample[] = [];
    for (const series of this.metrics.get(metric)?.series.values() ?? []) {
      if (!includes(series.labels, labels)) continue;
      const value = countUpTo(series.times, to) - countUpTo(series.times, from);
      samples.push({ labels: series.labels, value });
    }
    return samples;
  };
}

/** Whether labels include a subset. No arrays: alerts call this a million times per simulated year. */
function includes(labels: Labels, subset: Labels): boolean {
  for (const name in subset) if (labels[name] !== subset[name]) return false;
  return true;
}

/** How many of the ascending times are at or before an instant. */
function countUpTo(times: readonly number[], instant: number): number {
  // The most frequent case: the instant is now.
  if ((times.at(-1) ?? 0) <= instant) return times.length;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
