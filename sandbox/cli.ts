import { Command, Option } from 'commander';
import { runningSandbox, type EnvOptions } from './cli-env';
import { addOptions, readOptions } from './cli-options';
import { start } from './cli-start';
import { WRONG_USE } from './cli-values';
import { sandboxEnvironment } from './environment';
import { run } from './exec';
import type { Sandbox, SandboxOptions } from './sandbox';
import { SHELLS, shellLines, type Shell } from './shell-lines';
import type { Seed } from './world/seed';

/**
 * The command line: `sandbox [OPTIONS]`, `sandbox exec [OPTIONS] -- COMMAND` and `sandbox env`.
 *
 * @param seed the project. @default - an empty project, described by options
 * @param name what the help calls the command. @default - the name of the file that was started
 */
export function createProgram(seed?: Seed, name?: string): Command {
  const program = addOptions(new Command(name), seed)
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
  program
    .command('env')
    .description('print the commands that point a shell to a sandbox that is running')
    .option('--url <url>', 'its address; by default, $SANDBOX_URL')
    .addOption(new Option('--shell <name>', 'shell').choices(SHELLS).default('bash'))
    .action(async (options: EnvOptions & { readonly shell: Shell }) => {
      const lines = shellLines(await runningSandbox(options), options.shell);
      console.log(lines.join('\n'));
    });
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
