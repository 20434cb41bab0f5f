import { parseSeconds } from '../protocol/duration';
import type { Predicate } from '../protocol/comparison';
import { parseFilter } from '../protocol/log-filter';
import type { Clock } from '../scheduler/clock';
import type { LogEntry } from '../world/logging';
import { parseExtractor, type Extractor } from './extractor';
import { Incidents, type Incident } from './incidents';
import { Metrics } from './metrics';
import type { AlertPolicy, Condition, Labels } from '../world/alert-policy';
import { DEFAULT_RETENTION } from '../world/timeline';
import { isWithoutData, parseQuery, type Query } from './promql';

/** Source: `autoClose` of https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alertPolicies#alertstrategy */
const DEFAULT_AUTO_CLOSE_SECONDS = 7 * 86_400;
const DEFAULT_EVALUATION_SECONDS = 30;

/** A policy that is being evaluated. */
interface ActivePolicy {
  readonly policy: AlertPolicy;
  /** Its open incidents, by their labels. */
  readonly open: Map<string, Incident>;
  logged?: (entry: LogEntry) => void;
  /** Lets an incident of a policy over the log close later, as after another entry. */
  keepOpen?: (key: string) => void;
  cancel: () => void;
}

/** Evaluates alert policies over the log, on a clock. */
export class Alerting {
  readonly metrics: Metrics;
  private readonly record: Incidents;
  private readonly policies = new Map<string, ActivePolicy>();

  constructor(
    private readonly clock: Clock,
    private readonly opened: (incident: Incident) => void = () => undefined,
    private readonly isSnoozed: (policyName: string) => boolean = () => false,
    /** Milliseconds for which counts of metrics and closed incidents are kept. */
    retention = DEFAULT_RETENTION,
  ) {
    this.metrics = new Metrics(retention);
    this.record = new Incidents(clock, retention);
  }

  /** The incidents that are open, or not long closed, in order of time. */
  get incidents(): Incident[] {
    return this.record.all;
  }

  /** Adds or replaces a policy, which is evaluated from now on; its open incidents stay open. */
  setPolicy(policy: AlertPolicy): void {
    const open = this.policies.get(policy.name)?.open ?? new Map<string, Incident>();
    this.policies.get(policy.name)?.cancel();
    const active: ActivePolicy = { policy, open, cancel: () => undefined };
    this.policies.set(policy.name, active);
    for (const condition of policy.enabled === false ? [] : policy.conditions) {
      this.evaluate(active, condition);
    }
  }

  /** Deletes a policy and closes its incidents. */
  deletePolicy(policyName: string): void {
    const active = this.policies.get(policyName);
    if (active === undefined) return;
    active.cancel();
    for (const key of active.open.keys()) this.close(active, key);
    this.policies.delete(policyName);
  }

  /** Forgets every policy, metric and incident. */
  reset(): void {
    for (const name of this.policies.keys()) this.deletePolicy(name);
    this.metrics.clear();
    this.record.clear();
  }

  /** Puts earlier incidents of the present policies in; those over the log stay open as after another entry. */
  restore(incidents: readonly Incident[]): void {
    for (const incident of incidents) {
      this.record.restore(incident);
      const active = this.policies.get(incident.policy.name);
      if (incident.closeTime !== undefined || active === undefined) continue;
      const key = JSON.stringify(incident.labels);
      active.open.set(key, incident);
      active.keepOpen?.(key);
    }
  }

  /** Must be called once with every log entry. */
  logged(entry: LogEntry): void {
    this.metrics.logged(entry);
    for (const active of this.policies.values()) active.logged?.(entry);
  }

  private evaluate(active: ActivePolicy, condition: Condition): void {
    const { conditionMatchedLog: log, conditionPrometheusQueryLanguage: promql } = condition;
    if (log !== undefined) {
      this.matchLog(active, parseFilter(log.filter), extractorsOf(log.labelExtractors));
    }
    if (promql === undefined || isWithoutData(promql.query)) return;
    const seconds = parseSeconds(promql.evaluationInterval ?? '') ?? DEFAULT_EVALUATION_SECONDS;
    this.repeat(active, seconds * 1000, parseQuery(promql.query));
  }

  private matchLog(
    active: ActivePolicy,
    matches: Predicate,
    extractors: readonly (readonly [name: string, extract: Extractor])[],
  ): void {
    const autoClose =
      parseSeconds(active.policy.alertStrategy?.autoClose ?? '') ?? DEFAULT_AUTO_CLOSE_SECONDS;
    const closing = new Map<string, () => void>();
    active.cancel = () => {
      closing.forEach((cancel) => {
        cancel();
      });
    };
    active.logged = (entry) => {
      // A snooze leaves the open incidents of a policy over the log as they are.
      if (!matches(entry) || this.isSnoozed(active.policy.name)) return;
      const key = this.open(
        active,
        Object.fromEntries(extractors.map(([name, extract]) => [name, extract(entry)])),
      );
      active.keepOpen?.(key);
    };
    active.keepOpen = (key) => {
      closing.get(key)?.();
      const cancel = this.clock.at(this.clock.now() + autoClose * 1000, () => {
        closing.delete(key);
        this.close(active, key);
      });
      closing.set(key, cancel);
    };
  }

  private repeat(active: ActivePolicy, interval: number, query: Query): void {
    active.cancel = this.clock.at(this.clock.now() + interval, () => {
      // A snooze closes the open incidents of a policy over metrics.
      const found = this.isSnoozed(active.policy.name)
        ? []
        : query.evaluate(this.metrics.increase, this.clock.now());
      const keys = new Set(found.map(({ labels }) => this.open(active, labels)));
      for (const key of active.open.keys()) if (!keys.has(key)) this.close(active, key);
      this.repeat(active, interval, query);
    });
  }

  private open(active: ActivePolicy, labels: Labels): string {
    const key = JSON.stringify(labels);
    if (active.open.has(key)) return key;
    const incident = this.record.open(active.policy, labels);
    active.open.set(key, incident);
    this.opened(incident);
    return key;
  }

  private close(active: ActivePolicy, key: string): void {
    const incident = active.open.get(key);
    if (incident !== undefined) incident.closeTime = this.clock.now();
    active.open.delete(key);
  }
}

function extractorsOf(given: Labels = {}): (readonly [string, Extractor])[] {
  return Object.entries(given).map(([name, text]) => [name, parseExtractor(text)] as const);
}
