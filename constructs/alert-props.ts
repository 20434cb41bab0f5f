import type { ITerraformDependable } from 'cdktf';

/** How bad an incident is. */
export type AlertSeverity = 'CRITICAL' | 'ERROR' | 'WARNING';

/** What the alerts over scheduled jobs have in common. */
export interface AlertProps {
  /** @default 'ERROR' */
  readonly severity?: AlertSeverity;

  /**
   * Who is told: full ids of notification channels.
   *
   * @default - nobody; incidents are in the console alone
   * @example ['projects/my-project/notificationChannels/1234567890']
   */
  readonly channels?: readonly string[];

  /**
   * What to do, as Markdown, for the job whose name is given. It becomes part of the notification.
   *
   * @default - nothing but what happened
   */
  readonly runbook?: (jobName: string) => string;

  /**
   * What must exist before the alert does, as Terraform's `depends_on`.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** The channels of a policy; none are not rendered, as an empty list reads like a mistake. */
export function notificationChannels({ channels = [] }: AlertProps): string[] | undefined {
  return channels.length === 0 ? undefined : [...channels];
}

/** The documentation of a policy: what happened, then what to do. */
export function alertDocumentation(
  subject: string,
  happened: string,
  jobName: string,
  { runbook }: AlertProps,
): { subject: string; content: string; mimeType: string } {
  const content = [happened, runbook?.(jobName)].filter(Boolean).join('\n\n');
  return { subject, content, mimeType: 'text/markdown' };
}
