/** An entry of Cloud Logging, in the form of its REST API. */
export interface LogEntry {
  readonly insertId: string;
  readonly logName: string;
  readonly timestamp: string;
  readonly receiveTimestamp: string;
  readonly severity: string;
  readonly resource: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
  readonly jsonPayload?: Readonly<Record<string, unknown>>;
  readonly textPayload?: string;
  readonly httpRequest?: { readonly status: number } & Readonly<Record<string, unknown>>;
  readonly trace?: string;
  readonly traceSampled?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A counter of log entries, in the form of Cloud Logging's REST API. */
export interface LogMetric {
  readonly name: string;
  readonly filter: string;
  readonly createTime: string;
  readonly valueExtractor?: string;
  readonly labelExtractors?: Readonly<Record<string, string>>;
  readonly bucketOptions?: unknown;
}
