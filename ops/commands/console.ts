import { STAGES_HELP, type AddCommand } from '../command-line';
import type { Context, ExitStatus } from '../context';
import { readStages, tableJobs } from '../jobs/table';
import { openInBrowser } from '../open-in-browser';
import { table } from '../../lib/text/text';
import { print, printJson } from '../terminal';

export function define(add: AddCommand): void {
  add('console', 'Open the jobs in the Google Cloud console', openConsole)
    .argument('[stage]', STAGES_HELP)
    .option('--no-open', 'only print the URL');
}

interface ConsoleArguments {
  readonly stage?: string;
  readonly open: boolean;
}

const CONSOLE = 'https://console.cloud.google.com';

/** Prints the URL of the jobs in the console, and opens it where there is a desktop. */
function openConsole(context: Context, args: ConsoleArguments): ExitStatus {
  const { terminal, location } = context;
  const stages = readStages(args.stage);
  const page = `${CONSOLE}/cloudscheduler?${query(location.project)}`;
  const jobs = tableJobs(context, stages).map(({ stage, name }) => ({
    stage,
    job: name,
    url: jobPage(context, name),
  }));
  const logs = logsPage(
    context,
    jobs.map(({ job }) => job),
  );
  if (context.json) {
    printJson(terminal, { url: page, logsUrl: logs, jobs });
    return 0;
  }
  print(terminal, page);
  if (args.stage !== undefined) {
    print(terminal, [
      '\n',
      table(
        ['job', 'url'],
        jobs.map(({ job, url }) => [job, url]),
      ),
    ]);
    print(terminal, `\nLogs of their attempts:\n${logs}`);
  }
  if (args.open && terminal.output.isTTY) openInBrowser(page, context.env);
  return 0;
}

function jobPage({ location: { project, region } }: Context, name: string): string {
  return `${CONSOLE}/cloudscheduler/jobs/edit/${region}/${name}?${query(project)}`;
}

function logsPage({ location: { project } }: Context, names: readonly string[]): string {
  const ids = names.map((name) => `"${name}"`).join(' OR ');
  const filter = `resource.type="cloud_scheduler_job" resource.labels.job_id=(${ids})`;
  return `${CONSOLE}/logs/query;query=${encodeURIComponent(filter)}?${query(project)}`;
}

function query(project: string): string {
  return new URLSearchParams({ project }).toString();
}
