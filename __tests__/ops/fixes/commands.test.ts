import fs from 'node:fs';
import path from 'node:path';
import { COMMAND_NAMES, recipeOf, type CommandName } from '../../../ops/command-names';
import { ROOT } from '../support';
import { requireParses } from './safe';

/** What stands for an expression in a call of `recipe`, by how the expression ends. */
const SAMPLES: readonly (readonly [pattern: RegExp, words: readonly string[]])[] = [
  [/stage$/i, ['dev']],
  [/(?:^|\.)(?:name|subject|job)$/, ['validibot-clear-sessions-dev']],
  [/^(?:STOP|kinds)$/, ['stop']],
  [/^file$/, ['-']],
  // Of `import`, which asks for consent, too.
  [/^\.\.\.options$/, []],
];

interface Call {
  readonly where: string;
  readonly args: readonly string[];
}

function sources(...folders: readonly string[]): (readonly [file: string, text: string])[] {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file))
      .map((file) => [file, fs.readFileSync(path.join(ROOT, file), 'utf8')] as const),
  );
}

/** Every call of `recipe` in the sources: the commands of all fixes, of findings and of errors. */
const calls = sources('ops', 'ci')
  .filter(([file]) => file !== path.join('ops', 'fixes', 'fix.ts'))
  .flatMap(([file, text]): Call[] =>
    [...text.matchAll(/\brecipe\(([^()]*)\)/g)].map(([, args = '']) => ({
      where: `${file}: ${args.trim()}`,
      args: args
        .split(',')
        .map((arg) => arg.trim())
        .filter((arg) => arg !== ''),
    })),
  );

function wordsOf(arg: string): readonly string[] {
  const literal = /^'(.*)'$/.exec(arg)?.[1];
  if (literal !== undefined) return [literal];
  const sample = SAMPLES.find(([pattern]) => pattern.test(arg))?.[1];
  if (sample === undefined) throw new Error(`Add a sample for ${arg} to SAMPLES.`);
  return sample;
}

it('finds the calls', () => {
  expect(calls.length).toBeGreaterThan(20);
});

it.each(calls)('a fix is a command that the command line takes: $where', async ({ args }) => {
  const [command = '', ...rest] = args;
  const commands = command === 'command' ? ['setup', 'import'] : wordsOf(command);
  for (const each of commands) {
    // Nothing that deletes is ever a fix; the types say the same.
    expect(each).not.toBe('delete-all');
    expect(COMMAND_NAMES).toContain(each);
    await requireParses([each, ...rest.flatMap(wordsOf)]);
  }
});

it('names only recipes that exist in any message', () => {
  const known = COMMAND_NAMES.map((name: CommandName) => recipeOf(name));
  const named = sources('ops', 'ci', 'stages').flatMap(([file, text]) =>
    [...text.matchAll(/just (gcp-(?:scheduler|console)[a-z-]*)/g)].map(([, recipe = '']) => ({
      file,
      recipe,
    })),
  );
  // `gcp-scheduler-${name}` is completed when it runs.
  const unknown = named.filter(({ recipe }) => !known.includes(recipe) && !recipe.endsWith('-'));
  expect(unknown).toEqual([]);
});

it.each([['run'], ['run', 'a', '--nope'], ['setup', 'dev', 'prod'], ['nothing']])(
  'would find that %j is no command',
  async (...argv) => {
    await expect(requireParses(argv)).rejects.toThrow(argv.join(' '));
  },
);
