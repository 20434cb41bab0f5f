import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(__dirname, '..', '..');

function conformance(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const launcher = path.join('lib', 'launch', 'main.js');
  return spawnSync(process.execPath, [launcher, 'tools/conformance/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
}

it('passes against a sandbox', () => {
  const { status, stdout } = conformance();
  expect(stdout).toMatch(/^\d\d checks: no difference\.\n$/);
  expect(status).toBe(0);
});

it('says what it would create in a real project, and does nothing without a terminal or --yes', () => {
  const { status, stdout, stderr } = conformance('--project', 'my-project');
  expect(stdout).toMatch(
    /^Creates one job in my-project \(us-central1\): sandbox-conformance-\d+-[0-9a-f]+\nIt is paused/,
  );
  expect(stderr).toContain('Fix: pass --yes');
  expect(status).toBe(2);
});

it('exits with 2 on wrong use', () => {
  expect(conformance('--nonsense').status).toBe(2);
});
