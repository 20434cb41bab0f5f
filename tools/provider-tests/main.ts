import { Command, InvalidArgumentError, Option } from 'commander';
import os from 'node:os';
import path from 'node:path';
import { describeResults, type Results } from './results';
import { runSuite } from './run-suite';
import { REASONS, SUITES } from './suites';

interface Options {
  readonly service?: readonly string[];
  readonly run?: string;
  readonly compiled: string;
  readonly parallel: number;
}

const FAILED = 1;
const WRONG_USE = 2;

/** Runs the provider's own acceptance tests, each service's against a sandbox of its own. */
async function main(folders: readonly string[], options: Options): Promise<number> {
  const { service: services, run, compiled, parallel } = options;
  const byVersion = new Map<string, Results>();
  for (const sources of folders) {
    const version = path.basename(path.resolve(sources)).replace(/^.*-/, '');
    const folder = path.join(path.resolve(compiled), version);
    const results = new Map(byVersion.get(version));
    for (const suite of SUITES) {
      if (services?.includes(suite.service) === false) continue;
      const ran = await runSuite(suite, { sources, folder, parallel, run });
      for (const [name, result] of ran) results.set(name, result);
    }
    byVersion.set(version, results);
  }
  const { text, unexpected } = describeResults(byVersion, REASONS);
  console.log(text);
  return unexpected.length > 0 ? FAILED : 0;
}

function readCount(given: string): number {
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected: an integer of at least 1.');
}

const program = new Command('npm run provider-tests --')
  .description(
    "Runs the google provider's acceptance tests against a sandbox, and prints the table of sandbox/README.md.\n" +
      'Go and terraform must be installed. The Go compiler is started with this environment: with the flags that the\n' +
      'provider was built with, what is in the build cache is not compiled again. For a build without optimization:\n' +
      `CGO_ENABLED=0 GOFLAGS="'-gcflags=all=-N -l'" npm run provider-tests -- FOLDER`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : WRONG_USE))
  .argument('<sources...>', 'folders of terraform-provider-google, named …-VERSION')
  .addOption(
    new Option('--service <name...>', 'only these services').choices(
      SUITES.map(({ service }) => service),
    ),
  )
  .option('--run <regex>', "only tests whose name matches, as in Go's -run")
  .option(
    '--compiled <folder>',
    'where the compiled tests are kept, with the log of their last run',
    path.join(os.tmpdir(), 'provider-tests'),
  )
  .option('--parallel <number>', 'how many tests run at a time', readCount, 2)
  .action(async (folders: string[], options: Options) => {
    try {
      process.exitCode = await main(folders, options);
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = FAILED;
    }
  });

void program.parseAsync();
