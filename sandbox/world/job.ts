/** A job in the form of Cloud Scheduler's REST API; it has exactly one target. */
export interface Job {
  readonly name: string;
  readonly description?: string;
  readonly httpTarget?: HttpTarget;
  readonly pubsubTarget?: PubsubTarget;
  readonly appEngineHttpTarget?: AppEngineTarget;
  readonly schedule: string;
  readonly timeZone: string;
  readonly userUpdateTime: string;
  /** `UPDATE_FAILED` only by a fault; the job then does not run until an update succeeds. */
  readonly state: 'ENABLED' | 'PAUSED' | 'UPDATE_FAILED';
  /** Pub/Sub targets have none. */
  readonly attemptDeadline?: string;
  /** Only if the job was given one. */
  readonly retryConfig?: RetryConfig;
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly scheduleTime?: string;
  readonly lastAttemptTime?: string;
}

/** The name without the project and the region. */
export function shortNameOf({ name }: Job): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

export interface HttpTarget {
  readonly uri: string;
  readonly httpMethod: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body?: string;
  readonly oidcToken?: { readonly serviceAccountEmail: string; readonly audience: string };
  readonly oauthToken?: { readonly serviceAccountEmail: string; readonly scope: string };
}

export interface PubsubTarget {
  /** `projects/P/topics/T` */
  readonly topicName: string;
  /** Base64. */
  readonly data?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface AppEngineTarget {
  readonly httpMethod: string;
  readonly appEngineRouting?: Readonly<Record<string, string>>;
  readonly relativeUri: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body?: string;
}

/** Durations as the API writes them: `5s`. */
export interface RetryConfig {
  readonly retryCount?: number;
  readonly maxRetryDuration: string;
  readonly minBackoffDuration: string;
  readonly maxBackoffDuration: string;
  readonly maxDoublings: number;
}
