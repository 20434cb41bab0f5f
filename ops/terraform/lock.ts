import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseJson } from '../../lib/json';
import { Failed } from '../errors';
import { inOrder, run, waitUntil, when } from '../fixes/fix';

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/**
 * Takes the lock of a folder that only one command at a time may use: a file, created in one step.
 * It is given back by the function that is returned, and at the latest when this process exits. One whose
 * process no longer exists is taken over.
 *
 * @param what - what the folder is of: `validibot-dev`
 * @throws Failed when another command holds it
 */
export function takeLock(file: string, what: string): () => void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify(thisProcess());
  while (!createFile(file, mine)) {
    const text = readIfThere(file);
    // It was given back just now.
    if (text === undefined) continue;
    const holder = parseJson(text) as Holder | undefined;
    if (holder === undefined || !isGone(holder)) throw inUse(file, what, holder);
    removeExactly(file, text);
  }
  const release = (): void => {
    process.off('exit', release);
    removeExactly(file, mine);
  };
  process.on('exit', release);
  return release;
}

function thisProcess(): Holder {
  return { pid: process.pid, host: os.hostname(), since: new Date().toISOString() };
}

function createFile(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isOf(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Removes a lock unless another process has replaced it meanwhile: a rename takes exactly one file. */
function removeExactly(file: string, text: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if (isOf(error, 'ENOENT')) return;
    throw error;
  }
  if (readIfThere(aside) !== text) fs.copyFileSync(aside, file, fs.constants.COPYFILE_EXCL);
  fs.rmSync(aside);
}

/** Whether its process has ended, as far as can be told: not of another machine or container. */
function isGone({ pid, host }: Holder): boolean {
  if (host !== os.hostname()) return false;
  // Containers give the same few ids to one process after another.
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return isOf(error, 'ESRCH');
  }
}

function inUse(file: string, what: string, holder: Holder | undefined): Failed {
  const who =
    holder === undefined ? '' : ` (process ${holder.pid} on ${holder.host}, since ${holder.since})`;
  return new Failed(
    `Another command is working on ${what}${who}, so nothing was changed.`,
    inOrder(
      waitUntil('it has ended'),
      when('only if there is no such process any more', run('rm', file)),
    ),
  );
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (isOf(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isOf(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
