import type { Predicate } from '../protocol/comparison';
import type { LogEntry } from '../world/logging';
import type { Labels } from '../world/alert-policy';
import { DEFAULT_RETENTION, Timeline } from '../world/timeline';
import type { Increase, Sample } from './promql';

/** A time series of a log-based metric: the instants when it grew by one. */
interface Series {
  readonly labels: Labels;
  readonly times: Timeline<undefined>;
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

  /** @param retention - milliseconds for which counts are kept */
  constructor(private readonly retention = DEFAULT_RETENTION) {}

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
      const { times } =
        series.get(key) ?? newSeries(series, key, { monitored_resource: type, ...labels });
      times.add(Date.parse(entry.timestamp), undefined);
      times.dropBefore(Date.parse(entry.receiveTimestamp) - this.retention);
    }
  }

  readonly increase: Increase = ({ metric, labels }, from, to) => {
    const samples: Sample[] = [];
    for (const series of this.metrics.get(metric)?.series.values() ?? []) {
      if (!includes(series.labels, labels)) continue;
      const value = series.times.countUpTo(to) - series.times.countUpTo(from);
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

function newSeries(all: Map<string, Series>, key: string, labels: Labels): Series {
  const series = { labels, times: new Timeline<undefined>() };
  all.set(key, series);
  return series;
}
