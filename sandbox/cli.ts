import { Command, InvalidArgumentError, Option } from 'commander';
import { describeMistake } from '@scheduled-jobs/constructs/core/mistake';
import { workerServiceName } from '../stages/naming';
import { DEFAULTS, readSettings } from '../stages/settings';
import { STAGE_NAMES } from '../stages/stages';
import { sandboxEnvironment, shellLines } from './environment';
import { run } from './exec';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox';

interface Options {
  readonly port: number;
  readonly worker: Readonly<Record<string, URL>>;
}

/** The command line: `sandbox [--port N] [--worker STAGE=URL]`, and `sandbox exec -- COMMAND`. */
export function createProgram(): Command {
  const program = new Command('sandbox')
    .description('A local Google Cloud that terraform, gcloud and the operations use unchanged')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
    .addOption(
      new Option('--port <number>', 'port of the APIs')
        .argParser(readPort)
        .default(0, 'any free one'),
    )
    .addOption(
      new Option('--worker <stage=url>', "your own server behind a stage's worker service")
        .argParser(readWorker)
        .default({}, 'a stand-in'),
    )
    .enablePositionalOptions()
    .action(serve);
  program
    .command('exec')
    .description('start it, run a command in it, and end with its exit status')
    .argument('<command>')
    .argument('[arguments...]')
    .passThroughOptions()
    .action((command: string, args: string[]) =>
      runCommand(command, args, program.opts<Options>()),
    );
  return program;
}

const FAILED = 1;
const WRONG_USE = 2;

async function serve(options: Options): Promise<void> {
  const sandbox = await start(options, (line) => {
    console.log(line);
  });
  for (const line of shellLines(process.env, sandbox)) console.log(line);
  console.log(`# The sandbox is at ${sandbox.url}; Ctrl-C ends it.`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
  await sandbox.close();
}

async function runCommand(command: string, args: string[], options: Options): Promise<void> {
  const sandbox = await start(options);
  try {
    process.exitCode = await run(command, args, sandboxEnvironment(process.env, sandbox));
  } finally {
    await sandbox.close();
  }
}

async function start(options: Options, report?: SandboxOptions['report']): Promise<Sandbox> {
  // The project and the region are the sandbox's; what names things is the user's.
  const { GCP_APP_NAME } = process.env;
  const { settings, mistakes } = readSettings({ GCP_APP_NAME });
  if (mistakes.length > 0) {
    for (const mistake of mistakes) console.error(describeMistake(mistake));
    process.exit(WRONG_USE);
  }
  const { appName } = settings;
  const backends = new Map(
    STAGE_NAMES.flatMap((stage) => {
      const url = options.worker[stage];
      return url === undefined ? [] : [[workerServiceName(appName, stage), url] as const];
    }),
  );
  const { port } = options;
  try {
    return await startSandbox({ port, region: DEFAULTS.GCP_REGION, appName, backends, report });
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

function readWorker(given: string, before: Record<string, URL>): Record<string, URL> {
  const [stage = '', ...rest] = given.split('=');
  const url = rest.join('=');
  if (!STAGE_NAMES.some((name) => name === stage)) {
    throw new InvalidArgumentError(
      `Allowed stages: ${STAGE_NAMES.join(', ')}; write dev=http://127.0.0.1:8000`,
    );
  }
  if (!URL.canParse(url) || !LOOPBACK.test(url)) {
    throw new InvalidArgumentError('Allowed: http on this machine, like dev=http://127.0.0.1:8000');
  }
  return { ...before, [stage]: new URL(url) };
}

const LOOPBACK = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?\/?$/;
