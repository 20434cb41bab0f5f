import { checkProjectId, checkRegion } from '@scheduled-jobs/constructs/core/google-names';
import { describeMistake, type Violation } from '@scheduled-jobs/constructs/core/mistake';
import { Command, Option } from 'commander';
import fs from 'node:fs';
import net from 'node:net';
import type { ApiCall } from './apis/server';
import { emptyProject } from './empty-project';
import { sandboxEnvironment, shellLines } from './environment';
import { run } from './exec';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox';
import { stagesOf, workersOf, type Seed } from './world/seed';

interface CliOptions {
  readonly port: number;
  readonly listen: string;
  readonly allowHost: readonly string[];
  readonly callLog?: string;
  /** With a seed: the user's own servers, by stage. */
  readonly worker?: Servers;
  /** Without a seed: the empty project. */
  readonly project?: string;
  readonly region?: string;
  readonly service?: Servers;
}

type Servers = Readonly<Record<string, URL>>;

/**
 * The command line: `sandbox [OPTIONS]` and `sandbox [OPTIONS] exec -- COMMAND`.
 *
 * @param seed the project. @default - an empty project, described by options
 */
export function createProgram(seed?: Seed): Command {
  const program = new Command('sandbox')
    .description("A local Google Cloud for terraform, gcloud and Google's client libraries")
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
    .addOption(
      new Option('--port <number>', 'port of the APIs')
        .argParser(readPort)
        .default(0, 'any free port'),
    )
    .addOption(
      new Option('--listen <address>', 'address to listen on; in a container: 0.0.0.0')
        .argParser(readAddress)
        .default('127.0.0.1'),
    )
    .addOption(
      new Option(
        '--allow-host <name[:port]>',
        "another host name to be called by, such as a container's; can be repeated",
      )
        .argParser(readHost)
        .default([], 'names of this machine'),
    )
    .option('--call-log <file>', 'write each API call to this file, as a line of JSON')
    .enablePositionalOptions();
  for (const option of seed ? seedOptions(seed) : EMPTY_PROJECT_OPTIONS) program.addOption(option);
  const begin = (report?: SandboxOptions['report']): Promise<Sandbox> =>
    start(program.opts<CliOptions>(), seed, report);
  program.action(() => serve(begin));
  program
    .command('exec')
    .description('start a sandbox, run a command in it, and exit with its status')
    .argument('<command>')
    .argument('[arguments...]')
    .passThroughOptions()
    .action((command: string, args: string[]) => runCommand(command, args, begin));
  return program;
}

const FAILED = 1;
const WRONG_USE = 2;

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
  ];
}

const EMPTY_PROJECT_OPTIONS = [
  new Option('--project <id>', 'project ID').argParser(readChecked('--project', checkProjectId)),
  new Option('--region <name>', 'region of the jobs and services').argParser(
    readChecked('--region', checkRegion),
  ),
  new Option(
    '--service <name=url>',
    'a Cloud Run service with your own server behind it; can be repeated',
  ).argParser(readServer('--service', checkServiceName)),
];

async function serve(begin: (report: SandboxOptions['report']) => Promise<Sandbox>): Promise<void> {
  const sandbox = await begin((line) => {
    console.log(line);
  });
  for (const line of shellLines(process.env, sandbox)) console.log(line);
  for (const { name, urls, account } of sandbox.world.services.values()) {
    console.log(`# ${name} is at ${urls[0]} and runs as ${account.email}`);
  }
  console.log(`# The sandbox is at ${sandbox.url}; press Ctrl-C to stop it.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
  });
  await sandbox.close();
}

async function runCommand(
  command: string,
  args: string[],
  begin: () => Promise<Sandbox>,
): Promise<void> {
  const sandbox = await begin();
  try {
    process.exitCode = await run(command, args, sandboxEnvironment(process.env, sandbox));
  } finally {
    await sandbox.close();
  }
}

async function start(
  { port, listen, allowHost, callLog, worker = {}, project, region, service }: CliOptions,
  given: Seed | undefined,
  report: SandboxOptions['report'],
): Promise<Sandbox> {
  const services = service && Object.keys(service);
  const seed = given ?? emptyProject({ projectId: project, region, services });
  const backends = new Map(
    Object.entries({ ...worker, ...service }).flatMap(([stage, url]) =>
      workersOf(seed, stage).map(({ name }) => [name, url] as const),
    ),
  );
  try {
    const called = callLog === undefined ? undefined : writeCalls(callLog);
    return await startSandbox({
      seed,
      port,
      listen,
      allowedHosts: allowHost,
      backends,
      report,
      called,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    console.error(
      `Port ${port} is already in use.\nFix: choose another --port, or omit it for a free port.`,
    );
    process.exit(FAILED);
  }
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
function writeCalls(file: string): (call: ApiCall) => void {
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

const LOOPBACK = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?\/?$/;

/** Ends the process, as commander does at a mistake that it finds itself. */
function refuse(subject: string, given: string, violation: Violation): never {
  console.error(describeMistake({ subject, given, ...violation }));
  process.exit(WRONG_USE);
}
