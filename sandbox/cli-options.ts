import {
  checkProjectId,
  checkRegion,
  checkServiceAccountEmail,
} from '@scheduled-jobs/constructs/core/google-names';
import type { Violation } from '@scheduled-jobs/constructs/core/mistake';
import { Option, type Command } from 'commander';
import {
  checkServiceName,
  readAddress,
  readAppEngine,
  readChecked,
  readDays,
  readFile,
  readHost,
  readList,
  readPort,
  readServer,
  type Files,
  type Servers,
} from './cli-values';
import { stagesOf, type Seed } from './world/seed';

export interface CliOptions {
  readonly port: number;
  readonly listen: string;
  readonly allowHost: readonly string[];
  readonly callLog?: string;
  readonly logDays: number;
  /** Directories. */
  readonly import?: string;
  readonly export?: string;
  readonly appEngine?: URL;
  /** With a seed: the user's own servers, by stage. */
  readonly worker?: Servers;
  /** With a seed: the files that these servers write their log to, by stage. */
  readonly workerLog?: Files;
  /** Without a seed: the empty project. */
  readonly project?: string;
  readonly region?: string;
  readonly service?: Servers;
  readonly server?: Servers;
  readonly account?: readonly string[];
}

/** Adds the options; a command and its subcommand may both have them. */
export function addOptions(command: Command, seed: Seed | undefined): Command {
  const options = [...commonOptions(), ...(seed ? seedOptions(seed) : emptyProjectOptions())];
  for (const option of options) command.addOption(option);
  return command;
}

/** The options as given to a command and, after its name, to its subcommand. */
export function readOptions(command: Command, subcommand?: Command): CliOptions {
  const options = { ...command.opts<CliOptions>() };
  for (const [name, value] of Object.entries(subcommand?.opts() ?? {})) {
    if (subcommand?.getOptionValueSource(name) === 'default') continue;
    Object.assign(options, { [name]: together(options[name as keyof CliOptions], value) });
  }
  return options;
}

/** Of options that can be repeated, all values; of others, the last one. */
function together(before: unknown, value: unknown): unknown {
  if (Array.isArray(before)) return before.concat(value);
  const areObjects = typeof before === 'object' && typeof value === 'object';
  return areObjects ? { ...before, ...value } : value;
}

function commonOptions(): Option[] {
  return [
    new Option(
      '--port <number>',
      'port of the APIs; the services have the next ones, in a fixed order',
    )
      .argParser(readPort)
      .default(0, 'any free ports'),
    new Option('--listen <address>', 'address to listen on; in a container: 0.0.0.0')
      .argParser(readAddress)
      .default('127.0.0.1'),
    new Option(
      '--allow-host <name[:port]>',
      "another host name to be called by, such as a container's; can be repeated",
    )
      .argParser(readHost)
      .default([], 'names of this machine'),
    new Option(
      '--app-engine <url>',
      'your own server, which stands for the App Engine application',
    ).argParser(readAppEngine),
    new Option(
      '--log-days <number>',
      "days of the sandbox's clock for which the log, counts and incidents are kept",
    )
      .argParser(readDays)
      .default(30),
    new Option('--import <directory>', 'start with what --export has written there'),
    new Option('--export <directory>', 'write the project there at the end, as JSON'),
    new Option('--call-log <file>', 'write each API call to this file, as a line of JSON'),
  ];
}

function seedOptions(seed: Seed): Option[] {
  const stages = stagesOf(seed);
  const checkStage = (stage: string): Violation[] =>
    stages.includes(stage)
      ? []
      : [
          {
            wrong: `stage must be one of: ${stages.join(', ')}`,
            fix: `write --worker ${stages[0] ?? ''}=http://127.0.0.1:8000`,
          },
        ];
  return [
    new Option(
      '--worker <stage=url>',
      "your own server behind a stage's worker service; can be repeated",
    )
      .argParser(readServer('--worker', checkStage))
      .default({}, 'a built-in stub'),
    new Option(
      '--worker-log <stage=file>',
      "what that server logs, for the project's log; can be repeated",
    ).argParser(readFile('--worker-log', checkStage)),
  ];
}

function emptyProjectOptions(): Option[] {
  return [
    new Option('--project <id>', 'project ID; by default, sandbox-project').argParser(
      readChecked('--project', checkProjectId),
    ),
    new Option(
      '--region <name>',
      'region of the jobs and services; by default, us-central1',
    ).argParser(readChecked('--region', checkRegion)),
    new Option(
      '--service <name=url>',
      'a Cloud Run service with your own server behind it; can be repeated; by default, a stub called worker',
    ).argParser(readServer('--service', checkServiceName)),
    new Option(
      '--server <name=url>',
      'your own server behind a Cloud Run service that your Terraform creates; can be repeated',
    ).argParser(readServer('--server', checkServiceName)),
    new Option(
      '--account <email>',
      'a service account; can be repeated, and the services run as the first',
    ).argParser(readList('--account', checkServiceAccountEmail)),
  ];
}
