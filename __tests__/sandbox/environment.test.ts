import { spawnSync } from 'node:child_process';
import { sandboxEnvironment, shellLines } from '../../sandbox/environment';

const place = {
  url: 'http://127.0.0.1:8085',
  projectId: 'example.com:my-project',
  region: 'europe-west1',
  directory: '/tmp/it\'s $HOME; `a` \\ "folder"',
};

const { PATH = '' } = process.env;
const users = {
  PATH,
  UNRELATED: 'kept',
  GOOGLE_PROJECT: 'real',
  TF_VAR_project_id: 'real',
  TF_CLI_ARGS: '-lock=false',
  CLOUDSDK_CORE_PROJECT: 'real',
  CLOUDSDK_PYTHON: '/usr/bin/python3',
};

/** The environment of a command in a shell that has run the lines. */
function environmentIn(shell: string, env: Record<string, string>): Record<string, string> {
  const script = [...shellLines(env, place), 'env -0'].join('\n');
  // With a pipe as stdin, bash would assume a remote shell and read ~/.bashrc.
  const { stdout, stderr } = spawnSync(shell, ['-c', script], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(stderr).toBe('');
  const entries = stdout.split('\0').map((entry): [string, string] => {
    const at = entry.indexOf('=');
    return [entry.slice(0, at), entry.slice(at + 1)];
  });
  const ownOfShells = ['', '_', 'PWD', 'OLDPWD', 'SHLVL'];
  return Object.fromEntries(entries.filter(([name]) => !ownOfShells.includes(name)));
}

it.each(['sh', 'bash'])('gives commands in %s the same environment as exec', (shell) => {
  expect(environmentIn(shell, users)).toEqual(sandboxEnvironment(users, place));
});

it('removes the other variables if a shell cannot unset one', () => {
  const { TF_STATE_DIR, GOOGLE_PROJECT } = environmentIn('sh', { ...users, 'TF_VAR_a-b': 'x' });
  expect(TF_STATE_DIR).toBe(`${place.directory}/state`);
  expect(GOOGLE_PROJECT).toBeUndefined();
});
