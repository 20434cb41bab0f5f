import { checkProjectId, checkRegion } from '@scheduled-jobs/constructs/core/google-names';
import { describeMistake, type Violation } from '@scheduled-jobs/constructs/core/mistake';
import { Option, type Command } from 'commander';
import fs from 'node:fs';
import net from 'node:net';
import type { ApiCall } from './apis/server';
import { stagesOf, type Seed } from './world/seed';

/** The exit status of wrong use. */
export const WRONG_USE = 2;

export interface CliOptions {
  readonly port: number;
  readonly listen: string;
  readonly allowHost: readonly string[];
  readonly callLog?: string;
  readonly appEngine?: URL;
  /** With a seed: the user's own servers, by stage. */
  readonly worker?: Servers;
  /** With a seed: the files that these servers write their log to, by stage. */
  readonly workerLog?: Files;
  /** Without a seed: the empty project. */
  readonly project?: string;
  readonly region?: string;
  readonly service?: Servers;
}

type Servers = Readonly<Record<string, URL>>;
type Files = Readonly<Record<string, string>>;

/** Adds the options; a command and its subcommand may both have them. */
export function addOptions(command: Command, seed: Seed | undefined): Command {
  const options = [...commonOptions(), ...(seed ? seedOptions(seed) : emptyProjectOptions())];
  for (const option of options) command.addOption(option);
  return command;
}

/** The options as given to a command and, after its name, to its subcommand. */
export function readOptions(command: Command, subcommand?: Command): CliOptions {
  const options: Record<string, unknown> = { ...command.opts() };
  for (const [name, value] of Object.entries(subcommand?.opts() ?? {})) {
    if (subcommand?.getOptionValueSource(name) === 'default') continue;
    options[name] = together(options[name], value);
  }
  return options as unknown as CliOptions;
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
    new Option('--project <id>', 'project ID').argParser(readChecked('--project', checkProjectId)),
    new Option('--region <name>', 'region of the jobs and services').argParser(
      readChecked('--region', checkRegion),
    ),
    new Option(
      '--service <name=url>',
      'a Cloud Run service with your own server behind it; can be repeated',
    ).argParser(readServer('--service', checkServiceName)),
  ];
}

function readPort(given: string): number {
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  return refuse('--port', given, { wrong: 'must be 0-65535', fix: 'use 0 for any free port' });
}

/** Addresses, not names: what a name resolves to is decided elsewhere. */
function readAddress(given: string): string {
  if (net.isIP(given) !== 0) return given;
  return refuse('--listen', given, {
    wrong: 'must be an IP address',
    fix: 'omit it, or in a container write --listen 0.0.0.0',
  });
}

function readHost(given: string, before: readonly string[]): string[] {
  if (/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?$/.test(given)) return [...before, given];
  return refuse('--allow-host', given, {
    wrong: 'must be a host name, with or without a port',
    fix: 'write --allow-host sandbox, or --allow-host localhost:9000',
  });
}

/** Starts a file of API calls; a file that cannot be written ends the process before anything starts. */
export function writeCalls(file: string): (call: ApiCall) => void {
  try {
    fs.writeFileSync(file, '');
  } catch (error) {
    return refuse('--call-log', file, {
      wrong: `cannot be written (${error instanceof Error ? error.message : String(error)})`,
      fix: 'pass a path in a folder that exists',
    });
  }
  return (call) => {
    fs.appendFileSync(file, `${JSON.stringify(call)}\n`);
  };
}

function checkServiceName(name: string): Violation[] {
  if (/^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/.test(name)) return [];
  return [
    {
      wrong:
        'service name must be 1-49 lower-case letters, digits or hyphens, starting with a letter',
      fix: 'write --service worker=http://127.0.0.1:8000',
    },
  ];
}

type Check = (value: string) => Violation[];

function readChecked(option: string, check: Check): (given: string) => string {
  return (given) => {
    const [violation] = check(given);
    return violation === undefined ? given : refuse(option, given, violation);
  };
}

/** Reads NAME=FILE, which can be repeated. The file need not exist yet. */
function readFile(
  option: string,
  checkName: Check,
): (given: string, before: Files | undefined) => Files {
  return (given, before) => {
    const [name = '', ...rest] = given.split('=');
    const file = rest.join('=');
    const [violation] = checkName(name);
    if (violation !== undefined) return refuse(option, given, violation);
    if (file !== '') return { ...before, [name]: file };
    return refuse(option, given, {
      wrong: 'must name a file',
      fix: `write ${option} ${name}=worker.log`,
    });
  };
}

/** Reads NAME=URL, which can be repeated. */
function readServer(
  option: string,
  checkName: Check,
): (given: string, before: Servers | undefined) => Servers {
  return (given, before) => {
    const [name = '', ...rest] = given.split('=');
    const url = rest.join('=');
    const [violation] = checkName(name);
    if (violation !== undefined) return refuse(option, given, violation);
    if (!URL.canParse(url) || !LOOPBACK.test(url)) {
      return refuse(option, given, {
        wrong: 'URL must be http on this machine',
        fix: `write ${option} ${name}=http://127.0.0.1:8000`,
      });
    }
    return { ...before, [name]: new URL(url) };
  };
}

function readAppEngine(given: string): URL {
  if (URL.canParse(given) && LOOPBACK.test(given)) return new URL(given);
  return refuse('--app-engine', given, {
    wrong: 'must be an http URL on this machine',
    fix: 'write --app-engine http://127.0.0.1:8080',
  });
}

const LOOPBACK = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?\/?$/;

/** Ends the process, as commander does at a mistake that it finds itself. */
export function refuse(subject: string, given: string, violation: Violation): never {
  console.error(describeMistake({ subject, given, ...violation }));
  process.exit(WRONG_USE);
}
