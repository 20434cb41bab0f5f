import { TerraformStack, Token, type App } from 'cdktf';
import { nextRuns, scheduleInWords, wallClock } from '../constructs/core/schedule';
import { ScheduledJob } from '../constructs/scheduled-job';

/** Describes a synthesized app for people: a table of jobs for each stack. */
export function describeApp(app: App, now: Date): Description[] {
  return app.node
    .findAll()
    .filter((construct) => TerraformStack.isStack(construct))
    .map((stack) => ({
      stack: stack.node.id,
      head: ['job', 'schedule', 'time zone', 'next run', 'endpoint'],
      rows: stack.node
        .findAll()
        .filter((construct) => construct instanceof ScheduledJob)
        .map((job) => describeJob(job, now)),
    }));
}

interface Description {
  readonly stack: string;
  readonly head: readonly string[];
  readonly rows: readonly string[][];
}

function describeJob(job: ScheduledJob, now: Date): string[] {
  const { schedule, timeZone, uri } = job;
  // Only Terraform knows a host that is a token, `${TfToken[…]}`.
  const endpoint = uri.replace(/^(\$\{[^}]*\}|https?:\/\/[^/]*)/, '');
  if (Token.isUnresolved(schedule) || Token.isUnresolved(timeZone)) {
    return [job.name, 'known only to Terraform', '', '', endpoint];
  }
  const next = nextRuns({ cron: schedule, timeZone }, now, 1)
    .map((run) => wallClock(timeZone, run))
    .join();
  return [job.name, scheduleInWords(schedule), timeZone, next, endpoint];
}
