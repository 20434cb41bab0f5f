/** Values by name. */
export type Labels = Readonly<Record<string, string>>;

/** The fields of an alert policy that the sandbox uses; it stores the others unchanged. */
export interface AlertPolicy {
  readonly name: string;
  readonly displayName: string;
  readonly enabled?: boolean;
  readonly severity?: string;
  readonly conditions: readonly Condition[];
  readonly alertStrategy?: {
    readonly autoClose?: string;
    readonly notificationRateLimit?: { readonly period?: string };
  };
  readonly documentation?: { readonly content?: string; readonly subject?: string };
  readonly notificationChannels?: readonly string[];
  readonly creationRecord?: object;
  readonly mutationRecord?: object;
}

/** The fields of a notification channel that the sandbox uses; nothing is ever sent. */
export interface NotificationChannel extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly mutationRecords?: readonly object[];
}

export interface Condition {
  readonly name?: string;
  readonly displayName: string;
  readonly conditionMatchedLog?: { readonly filter: string; readonly labelExtractors?: Labels };
  readonly conditionPrometheusQueryLanguage?: {
    readonly query: string;
    readonly evaluationInterval?: string;
    readonly duration?: string;
    readonly disableMetricValidation?: boolean;
  };
  readonly conditionMonitoringQueryLanguage?: object;
  readonly conditionSql?: object;
  readonly conditionAbsent?: { readonly filter?: string; readonly duration: string };
  readonly conditionThreshold?: { readonly filter?: string };
}
