import { describeMistake } from '@scheduled-jobs/constructs/core/mistake';
import fs from 'node:fs';
import path from 'node:path';
import { areVariables } from './environment';
import { isObject } from './protocol/fields';
import { FORMAT, type Snapshot } from './snapshot';

const FILE = 'world.json';

/** Writes a snapshot to `DIR/world.json`, whole or not at all. Only the user can read it: jobs may have secrets. */
export function writeSnapshot(directory: string, snapshot: Snapshot): void {
  const file = path.join(directory, FILE);
  const temporary = `${file}.${process.pid}.tmp`;
  fs.mkdirSync(directory, { recursive: true });
  fs.writeFileSync(temporary, `${JSON.stringify(snapshot)}\n`, { mode: 0o600 });
  fs.renameSync(temporary, file);
}

/**
 * Reads `DIR/world.json`.
 *
 * @throws Error that says why it cannot be imported
 */
export function readSnapshot(directory: string): Snapshot {
  const file = path.join(directory, FILE);
  const refuse = (wrong: string, fix: string): Error =>
    new Error(describeMistake({ subject: '--import', given: directory, wrong, fix }));
  let given: unknown;
  try {
    given = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refuse(`${FILE} cannot be read (${why})`, 'pass a directory that --export has written');
  }
  const { format, now, seed, services, world, incidents, log } = isObject(given) ? given : {};
  if (format !== FORMAT) {
    throw refuse(
      `${FILE} must have the format ${FORMAT}, and has ${format === undefined ? 'none' : JSON.stringify(format)}`,
      'export it again with this version',
    );
  }
  const isWhole =
    Number.isFinite(Date.parse(String(now))) &&
    [services, incidents, log].every(Array.isArray) &&
    isObject(world) &&
    isObject(seed) &&
    Array.isArray(seed.services) &&
    areVariables(seed.variables ?? {});
  if (!isWhole) throw refuse(`${FILE} is not whole`, 'export it again');
  return given as Snapshot;
}
