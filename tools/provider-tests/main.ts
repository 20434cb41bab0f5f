import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { count } from '../../lib/count';
import { markdownTable } from '../../lib/markdown-table';
import { SUITES, type Suite } from './suites';

/** How a test ended, by its name. */
type Results = ReadonlyMap<string, string>;

const USAGE =
  'Usage: PROVIDER_SOURCES=FOLDER[:FOLDER…] npm run provider-tests [SERVICE…]\n' +
  'Each FOLDER has the sources of terraform-provider-google; Go must be installed. SERVICE is one of\n' +
  `${SUITES.map(({ service }) => service).join(', ')}.`;

/** Runs the provider's own acceptance tests against the sandbox in which this process runs. */
async function main(services: readonly string[]): Promise<number> {
  const sources = (process.env.PROVIDER_SOURCES ?? '').split(':').filter((folder) => folder !== '');
  const unknown = services.filter((name) => !SUITES.some(({ service }) => service === name));
  if (sources.length === 0 || unknown.length > 0 || process.env.SANDBOX_URL === undefined) {
    console.error(USAGE);
    return 2;
  }
  // The tests were written before the live API showed this header.
  await fetch(`${process.env.SANDBOX_URL}/_sandbox/settings`, {
    method: 'POST',
    body: JSON.stringify({ authorizationOnRead: false }),
  });
  const suites = SUITES.filter(
    ({ service }) => services.length === 0 || services.includes(service),
  );
  const byVersion = new Map<string, Results>();
  for (const folder of sources) {
    const results = new Map<string, string>();
    for (const suite of suites) {
      for (const [name, result] of await runSuite(folder, suite)) results.set(name, result);
    }
    byVersion.set(path.basename(folder).replace(/^.*-/, ''), results);
  }
  return report(suites, byVersion);
}

async function runSuite(folder: string, { service, tests }: Suite): Promise<Results> {
  const output = await outputOf(
    'go',
    [
      'test',
      `./google/services/${service}`,
      '-v',
      '-run',
      tests,
      '-timeout',
      '60m',
      '-parallel',
      '2',
    ],
    folder,
  );
  const ends = output.matchAll(/^\s*--- (PASS|FAIL|SKIP): (\S+)/gm);
  const results = new Map([...ends].map(([, result = '', name = '']) => [name, result] as const));
  if (results.size > 0) return results;
  console.error(output);
  return new Map([[`${service}: no test ran`, 'FAIL']]);
}

function outputOf(command: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: testEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    child.on('error', reject);
    child.on('close', () => {
      resolve(output);
    });
  });
}

/** What the acceptance tests read. Source: `google/envvar` of the provider. */
function testEnvironment(): NodeJS.ProcessEnv {
  const { GCP_PROJECT_ID: project, GCP_REGION: region = '', ...env } = process.env;
  // Those tests have their own directories.
  for (const name of ['TF_CLI_ARGS_init', 'TF_DATA_DIR']) Reflect.deleteProperty(env, name);
  return {
    ...env,
    TF_ACC: '1',
    TF_ACC_TERRAFORM_PATH: findTerraform(),
    GOOGLE_USE_DEFAULT_CREDENTIALS: '1',
    GOOGLE_PROJECT: project,
    GOOGLE_PROJECT_NUMBER: '123456789012',
    GOOGLE_REGION: region,
    GOOGLE_ZONE: `${region}-a`,
    GOOGLE_ORG: '123456789',
    GOOGLE_BILLING_ACCOUNT: '000000-000000-000000',
    GOOGLE_SERVICE_ACCOUNT: `tests@${project ?? ''}.iam.gserviceaccount.com`,
    GOOGLE_IDENTITY_USER: os.userInfo().username,
  };
}

function findTerraform(): string | undefined {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'terraform'))
    .find((file) => fs.existsSync(file));
}

/** Prints the table for sandbox/README.md; 1 if a test failed that should pass. */
function report(suites: readonly Suite[], byVersion: ReadonlyMap<string, Results>): number {
  const reasons = new Map(suites.flatMap(({ needs = {} }) => Object.entries(needs)));
  const names = [...new Set([...byVersion.values()].flatMap((results) => [...results.keys()]))];
  const rows = names
    .sort()
    .map((name) => [
      `\`${name}\``,
      ...[...byVersion.values()].map((results) => (results.get(name) ?? '').toLowerCase()),
      reasons.get(name.split('/')[0] ?? '') ?? '',
    ]);
  console.log(markdownTable(['Test', ...byVersion.keys(), 'Needs'], rows));
  const unexpected = rows.filter((row) => row.includes('fail') && row.at(-1) === '');
  console.log(
    `\n${count(rows.length, 'test')}, ${count(unexpected.length, 'unexpected failure')}.`,
  );
  return unexpected.length > 0 ? 1 : 0;
}

void main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
