import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { emptyProject } from '../../sandbox/empty-project';
import { sandboxEnvironment } from '../../sandbox/environment';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { skipped } from '../support/skipped';
import { temporaryFolder } from '../support/temporary-folder';

/**
 * Google's own clients create, get, list, update, pause, resume, run and delete a job over REST, started
 * as sandbox/README.md says.
 */

jest.setTimeout(15 * 60_000);

interface Client {
  readonly language: string;
  /** The program, in `clients/`. */
  readonly program: string;
  /** Commands that install the client in a folder that holds the program. */
  readonly install: readonly (readonly [command: string, ...args: string[]])[];
  readonly run: readonly [command: string, ...args: string[]];
}

const CLIENTS: readonly Client[] = [
  {
    language: 'Python',
    program: 'round.py',
    install: [
      ['python3', '-m', 'venv', 'venv'],
      ['venv/bin/pip', 'install', '--quiet', 'google-cloud-scheduler==2.21.0'],
    ],
    run: ['venv/bin/python', 'round.py'],
  },
  {
    language: 'Node',
    program: 'round.cjs',
    install: [
      [
        'npm',
        'install',
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        '@google-cloud/scheduler@5.4.0',
      ],
    ],
    run: ['node', 'round.cjs'],
  },
  {
    language: 'Go',
    program: 'round.go',
    install: [
      ['go', 'mod', 'init', 'round'],
      ['go', 'get', 'cloud.google.com/go/scheduler@v1.18.1'],
      ['go', 'mod', 'tidy'],
      ['go', 'build', '-o', 'round', '.'],
    ],
    run: ['./round'],
  },
];

const ENV = { ...process.env, CGO_ENABLED: '0' };

/** Why a client cannot be installed here; undefined once it is. */
function install({ program, install: commands }: Client, folder: string): string | undefined {
  fs.copyFileSync(path.join(__dirname, 'clients', program), path.join(folder, program));
  for (const [command, ...args] of commands) {
    const { status, error, stderr } = spawnSync(command, args, {
      cwd: folder,
      env: ENV,
      encoding: 'utf8',
      timeout: 5 * 60_000,
    });
    if (status !== 0) {
      const why = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
      return `${command} ${args.join(' ')} failed: ${why}`;
    }
  }
  return undefined;
}

function run(
  [command, ...args]: Client['run'],
  folder: string,
  sandbox: Sandbox,
): Promise<{ code: number | null; output: string }> {
  // Not in this process's time: the sandbox, which is in it, has to respond meanwhile.
  const child = spawn(command, args, { cwd: folder, env: sandboxEnvironment(ENV, sandbox) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}

for (const client of CLIENTS) {
  const folder = temporaryFolder();
  const problem = install(client, folder);
  const describeClient =
    problem === undefined ? describe : skipped(`${client.language}: ${problem}`);
  describeClient(`Google's ${client.language} client`, () => {
    it('takes a job through its whole life', async () => {
      const sandbox = await startSandbox({ seed: emptyProject() });
      const result = await run(client.run, folder, sandbox);
      await sandbox.close();
      expect(result).toEqual({ code: 0, output: 'done\n' });
    });
  });
}
