import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { runProcess } from '../../lib/run-process';
import { planFile } from '../ops/plan-review/support/plans';
import { OpsSandbox, ROOT } from '../ops/support';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

/** util-linux's `script` gives a command a terminal. */
const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;
const describeAtTerminal = hasScript ? describe : describe.skip;

describeAtTerminal('at a terminal (skipped without util-linux script)', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
    await sandbox.deploy('dev');
    await sandbox.ops('run', 'clear-sessions', 'dev');
    await sandbox.fault({ fault: 'worker-in-web-mode', stage: 'dev' });
    await sandbox.ops('run', 'cleanup-stuck-runs', 'dev');
  });
  afterAll(() => sandbox.close());

  async function at(columns: number, command: string, variables: NodeJS.ProcessEnv = {}) {
    const line = `stty cols ${columns} rows 50; exec node lib/launch/main.js ops/start.ts ${command}`;
    const env = { ...sandbox.env, TERM: 'xterm-256color', SHELL: '/bin/sh', ...variables };
    const { stdout } = await runProcess('script', ['-qec', line, '/dev/null'], { cwd: ROOT, env });
    return stdout.replaceAll('\r\n', '\n');
  }

  it.each([
    'list',
    'list dev',
    'doctor dev',
    'next --days 2',
    'logs cleanup-stuck-runs dev',
    'run cleanup-stuck-runs dev',
    'run cleanup-stuck-run dev',
    'pause-all dev',
    'console dev',
    'list --nope',
    'setup --help',
    `review --plan ${planFile('create')}`,
    `review --plan ${planFile('time-zone')}`,
  ])('%s fits 80 and 60 columns, without a break within a word', async (command) => {
    const words = new Set((await at(1000, command)).split(/\s+/).map((word) => shape(word)));
    for (const columns of [80, 60]) {
      const text = stripVTControlCharacters(await at(columns, command)).replace(/^.*\r/gm, '');
      for (const line of text.split('\n')) {
        const longest = Math.max(
          ...line
            .trim()
            .split(' ')
            .map((word) => word.length),
        );
        expect(line.length).toBeLessThanOrEqual(Math.max(columns, longest + 10));
      }
      // Whatever form it takes, it has no words that the wide one lacks, such as half a name.
      const names = text.match(/validibot-[\w-]+/g) ?? [];
      for (const name of names) expect([...words].join(' ')).toContain(shape(name));
    }
  });

  /** A word without colors and digits, since times differ. */
  function shape(word: string): string {
    return stripVTControlCharacters(word).replace(/\d/g, '0');
  }

  it('uses the room of a wide terminal', async () => {
    expect(await at(200, 'list dev')).toMatch(/ validibot-clear-sessions-dev +│ \w+ │ .* │ /);
  });

  it('shows colors, unless they are not wanted', async () => {
    // eslint-disable-next-line no-control-regex
    const COLOR = /\u001B\[3\dm/;
    expect(await at(80, 'doctor dev')).toMatch(COLOR);
    expect(await at(80, 'doctor dev', { NO_COLOR: '1' })).not.toMatch(COLOR);
    expect(await at(80, 'doctor dev', { TERM: 'dumb' })).not.toContain('\u001B');
    const piped = await at(80, 'doctor dev | cat', {});
    expect(piped).not.toMatch(COLOR);
    expect(await at(80, 'doctor dev | cat', { FORCE_COLOR: '1' })).toMatch(COLOR);
  });

  it('prints a review as text, and as Markdown on demand or to a pipe', async () => {
    const review = `review --plan ${planFile('time-zone')}`;
    const text = await at(80, review);
    expect(text).not.toMatch(/###|<br>|\*\*/);
    for (const command of [`${review} --markdown`, `${review} | cat`]) {
      expect(await at(80, command)).toMatch(/^### .*\n[^]*<br>/);
    }
    expect(await at(80, `${review} --no-markdown | cat`)).not.toMatch(/###|<br>/);
  });

  it('shows how long a run takes in one line', async () => {
    await sandbox.clearFaults();
    await sandbox.fault({ fault: 'worker-slow', stage: 'dev', seconds: 5 });
    const text = await at(80, 'run clear-sessions dev');
    expect(text).toContain('\r\u001B[KWaiting for its result … 2 s\r\u001B[K');
    expect(text).toMatch(/Waiting for its result … took \d+(\.\d)? s\n/);
  });
});
