import { PassThrough } from 'node:stream';
import { Failed, Interrupted, UsageError } from '../../ops/errors';
import { confirm, type Terminal } from '../../ops/terminal';

/** A terminal with typed input. */
function terminalWith(typed: string, isTTY = true): Terminal & { readonly shown: () => string } {
  const input = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.ReadStream;
  const errors = new PassThrough();
  let shown = '';
  errors.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const output = new PassThrough() as unknown as NodeJS.WriteStream;
  input.push(typed);
  return { input, output, errors: errors as unknown as NodeJS.WriteStream, shown: () => shown };
}

function ask(terminal: Terminal, given?: string, signal = new AbortController().signal) {
  const asked = { question: 'Delete?', expected: 'validibot-dev', given, refusal: 'Refused.' };
  return confirm({ terminal, signal }, asked);
}

const QUESTION = 'Delete?\nType validibot-dev to continue: ';

it.each(['validibot-dev\n', ' validibot-dev \n'])('takes %j for a yes', async (typed) => {
  const terminal = terminalWith(typed);
  await expect(ask(terminal)).resolves.toBeUndefined();
  expect(terminal.shown()).toContain(QUESTION);
});

it.each(['y\n', 'validibot-prod\n', '\n'])('takes %j for a no', async (typed) => {
  const terminal = terminalWith(typed);
  await expect(ask(terminal)).rejects.toEqual(new Failed('Refused.'));
  expect(terminal.shown()).toContain(QUESTION);
});

it('does not ask when --confirm is passed', async () => {
  const terminal = terminalWith('', false);
  await expect(ask(terminal, 'validibot-dev')).resolves.toBeUndefined();
  expect(terminal.shown()).toBe('');
});

it.each([
  [undefined, '--confirm is required: stdin is not a terminal. Fix: pass --confirm validibot-dev.'],
  [
    'validibot-prod',
    'Invalid --confirm "validibot-prod": must be validibot-dev. Fix: pass --confirm validibot-dev.',
  ],
])('rejects %p without a terminal', async (given, message) => {
  const asked = ask(terminalWith('', false), given);
  await expect(asked).rejects.toThrow(message);
  await expect(asked).rejects.toBeInstanceOf(UsageError);
});

it('is interrupted by Ctrl-C', async () => {
  const interruption = new AbortController();
  const asked = ask(terminalWith(''), undefined, interruption.signal);
  interruption.abort();
  await expect(asked).rejects.toThrow('Interrupted. Nothing was changed.');
  await expect(asked).rejects.toBeInstanceOf(Interrupted);
});
