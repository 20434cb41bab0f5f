import { checkProjectId, checkRegion } from '@scheduled-jobs/constructs/core/google-names';
import { Command, InvalidArgumentError, Option } from 'commander';
import { emptyProject } from './empty-project';
import { sandboxEnvironment, shellLines } from './environment';
import { run } from './exec';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox';
import { stagesOf, workersOf, type Seed } from './world/seed';

interface CliOptions {
  readonly port: number;
  /** With a seed: servers of the user's own, by stage. */
  readonly worker?: Servers;
  /** Without one: the empty project's. */
  readonly project?: string;
  readonly region?: string;
  readonly service?: Servers;
}

type Servers = Readonly<Record<string, URL>>;

/**
 * The command line: `sandbox [OPTIONS]` and `sandbox [OPTIONS] exec -- COMMAND`.
 *
 * @param seed what the project holds. @default - an empty project, which options describe
 */
export function createProgram(seed?: Seed): Command {
  const program = new Command('sandbox')
    .description("A local Google Cloud that terraform, gcloud and Google's clients use unchanged")
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
    .addOption(
      new Option('--port <number>', 'port of the APIs')
        .argParser(readPort)
        .default(0, 'any free one'),
    )
    .enablePositionalOptions();
  for (const option of seed ? seedOptions(seed) : EMPTY_PROJECT_OPTIONS) program.addOption(option);
  const begin = (report?: SandboxOptions['report']): Promise<Sandbox> =>
    start(program.opts<CliOptions>(), seed, report);
  program.action(() => serve(begin));
  program
    .command('exec')
    .description('start it, run a command in it, and end with its exit status')
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
  return [
    new Option('--worker <stage=url>', "your own server behind a stage's worker service")
      .argParser(
        readServer((stage) =>
          stages.includes(stage)
            ? undefined
            : `Allowed stages: ${stages.join(', ')}; write ${stages[0] ?? ''}=http://127.0.0.1:8000`,
        ),
      )
      .default({}, 'a stand-in'),
  ];
}

const EMPTY_PROJECT_OPTIONS = [
  new Option('--project <id>', 'id of the project').argParser(readChecked(checkProjectId)),
  new Option('--region <name>', 'region of the jobs and services').argParser(
    readChecked(checkRegion),
  ),
  new Option(
    '--service <name=url>',
    'a Cloud Run service with your own server behind it; can be repeated',
  ).argParser(
    readServer((name) =>
      /^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/.test(name)
        ? undefined
        : 'Allowed names: 1-49 lower-case letters, digits or hyphens, starting with a letter; ' +
          'write worker=http://127.0.0.1:8000',
    ),
  ),
];

async function serve(begin: (report: SandboxOptions['report']) => Promise<Sandbox>): Promise<void> {
  const sandbox = await begin((line) => {
    console.log(line);
  });
  for (const line of shellLines(process.env, sandbox)) console.log(line);
  for (const { name, urls, account } of sandbox.world.services.values()) {
    console.log(`# ${name} is at ${urls[0]} and runs as ${account.email}`);
  }
  console.log(`# The sandbox is at ${sandbox.url}; Ctrl-C ends it.`);
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
  { port, worker = {}, project, region, service }: CliOptions,
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
    return await startSandbox({ seed, port, backends, report });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    console.error(
      `Port ${port} is taken. Name another with --port, or leave it out for a free one.`,
    );
    process.exit(FAILED);
  }
}

function readPort(given: string): number {
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw new InvalidArgumentError('Allowed: 0 to 65535, 0 for any free one.');
}

/** Reads a value that a check of constructs/core finds nothing wrong with. */
function readChecked(check: typeof checkRegion): (given: string) => string {
  return (given) => {
    const [mistake] = check(given);
    if (mistake === undefined) return given;
    throw new InvalidArgumentError(`${mistake.wrong}. Expected: ${mistake.expected}.`);
  };
}

/**
 * Reads NAME=URL, which may come several times.
 *
 * @param refuse what is wrong with a name, if anything is
 */
function readServer(
  refuse: (name: string) => string | undefined,
): (given: string, before: Servers | undefined) => Servers {
  return (given, before) => {
    const [name = '', ...rest] = given.split('=');
    const url = rest.join('=');
    const refusal = refuse(name);
    if (refusal !== undefined) throw new InvalidArgumentError(refusal);
    if (!URL.canParse(url) || !LOOPBACK.test(url)) {
      throw new InvalidArgumentError(
        `Allowed: http on this machine, like ${name}=http://127.0.0.1:8000`,
      );
    }
    return { ...before, [name]: new URL(url) };
  };
}

const LOOPBACK = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?\/?$/;
