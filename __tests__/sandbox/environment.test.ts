import { spawnSync } from 'node:child_process';
import { sandboxEnvironment } from '../../sandbox/environment';
import { shellLines, type Shell } from '../../sandbox/shell-lines';

const place = {
  url: 'http://127.0.0.1:8085',
  projectId: 'example.com:my-project',
  region: 'europe-west1',
  directory: '/tmp/it\'s $HOME; `a` \\ "folder"',
  variables: { APP_NAME: "the sandbox's", APP_CHANNELS: null },
};

const { PATH = '' } = process.env;
const users = {
  PATH,
  UNRELATED: 'kept',
  APP_NAME: 'real',
  APP_CHANNELS: 'real',
  GOOGLE_PROJECT: 'real',
  TF_VAR_project_id: 'real',
  TF_CLI_ARGS: '-lock=false',
  CLOUDSDK_CORE_PROJECT: 'real',
  CLOUDSDK_PYTHON: '/usr/bin/python3',
  MANY_LINES: 'first\nTF_VAR_region=second',
};

/** What makes terraform plan and apply somewhere real. */
const REAL = {
  TF_CLOUD_ORGANIZATION: 'real',
  TF_CLOUD_HOSTNAME: 'real.example.com',
  TF_WORKSPACE: 'real',
  TF_STATE_BUCKET: 'real',
  TF_VAR_any_name: 'real',
  TF_CLI_ARGS_apply: '-auto-approve',
  GOOGLE_BACKEND_CREDENTIALS: '/real.json',
};

/** Shells of this machine. */
const SHELLS = ['sh', 'bash', 'fish'].filter((shell) => {
  const isThere = spawnSync(shell, ['-c', 'exit']).status === 0;
  if (!isThere) process.stderr.write(`Skipped in environment.test.ts: ${shell} is not installed\n`);
  return isThere;
});

/** The environment of a command in a shell that has run the lines. */
function environmentIn(shell: string, env: Record<string, string>): Record<string, string> {
  const lines = shellLines(place, shell === 'fish' ? 'fish' : 'bash');
  const script = [...lines, 'env -0'].join('\n');
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
  const ownOfShells = ['', '_', 'PWD', 'OLDPWD', 'SHLVL', 'HOME', 'USER', 'LC_CTYPE'];
  return Object.fromEntries(entries.filter(([name]) => !ownOfShells.includes(name)));
}

it.each(SHELLS)('gives commands in %s the same environment as exec', (shell) => {
  expect(environmentIn(shell, users)).toEqual(sandboxEnvironment(users, place));
});

it('sets and removes the variables of the project', () => {
  const { APP_NAME, ...others } = sandboxEnvironment(users, place);
  expect(APP_NAME).toBe("the sandbox's");
  expect(others).not.toHaveProperty('APP_CHANNELS');
});

it.each(SHELLS)('removes in %s what only that terminal has', (shell) => {
  const seen = environmentIn(shell, { ...users, ...REAL });
  expect(Object.keys(REAL).filter((name) => name in seen)).toEqual([]);
});

it('works in a shell that has nothing to remove, or treats an error as the end', () => {
  expect(environmentIn('sh', { PATH })).toEqual(sandboxEnvironment({ PATH }, place));
  const script = ['set -eu', ...shellLines(place), 'echo done'].join('\n');
  expect(spawnSync('sh', ['-c', script], { env: { PATH }, encoding: 'utf8' }).stdout).toBe(
    'done\n',
  );
});

it('names the variables that matter most, for shells that cannot list them', () => {
  const [first = ''] = shellLines(place);
  const names = ['TF_CLOUD_ORGANIZATION', 'TF_WORKSPACE', 'TF_STATE_BUCKET', 'TF_VAR_project_id'];
  for (const name of names) expect(first).toContain(` ${name} `);
});

it('removes the other variables if a shell cannot unset one', () => {
  const { TF_STATE_DIR, GOOGLE_PROJECT } = environmentIn('sh', { ...users, 'TF_VAR_a-b': 'x' });
  expect(TF_STATE_DIR).toBe(`${place.directory}/state`);
  expect(GOOGLE_PROJECT).toBeUndefined();
});

it('quotes values for PowerShell, and removes and sets the same names', () => {
  const lines = shellLines(place, 'powershell' satisfies Shell);
  expect(lines).toContain(`$env:TF_STATE_DIR = '/tmp/it''s $HOME; \`a\` \\ "folder"/state'`);
  const [first = ''] = lines;
  expect(first).toMatch(
    /^Get-ChildItem Env: .*\(\?:GOOGLE_\|.*Remove-Item "Env:\$\(\$_\.Name\)" \}$/,
  );
  const names = (all: readonly string[], pattern: RegExp): string[] =>
    all.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  expect(names(lines, /^\$env:(\w+) = '/)).toEqual(names(shellLines(place), /^export (\w+)=/));
});
