import { PassThrough } from 'node:stream';
import { endLiveLines } from '../../ops/live-line';
import { withProgress, withQuietProgress } from '../../ops/progress';
import { note, print, type Terminal } from '../../ops/terminal';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A terminal or a pipe, and everything that both of its streams got. */
function place(columns?: number, env = {}): { terminal: Terminal; shown: () => string } {
  let shown = '';
  const stream = (): never => {
    const made = new PassThrough();
    made.setEncoding('utf8').on('data', (text: string) => (shown += text));
    return Object.assign(made, columns !== undefined && { isTTY: true, columns }) as never;
  };
  const [output, errors] = [stream(), stream()];
  return { terminal: { input: stream(), output, errors, env }, shown: () => shown };
}

async function workFor(terminal: Terminal, seconds: number, what = 'Planning …'): Promise<void> {
  const work = withProgress(
    terminal,
    what,
    () => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000)),
  );
  await jest.advanceTimersByTimeAsync(seconds * 1000);
  await work;
}

it('prints a line every 10 seconds to a pipe', async () => {
  const { terminal, shown } = place();
  await workFor(terminal, 25);
  expect(shown()).toBe('Planning …\nPlanning … 10 s\nPlanning … 20 s\nPlanning … took 25 s\n');
});

it('does not mention less than two seconds', async () => {
  const { terminal, shown } = place();
  await workFor(terminal, 1.9);
  expect(shown()).toBe('Planning …\n');
});

it('replaces one line at a terminal', async () => {
  const { terminal, shown } = place(80);
  await workFor(terminal, 3.5);
  expect(shown()).toBe(
    ['Planning …', 'Planning …', 'Planning … 2 s', 'Planning … 3 s', 'Planning … took 3 s\n'].join(
      '\r\u001B[K',
    ),
  );
});

it('prints plain lines to a terminal that cannot replace any', async () => {
  const { terminal, shown } = place(80, { TERM: 'dumb' });
  await workFor(terminal, 3);
  expect(shown()).toBe('Planning …\nPlanning … took 3 s\n');
});

it('keeps what is printed meanwhile above the line', async () => {
  const { terminal, shown } = place(80);
  await withProgress(terminal, 'Deploying …', () => {
    note(terminal, '  created');
    print(terminal, 'result');
    return Promise.resolve();
  });
  const erase = '\r\u001B[K';
  expect(shown()).toBe(
    `Deploying …${erase}  created\nDeploying …${erase}result\nDeploying …${erase}Deploying …\n`,
  );
});

it('never shows more than fits in one line', async () => {
  const { terminal, shown } = place(20);
  await workFor(terminal, 1, 'Planning a very long name …');
  expect(shown().split('\r')[0]).toBe('Planning a very lon');
});

it('removes the line, and passes on the error, when the work fails', async () => {
  const { terminal, shown } = place(80);
  const work = withProgress(terminal, 'Planning …', () => Promise.reject(new Error('no')));
  await expect(work).rejects.toThrow('no');
  expect(shown()).toBe('Planning …\r\u001B[KPlanning …\n');
});

it('writes over nothing once live lines have ended, as after Ctrl-C', async () => {
  const { terminal, shown } = place(80);
  const work = withProgress(
    terminal,
    'Deploying …',
    () => new Promise<void>((resolve) => setTimeout(resolve, 3500)),
  );
  endLiveLines(terminal);
  await jest.advanceTimersByTimeAsync(3500);
  await work;
  expect(shown()).toBe('Deploying …\r\u001B[KDeploying … took 3 s\n');
});

it.each([
  [undefined, 9.9, ''],
  [undefined, 12, 'Reading … 10 s\nReading … took 12 s\n'],
  [80, 1.9, ''],
  [80, 2.5, 'Reading … 2 s\r\u001B[KReading … took 2 s\n'],
])('says nothing of the first seconds of a read: %s, %d s', async (columns, seconds, expected) => {
  const { terminal, shown } = place(columns);
  const work = withQuietProgress(
    terminal,
    'Reading …',
    () => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000)),
  );
  await jest.advanceTimersByTimeAsync(seconds * 1000);
  await work;
  expect(shown()).toBe(expected);
});
