import type { Clock } from '../scheduler/clock';
import type { AlertPolicy, Labels } from '../world/alert-policy';

/** A violation of a policy, until it closes. */
export interface Incident {
  readonly name: string;
  readonly policy: AlertPolicy;
  /** Distinguish it from other incidents of its policy. */
  readonly labels: Labels;
  readonly openTime: number;
  closeTime?: number;
}

/** The incidents that are open, or not long closed. */
export class Incidents {
  /** By their names, in order of time. */
  private readonly known = new Map<string, Incident>();
  private lastNumber = 0;

  /** @param retention - milliseconds for which closed incidents are kept */
  constructor(
    private readonly clock: Clock,
    private readonly retention: number,
  ) {}

  /** In order of time. */
  get all(): Incident[] {
    this.forget();
    return [...this.known.values()];
  }

  open(policy: AlertPolicy, labels: Labels): Incident {
    this.forget();
    this.lastNumber += 1;
    const project = policy.name.replace(/\/alertPolicies\/.*/, '');
    const name = `${project}/alerts/${this.lastNumber}`;
    const incident = { name, policy, labels, openTime: this.clock.now() };
    this.known.set(name, incident);
    return incident;
  }

  restore(incident: Incident): void {
    this.known.set(incident.name, incident);
    this.lastNumber = Math.max(this.lastNumber, Number(incident.name.split('/').at(-1)));
  }

  clear(): void {
    this.known.clear();
    this.lastNumber = 0;
  }

  /** Drops those that were closed too long ago. */
  private forget(): void {
    const limit = this.clock.now() - this.retention;
    for (const [name, { openTime, closeTime }] of this.known) {
      if (openTime >= limit) break;
      if (closeTime !== undefined && closeTime < limit) this.known.delete(name);
    }
  }
}
