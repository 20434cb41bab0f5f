import path from 'node:path';
import { main } from './main';

const interruption = new AbortController();
process.on('SIGINT', () => {
  // A second Ctrl-C ends the process at once.
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});

// A reader such as `head` may close the pipe early.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void main(process.argv.slice(2), {
  // From this file's path, since recipes may be called from anywhere.
  root: path.dirname(path.dirname(process.argv[1] ?? '')),
  env: process.env,
  terminal: { input: process.stdin, output: process.stdout, errors: process.stderr },
  signal: interruption.signal,
}).then((status) => {
  process.exitCode = status;
});
