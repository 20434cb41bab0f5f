import fs from 'node:fs';

/** Milliseconds. */
const INTERVAL = 200;

/** A file that a server of the user's own writes its log to. */
export interface FollowedLog {
  /** Reads at once what was added. */
  read(): void;
  stop(): void;
}

/** Follows a file from its present end on; it may be created, truncated or replaced later. */
export function followLog(file: string, line: (text: string) => void): FollowedLog {
  let position = sizeOf(file);
  let rest = '';
  const read = (): void => {
    const size = sizeOf(file);
    if (size < position) position = 0;
    if (size === position) return;
    const added = Buffer.alloc(size - position);
    const descriptor = fs.openSync(file, 'r');
    const length = fs.readSync(descriptor, added, 0, added.length, position);
    fs.closeSync(descriptor);
    position += length;
    const lines = (rest + added.toString('utf8', 0, length)).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) if (text.trim() !== '') line(text.trimEnd());
  };
  const timer = setInterval(read, INTERVAL);
  return {
    read,
    stop: () => {
      clearInterval(timer);
    },
  };
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
