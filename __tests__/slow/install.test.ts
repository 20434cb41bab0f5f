import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../../lib/run-process';
import { STAGE_NAMES } from '../../stages/stages';
import { bareEnvironment, ROOT } from '../ops/support';
import { projectCopy } from '../support/project-copy';
import { temporaryFolder } from '../support/temporary-folder';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

/** Those that come with Node 20.19 and with Node 24. */
const NPMS = ['10.8.2', '11.6.2'];

jest.setTimeout(10 * 60_000);

/** How the workflows install what they run. */
const [, WORKFLOWS_INSTALL = ''] =
  /run: npm (ci --omit=dev.*)/.exec(
    fs.readFileSync(path.join(ROOT, '.github', 'actions', 'set-up', 'action.yml'), 'utf8'),
  ) ?? [];

function run(cwd: string, variables: NodeJS.ProcessEnv, ...command: string[]): Outcome {
  const [file = '', ...args] = command;
  return spawnSync(file, args, { cwd, env: bareEnvironment(variables), encoding: 'utf8' });
}

function succeed(cwd: string, variables: NodeJS.ProcessEnv, ...command: string[]): string {
  const { status, stdout, stderr } = run(cwd, variables, ...command);
  if (status === 0) return stdout;
  throw new Error(`${command.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

function newProject(manifest: object): string {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

const registry = run(ROOT, {}, 'npm', 'view', 'npm', 'version');
if (registry.status !== 0) {
  console.warn(`Skipped, because the npm registry cannot be reached: ${registry.stderr}`);
}

(registry.status === 0 ? describe : describe.skip).each(NPMS)('npm %s', (version) => {
  let cli = '';
  const npm = (cwd: string, variables: NodeJS.ProcessEnv, ...args: string[]): string =>
    succeed(cwd, variables, 'node', cli, ...args);

  beforeAll(() => {
    const folder = newProject({ private: true });
    succeed(folder, {}, 'npm', 'install', `npm@${version}`);
    cli = path.join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    expect(npm(folder, {}, '--version').trim()).toBe(version);
  });

  it('runs no install script of a package, with the .npmrc', () => {
    const scripts = Object.fromEntries(
      ['preinstall', 'install', 'postinstall'].map((name) => [name, 'echo ran >>"$LOG"']),
    );
    const packed = newProject({ name: 'canary', version: '1.0.0', scripts });
    npm(packed, {}, 'pack');
    const isRun = (files: readonly string[]): boolean => {
      const project = newProject({ private: true });
      for (const file of files) fs.cpSync(path.join(ROOT, file), path.join(project, file));
      const log = path.join(project, 'log');
      npm(project, { LOG: log }, 'install', path.join(packed, 'canary-1.0.0.tgz'));
      expect(fs.existsSync(path.join(project, 'node_modules', 'canary'))).toBe(true);
      return fs.existsSync(log);
    };

    expect(isRun([])).toBe(true);
    expect(isRun(['.npmrc'])).toBe(false);
  });

  it('installs what the workflows run, and nothing for tests or for the sandbox', () => {
    const project = projectCopy();
    fs.rmSync(path.join(project, 'node_modules'), { recursive: true });

    npm(project, {}, ...WORKFLOWS_INSTALL.split(' '));

    const installed = (name: string): boolean =>
      fs.existsSync(path.join(project, 'node_modules', name));
    expect(['esbuild', 'jest', 'fastify', 'cdktf-cli'].filter(installed)).toEqual(['esbuild']);
    // Its install script would replace this file by the binary.
    const esbuild = path.join(project, 'node_modules', 'esbuild', 'bin', 'esbuild');
    expect(fs.readFileSync(esbuild, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);

    const launch = (...args: string[]): Outcome =>
      run(
        project,
        { GCP_PROJECT_ID: 'my-project', TF_STATE_BUCKET: 'my-bucket' },
        'node',
        'lib/launch/main.js',
        ...args,
      );
    expect(launch('main.ts')).toMatchObject({ status: 0 });
    expect(fs.readdirSync(path.join(project, 'cdktf.out', 'stacks'))).toHaveLength(
      STAGE_NAMES.length,
    );
    expect(launch('ops/start.ts', 'next', 'dev')).toMatchObject({ status: 0, stderr: '' });
    expect(launch('ci/access/main.ts', '--repository', 'acme/jobs')).toMatchObject({ status: 0 });
    expect(launch('ci/workflows/allowed.ts', '--labels', '[]')).toMatchObject({ status: 0 });
    for (const script of ['comment.ts', 'report-morning.ts']) {
      expect(launch(`ci/workflows/${script}`).stderr).toContain(`Usage: ${script}`);
    }
  });
});
