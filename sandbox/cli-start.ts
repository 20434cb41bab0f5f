import fs from 'node:fs';
import type { CliOptions } from './cli-options';
import { refuse, writeCalls, WRONG_USE } from './cli-values';
import { emptyProject } from './empty-project';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox';
import { takeSnapshot, type Snapshot } from './snapshot';
import { readSnapshot, writeSnapshot } from './snapshot-file';
import { workersOf, type Seed } from './world/seed';

const FAILED = 1;
const LAST_PORT = 65_535;

/** A sandbox of the command line; `close` also exports it, if an option says so. */
export async function start(
  options: CliOptions,
  given: Seed | undefined,
  report?: SandboxOptions['report'],
): Promise<Sandbox> {
  const { port, worker = {}, workerLog = {}, service, server = {}, callLog } = options;
  const { export: directory } = options;
  const snapshot = options.import === undefined ? undefined : snapshotIn(options.import);
  const seed = seedOf(options, given, snapshot);
  if (port + seed.services.length > LAST_PORT) {
    refuse('--port', String(port), {
      wrong: `the ${seed.services.length} services have the next ports, which end at ${LAST_PORT}`,
      fix: `use at most ${LAST_PORT - seed.services.length}`,
    });
  }
  if (directory !== undefined) prepare(directory);
  const byService = <T>(byStage: Readonly<Record<string, T>>): Map<string, T> =>
    new Map(
      Object.entries(byStage).flatMap(([stage, value]) =>
        workersOf(seed, stage).map(({ name }) => [name, value] as const),
      ),
    );
  try {
    const sandbox = await startSandbox({
      ...{ seed, snapshot, port, report },
      listen: options.listen,
      allowedHosts: options.allowHost,
      appEngine: options.appEngine,
      retentionDays: options.logDays,
      backends: new Map([...byService({ ...worker, ...service }), ...Object.entries(server)]),
      logFiles: byService(workerLog),
      called: callLog === undefined ? undefined : writeCalls(callLog),
    });
    if (directory === undefined) return sandbox;
    const close = async (): Promise<void> => {
      await sandbox.close();
      writeSnapshot(directory, takeSnapshot(sandbox.context));
      report?.(`# Exported to ${directory}.`);
    };
    return { ...sandbox, close };
  } catch (error) {
    const { code, port: taken = port } = error as NodeJS.ErrnoException & { port?: number };
    if (code !== 'EADDRINUSE') {
      if (snapshot === undefined) throw error;
      console.error(
        `Cannot import ${options.import ?? ''}: ${error instanceof Error ? error.message : String(error)}.\n` +
          'Fix: export it again.',
      );
      process.exit(FAILED);
    }
    console.error(
      `Port ${taken} is already in use.\nFix: choose another --port, or omit it for a free port.`,
    );
    process.exit(FAILED);
  }
}

/** The project of a snapshot, with the services and accounts that the options add to it, or a new one. */
function seedOf(options: CliOptions, given: Seed | undefined, snapshot?: Snapshot): Seed {
  const { project, region, service, server, account } = options;
  const services = service || server ? Object.keys(service ?? {}) : undefined;
  if (snapshot === undefined) {
    return given ?? emptyProject({ projectId: project, region, services, accounts: account });
  }
  const { seed } = snapshot;
  for (const [option, value, own] of [
    ['--project', project, seed.projectId],
    ['--region', region, seed.region],
  ] as const) {
    if (value === undefined || value === own) continue;
    refuse(option, value, { wrong: `the imported project has ${own}`, fix: `omit ${option}` });
  }
  const known = seed.services.map(({ name }) => name);
  const added = emptyProject({
    projectId: seed.projectId,
    accounts: account,
    services: services?.filter((name) => !known.includes(name)) ?? [],
  });
  return {
    ...seed,
    variables: seed.variables ?? given?.variables,
    services: [...seed.services, ...added.services],
    accounts: [...(seed.accounts ?? []), ...(account ?? [])],
  };
}

function snapshotIn(directory: string): Snapshot {
  try {
    return readSnapshot(directory);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(WRONG_USE);
  }
}

/** At the start: at the end it would be too late to pass another directory. */
function prepare(directory: string): void {
  try {
    fs.mkdirSync(directory, { recursive: true });
    fs.accessSync(directory, fs.constants.W_OK);
  } catch (error) {
    refuse('--export', directory, {
      wrong: `cannot be written (${error instanceof Error ? error.message : String(error)})`,
      fix: 'pass a directory that can be created',
    });
  }
}
