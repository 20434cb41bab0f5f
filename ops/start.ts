import path from 'node:path';
import { Interruption } from './interruption';
import { endLiveLines } from './live-line';
import { main } from './main';
import { note, type Terminal } from './terminal';

// Paths of options are relative to where the command was called; `npm run` changes to the project's folder.
const { npm_lifecycle_event: script, INIT_CWD: calledFrom } = process.env;
if (script === 'ops' && calledFrom) process.chdir(calledFrom);

const interruption = new Interruption();
const terminal: Terminal = {
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  env: process.env,
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const text = interruption.request();
    if (text === undefined) process.exit(130);
    endLiveLines(terminal);
    if (text !== '') note(terminal, `\n${text}`);
  });
}

// A reader such as `head` may close the pipe early, and a terminal may go away. Terraform is not
// left alone for that.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    if (!interruption.isHolding && !interruption.signal.aborted) process.exit(0);
  });
}

void main(process.argv.slice(2), {
  // From this file's path, since recipes may be called from anywhere.
  root: path.dirname(path.dirname(process.argv[1] ?? '')),
  env: process.env,
  terminal,
  signal: interruption.signal,
  interruption,
}).then((status) => {
  process.exitCode = status;
});
