import { TerraformStack, Token, type App } from 'cdktf';
import path from 'node:path';
import { nextRuns, scheduleInWords, wallClock } from '../constructs/core/schedule';
import { ScheduledJob } from '../constructs/scheduled-job';
import { renderTable } from '../lib/table';

/** What was synthesized, for people: a table of jobs for each stack, and where its JSON lies. */
export function describeApp(app: App, outdir: string, now: Date): string {
  return app.node
    .findAll()
    .filter((construct) => TerraformStack.isStack(construct))
    .map((stack) => describeStack(stack, outdir, now))
    .join('\n\n');
}

function describeStack(stack: TerraformStack, outdir: string, now: Date): string {
  const jobs = stack.node.findAll().filter((construct) => construct instanceof ScheduledJob);
  const table = renderTable(
    ['job', 'schedule', 'time zone', 'next run', 'endpoint'],
    jobs.map((job) => describeJob(job, now)),
  );
  const json = path.join(outdir, 'stacks', stack.node.id, 'cdk.tf.json');
  return `${stack.node.id}\n${table}\n  ${json}`;
}

function describeJob(job: ScheduledJob, now: Date): string[] {
  const { schedule, timeZone, uri } = job;
  // The host is known to Terraform alone where it is a token, `${TfToken[…]}`.
  const endpoint = uri.replace(/^(\$\{[^}]*\}|https?:\/\/[^/]*)/, '');
  if (Token.isUnresolved(schedule) || Token.isUnresolved(timeZone)) {
    return [job.name, 'known to Terraform alone', '', '', endpoint];
  }
  const next = nextRuns({ cron: schedule, timeZone }, now, 1)
    .map((run) => wallClock(timeZone, run))
    .join();
  return [job.name, scheduleInWords(schedule), timeZone, next, endpoint];
}
