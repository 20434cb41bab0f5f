import fs from 'node:fs';
import path from 'node:path';
import { localStateFile } from '../../stages/state';
import type { Context } from '../context';
import { messageOf } from '../errors';
import { warn } from '../terminal';
import type { Stack } from './stack';

/** The umask of a terraform that writes states and plans, which may hold a bearer token. */
export const PRIVATE_UMASK = 0o077;

/** Where terraform leaves a state that it could not save, in the stack's folder. */
export const ERRORED_STATE = 'errored.tfstate';

const OTHERS = 0o077;

/** Creates a folder that only this user can read, or takes an existing one from everyone else. */
export function makePrivateFolder(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o700);
}

/**
 * Makes a stack's state files on this machine, backups included, readable by this user alone: earlier
 * versions, and terraform without these operations, write them for everyone.
 */
export function makeStatePrivate(
  { settings, terminal }: Context,
  { name, folder }: Pick<Stack, 'name' | 'folder'>,
): void {
  const { state } = settings;
  const file = state.kind === 'local' ? [localStateFile(state.directory, name)] : [];
  for (const each of [...file, path.join(folder, ERRORED_STATE)].flatMap(withBackups)) {
    try {
      const { mode } = fs.statSync(each);
      if ((mode & OTHERS) !== 0) fs.chmodSync(each, mode & ~OTHERS);
    } catch (error) {
      warn(terminal, each, `others may read it, and it may hold a token: ${messageOf(error)}`);
    }
  }
}

/** A file, and those next to it whose names go on after its own: `.backup`, `.1732600000.backup`. */
export function withBackups(file: string): string[] {
  const directory = path.dirname(file);
  if (!fs.existsSync(directory)) return [];
  return fs
    .readdirSync(directory)
    .filter((name) => name.startsWith(path.basename(file)))
    .map((name) => path.join(directory, name));
}
