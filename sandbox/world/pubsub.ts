/** A Pub/Sub topic, in the form of its REST API. */
export interface Topic {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A Pub/Sub subscription, in the form of its REST API. */
export interface Subscription {
  readonly name: string;
  readonly topic: string;
  readonly ackDeadlineSeconds: number;
  readonly pushConfig: {
    /** @default - none: messages would be pulled, which the sandbox does not emulate */
    readonly pushEndpoint?: string;
    /** The token of each push. @default - none */
    readonly oidcToken?: { readonly serviceAccountEmail: string; readonly audience?: string };
  };
}
