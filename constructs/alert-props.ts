import type { ITerraformDependable } from 'cdktf';
import type { DeletionProps } from './deletion';

/** How bad an incident is. */
export type AlertSeverity = 'CRITICAL' | 'ERROR' | 'WARNING';

/** Props that all alerts on scheduled jobs share. */
export interface AlertProps extends DeletionProps {
  /** @default 'ERROR' */
  readonly severity?: AlertSeverity;

  /**
   * Who is notified: full ids of notification channels.
   *
   * @default - no one; incidents are only visible in the console
   * @example ['projects/my-project/notificationChannels/1234567890']
   */
  readonly channels?: readonly string[];

  /**
   * What to do about an incident of the given job, as Markdown. It becomes part of the notification.
   *
   * @default - the notification only says what happened
   */
  readonly runbook?: (jobName: string) => string;

  /**
   * What must exist before the alert does, as Terraform's `depends_on`.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** The channels of a policy. No channels are not rendered: an empty list looks like a mistake. */
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
