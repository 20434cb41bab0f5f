import type { ChildProcess } from 'node:child_process';
import { runProcess } from '../../lib/run-process';

const node = (script: string, options = {}) =>
  runProcess(process.execPath, ['-e', script], options);

it('returns the exact output of a process, and its status', async () => {
  const script =
    'process.stdout.write(" out\\n\\n"); process.stderr.write("é"); process.exitCode = 3';
  expect(await node(script)).toEqual({ status: 3, stdout: ' out\n\n', stderr: 'é' });
});

it('has no status for a process that a signal ended', async () => {
  const { status } = await node('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9000)');
  expect(status).toBeNull();
});

it('passes the input, the folder and no other variable', async () => {
  const script =
    'console.log(require("fs").readFileSync(0, "utf8"), process.cwd(), Object.keys(process.env).join())';
  const { stdout } = await node(script, { input: 'hello', cwd: '/', env: { ONLY: '1' } });
  expect(stdout).toBe('hello / ONLY\n');
});

it('lets a caller signal the process', async () => {
  const script =
    'process.on("SIGINT", () => process.exit(7)); console.log("ready"); setInterval(() => {}, 9000)';
  const { status } = await node(script, {
    started: (child: ChildProcess) => child.stdout?.once('data', () => child.kill('SIGINT')),
  });
  expect(status).toBe(7);
});

it('fails for a program that does not exist', async () => {
  await expect(runProcess('no-such-program', [])).rejects.toThrow(/ENOENT/);
});
