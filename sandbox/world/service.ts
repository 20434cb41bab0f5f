import type { Policy } from './iam-policy';
import type { ServiceSeed } from './seed';

/** A Cloud Run service. */
export interface Service extends ServiceSeed {
  /** Its two URLs; the first is its `uri`. */
  readonly urls: ServiceUrls;
  readonly createTime: string;
  readonly updateTime: string;
  /** How many times it has been deployed. */
  readonly generation: number;
  /** How it was deployed by a call. @default - the seed deployed it */
  readonly spec?: ServiceSpec;
  policy: Policy;
}

/** What a caller sets of a service, in the form of Cloud Run's REST API v2. */
export interface ServiceSpec extends Readonly<Record<string, unknown>> {
  readonly template: {
    readonly serviceAccount?: string;
    readonly containers: readonly {
      readonly image?: string;
      readonly env?: readonly { readonly name: string; readonly value?: string }[];
    }[];
  };
}

export type ServiceUrls = readonly [uri: string, other: string];
