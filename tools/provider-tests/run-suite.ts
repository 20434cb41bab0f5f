import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { emptyProject } from '../../sandbox/empty-project';
import { sandboxEnvironment } from '../../sandbox/environment';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { readResults, type Results } from './results';
import type { Suite } from './suites';

export interface RunOptions {
  /** The sources of a version of the provider. */
  readonly sources: string;
  /** The folder of that version's compiled tests, and of their logs. */
  readonly folder: string;
  /** How many tests run at a time. */
  readonly parallel: number;
  /** A regular expression of Go's `-run`, in place of the suite's. */
  readonly run?: string;
}

/**
 * Compiles a suite, unless that was done before, and runs it. Its output goes to a log next to the
 * compiled test, and each result to stderr as soon as it is known.
 *
 * @throws Error if it cannot be compiled, or no test ran
 */
export async function runSuite(suite: Suite, options: RunOptions): Promise<Results> {
  const { sources, folder, parallel, run = suite.tests } = options;
  const { service } = suite;
  const compiled = path.join(folder, `${service}.test`);
  const source = path.join(sources, 'google', 'services', service);
  fs.mkdirSync(folder, { recursive: true });
  if (!fs.existsSync(compiled)) {
    console.error(`Compiling the tests of ${service}; the first time takes several minutes.`);
    const args = ['test', '-c', '-vet=off', '-o', compiled, `./google/services/${service}`];
    const { code, output } = await outputOf('go', args, sources, process.env);
    if (code !== 0) throw new Error(`go ${args.join(' ')} failed in ${sources}:\n${output}`);
  }
  const log = path.join(folder, `${service}.log`);
  console.error(`Running the tests of ${service}; their output: ${log}`);
  // What runs takes minutes; a file is there to look at meanwhile.
  const stream = fs.createWriteStream(log);
  const args = ['-test.v', '-test.run', run, '-test.timeout', '60m'];
  const sandbox = await startSandbox({ seed: emptyProject({ region: suite.region }) });
  // The tests were written before the live API showed this header.
  sandbox.world.authorizationOnRead = false;
  const { output } = await outputOf(
    compiled,
    [...args, '-test.parallel', String(parallel)],
    source,
    testEnvironment(sandbox),
    (chunk) => {
      stream.write(chunk);
      for (const [line] of chunk.matchAll(/^\s*--- (PASS|FAIL|SKIP): .*/gm)) console.error(line);
    },
  );
  stream.end();
  await sandbox.close();
  const results = readResults(output);
  if (results.size === 0) throw new Error(`No test of ${service} ran:\n${output}`);
  return results;
}

function outputOf(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  received: (chunk: string) => void = () => undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        received(chunk);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}

/** What the acceptance tests read. Source: `google/envvar` of the provider. */
function testEnvironment(sandbox: Sandbox): NodeJS.ProcessEnv {
  const { projectId, region } = sandbox;
  const env = sandboxEnvironment(process.env, sandbox);
  // Those tests have their own directories.
  for (const name of ['TF_CLI_ARGS_init', 'TF_DATA_DIR']) Reflect.deleteProperty(env, name);
  return {
    ...env,
    TF_ACC: '1',
    TF_ACC_TERRAFORM_PATH: findTerraform(),
    GOOGLE_USE_DEFAULT_CREDENTIALS: '1',
    GOOGLE_PROJECT: projectId,
    GOOGLE_PROJECT_NUMBER: '123456789012',
    GOOGLE_REGION: region,
    GOOGLE_ZONE: `${region}-a`,
    GOOGLE_ORG: '123456789',
    GOOGLE_BILLING_ACCOUNT: '000000-000000-000000',
    GOOGLE_SERVICE_ACCOUNT: `tests@${projectId}.iam.gserviceaccount.com`,
    GOOGLE_IDENTITY_USER: os.userInfo().username,
  };
}

function findTerraform(): string | undefined {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'terraform'))
    .find((file) => fs.existsSync(file));
}
