import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runProcess } from '../../../lib/run-process';
import { Failed } from '../../../ops/errors';
import { takeLock } from '../../../ops/terraform/lock';
import { temporaryFolder } from '../../support/temporary-folder';

const since = '2026-11-26T02:00:00.000Z';

function lockFile(holder?: object | string): string {
  const file = path.join(temporaryFolder(), 'ops', 'dev.lock');
  if (holder === undefined) return file;
  fs.mkdirSync(path.dirname(file));
  fs.writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify(holder));
  return file;
}

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const { stdout } = await runProcess('node', ['-p', 'process.pid']);
  return Number(stdout);
}

it('leaves nothing behind when it is given back', () => {
  const file = lockFile();
  const giveBack = takeLock(file, 'validibot-dev');
  expect(fs.readdirSync(path.dirname(file))).toEqual(['dev.lock']);
  giveBack();
  expect(fs.readdirSync(path.dirname(file))).toEqual([]);
});

it('is refused while its process runs, with the process named', () => {
  // The process that runs this test's worker.
  const file = lockFile({ pid: process.ppid, host: os.hostname(), since });
  const take = () => takeLock(file, 'validibot-dev');
  expect(take).toThrow(Failed);
  expect(take).toThrow(
    `Another command is working on validibot-dev (process ${process.ppid} on ${os.hostname()}, since ${since}), so nothing was changed.\n` +
      `Fix: wait until it has ended; only if there is no such process any more: rm ${file}`,
  );
});

it.each([
  ['of another machine', { pid: 1, host: 'another', since }],
  ['that cannot be read', ''],
])('is refused where the lock is one %s', (_, holder) => {
  expect(() => takeLock(lockFile(holder), 'validibot-dev')).toThrow('Another command is working');
});

it('is taken over from a process that has ended, and from one that had the same id', async () => {
  for (const pid of [await endedProcess(), process.pid]) {
    const file = lockFile({ pid, host: os.hostname(), since });
    takeLock(file, 'validibot-dev')();
    expect(fs.readdirSync(path.dirname(file))).toEqual([]);
  }
});

it('is not taken from the one who took it over', async () => {
  const file = lockFile();
  const giveBack = takeLock(file, 'validibot-dev');
  const other = JSON.stringify({ pid: await endedProcess(), host: os.hostname(), since });
  fs.writeFileSync(file, other);
  giveBack();
  expect(fs.readFileSync(file, 'utf8')).toBe(other);
});
