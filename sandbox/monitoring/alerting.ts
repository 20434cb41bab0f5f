import { parseSeconds } from '../protocol/duration';
import { parseFilter, type Predicate } from '../protocol/log-filter';
import type { Clock } from '../scheduler/clock';
import type { LogEntry } from '../world/world';
import { parseExtractor, type Extractor } from './extractor';
import { Metrics } from './metrics';
import type { AlertPolicy, Condition, Labels } from '../world/alert-policy';
import { parseQuery, type Query } from './promql';

/** Something that a policy noticed, until it is over. */
export interface Incident {
  readonly name: string;
  readonly policy: AlertPolicy;
  /** What tells it from other incidents of its policy. */
  readonly labels: Labels;
  readonly openTime: number;
  closeTime?: number;
}

/** Source: `autoClose` of https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#alertstrategy */
const DEFAULT_AUTO_CLOSE_SECONDS = 7 * 86_400;
const DEFAULT_EVALUATION_SECONDS = 30;

/** A policy at work. */
interface Watch {
  readonly policy: AlertPolicy;
  /** Its open incidents, by their labels. */
  readonly open: Map<string, Incident>;
  logged?: (entry: LogEntry) => void;
  cancel: () => void;
}

/** Evaluates alert policies on a clock, over what is logged. */
export class Alerting {
  readonly metrics = new Metrics();
  /** All that were ever opened, in order. */
  readonly incidents: Incident[] = [];
  private readonly watches = new Map<string, Watch>();

  constructor(
    private readonly clock: Clock,
    private readonly opened: (incident: Incident) => void = () => undefined,
  ) {}

  /** Starts to evaluate a policy, or a changed one from now on; its open incidents stay. */
  watch(policy: AlertPolicy): void {
    const open = this.watches.get(policy.name)?.open ?? new Map<string, Incident>();
    this.watches.get(policy.name)?.cancel();
    const watch: Watch = { policy, open, cancel: () => undefined };
    this.watches.set(policy.name, watch);
    for (const condition of policy.enabled === false ? [] : policy.conditions) {
      this.evaluate(watch, condition);
    }
  }

  /** Ends a policy; its incidents close. */
  unwatch(policyName: string): void {
    const watch = this.watches.get(policyName);
    if (watch === undefined) return;
    watch.cancel();
    for (const key of watch.open.keys()) this.close(watch, key);
    this.watches.delete(policyName);
  }

  /** Forgets every policy, metric and incident. */
  reset(): void {
    for (const name of this.watches.keys()) this.unwatch(name);
    this.metrics.clear();
    this.incidents.length = 0;
  }

  /** Told of every log entry, once. */
  logged(entry: LogEntry): void {
    this.metrics.logged(entry);
    for (const watch of this.watches.values()) watch.logged?.(entry);
  }

  private evaluate(watch: Watch, condition: Condition): void {
    const { conditionMatchedLog: log, conditionPrometheusQueryLanguage: promql } = condition;
    if (log !== undefined) {
      this.matchLog(watch, parseFilter(log.filter), extractorsOf(log.labelExtractors));
    }
    if (promql === undefined) return;
    const seconds = parseSeconds(promql.evaluationInterval ?? '') ?? DEFAULT_EVALUATION_SECONDS;
    this.repeat(watch, seconds * 1000, parseQuery(promql.query));
  }

  private matchLog(
    watch: Watch,
    matches: Predicate,
    extractors: readonly (readonly [name: string, extract: Extractor])[],
  ): void {
    const autoClose =
      parseSeconds(watch.policy.alertStrategy?.autoClose ?? '') ?? DEFAULT_AUTO_CLOSE_SECONDS;
    const closing = new Map<string, () => void>();
    watch.cancel = () => {
      closing.forEach((cancel) => {
        cancel();
      });
    };
    watch.logged = (entry) => {
      if (!matches(entry)) return;
      const key = this.open(
        watch,
        Object.fromEntries(extractors.map(([name, extract]) => [name, extract(entry)])),
      );
      closing.get(key)?.();
      const cancel = this.clock.at(this.clock.now() + autoClose * 1000, () => {
        closing.delete(key);
        this.close(watch, key);
      });
      closing.set(key, cancel);
    };
  }

  private repeat(watch: Watch, interval: number, query: Query): void {
    watch.cancel = this.clock.at(this.clock.now() + interval, () => {
      const found = query.evaluate(this.metrics.increase, this.clock.now());
      const keys = new Set(found.map(({ labels }) => this.open(watch, labels)));
      for (const key of watch.open.keys()) if (!keys.has(key)) this.close(watch, key);
      this.repeat(watch, interval, query);
    });
  }

  private open(watch: Watch, labels: Labels): string {
    const key = JSON.stringify(labels);
    if (watch.open.has(key)) return key;
    const { policy } = watch;
    const project = policy.name.replace(/\/alertPolicies\/.*/, '');
    const name = `${project}/alerts/${this.incidents.length + 1}`;
    const incident = { name, policy, labels, openTime: this.clock.now() };
    watch.open.set(key, incident);
    this.incidents.push(incident);
    this.opened(incident);
    return key;
  }

  private close(watch: Watch, key: string): void {
    const incident = watch.open.get(key);
    if (incident !== undefined) incident.closeTime = this.clock.now();
    watch.open.delete(key);
  }
}

function extractorsOf(given: Labels = {}): (readonly [string, Extractor])[] {
  return Object.entries(given).map(([name, text]) => [name, parseExtractor(text)] as const);
}
