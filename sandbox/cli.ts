import { Command } from 'commander';
import {
  addOptions,
  readOptions,
  refuse,
  writeCalls,
  WRONG_USE,
  type CliOptions,
} from './cli-options';
import { emptyProject } from './empty-project';
import { sandboxEnvironment, shellLines } from './environment';
import { run } from './exec';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox';
import { workersOf, type Seed } from './world/seed';

const FAILED = 1;
const LAST_PORT = 65_535;

/**
 * The command line: `sandbox [OPTIONS]` and `sandbox exec [OPTIONS] -- COMMAND`.
 *
 * @param seed the project. @default - an empty project, described by options
 */
export function createProgram(seed?: Seed): Command {
  const program = addOptions(new Command('sandbox'), seed)
    .description("A local Google Cloud for terraform, gcloud and Google's client libraries")
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
    .enablePositionalOptions();
  program.action(() => serve((report) => start(readOptions(program), seed, report)));
  const exec = addOptions(program.command('exec'), seed)
    .description('start a sandbox, run a command in it, and exit with its status')
    .argument('<command>')
    .argument('[arguments...]')
    .passThroughOptions()
    .action((command: string, args: string[]) =>
      runCommand(command, args, () => start(readOptions(program, exec), seed)),
    );
  return program;
}

async function serve(begin: (report: SandboxOptions['report']) => Promise<Sandbox>): Promise<void> {
  const sandbox = await begin((line) => {
    console.log(line);
  });
  for (const line of shellLines(sandbox)) console.log(line);
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
  {
    port,
    listen,
    allowHost,
    callLog,
    appEngine,
    worker = {},
    workerLog = {},
    project,
    region,
    service,
  }: CliOptions,
  given: Seed | undefined,
  report?: SandboxOptions['report'],
): Promise<Sandbox> {
  const services = service && Object.keys(service);
  const seed = given ?? emptyProject({ projectId: project, region, services });
  if (port + seed.services.length > LAST_PORT) {
    refuse('--port', String(port), {
      wrong: `the ${seed.services.length} services have the next ports, which end at ${LAST_PORT}`,
      fix: `use at most ${LAST_PORT - seed.services.length}`,
    });
  }
  const byService = <T>(byStage: Readonly<Record<string, T>>): Map<string, T> =>
    new Map(
      Object.entries(byStage).flatMap(([stage, value]) =>
        workersOf(seed, stage).map(({ name }) => [name, value] as const),
      ),
    );
  try {
    const called = callLog === undefined ? undefined : writeCalls(callLog);
    return await startSandbox({
      seed,
      port,
      listen,
      allowedHosts: allowHost,
      appEngine,
      backends: byService({ ...worker, ...service }),
      logFiles: byService(workerLog),
      report,
      called,
    });
  } catch (error) {
    const { code, port: taken = port } = error as NodeJS.ErrnoException & { port?: number };
    if (code !== 'EADDRINUSE') throw error;
    console.error(
      `Port ${taken} is already in use.\nFix: choose another --port, or omit it for a free port.`,
    );
    process.exit(FAILED);
  }
}
