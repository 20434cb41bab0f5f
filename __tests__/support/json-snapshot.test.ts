import fs from 'node:fs';
import path from 'node:path';
import { writeFiles } from './files';
import { matchJsonSnapshot } from './json-snapshot';
import { temporaryFolder } from './temporary-folder';

const VALUE = { uri: '${var.uri}', code: '`' };
const TEXT = '{\n  "uri": "${var.uri}",\n  "code": "`"\n}\n';

const NONE = { added: 0, matched: 0, unmatched: 0, updated: 0 };

/** Runs the matcher as jest does with `--ci` (none), `-u` (all), or neither (new). */
function match(update: string, before?: string) {
  const folder = temporaryFolder();
  const file = path.join(folder, '__snapshots__', 'stage.json');
  if (before !== undefined) writeFiles(folder, { '__snapshots__/stage.json': before });
  const snapshotState = { _updateSnapshot: update, ...NONE };
  const context = {
    expand: false,
    isNot: false,
    testPath: path.join(folder, 'some.test.ts'),
    utils: { diff: (a: unknown, b: unknown) => `- ${String(a)}+ ${String(b)}` },
    snapshotState,
  };
  const { pass, message } = matchJsonSnapshot(context, VALUE, 'stage');
  const { added, matched, unmatched, updated } = snapshotState;
  const after = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  return {
    pass,
    counted: { added, matched, unmatched, updated },
    after,
    message: message().replaceAll(file, 'FILE'),
  };
}

it.each([
  ['none', undefined, { pass: false, after: undefined, counted: { ...NONE, unmatched: 1 } }],
  ['new', undefined, { pass: true, after: TEXT, counted: { ...NONE, added: 1 } }],
  ['all', undefined, { pass: true, after: TEXT, counted: { ...NONE, added: 1 } }],
  ['none', '{}\n', { pass: false, after: '{}\n', counted: { ...NONE, unmatched: 1 } }],
  ['new', '{}\n', { pass: false, after: '{}\n', counted: { ...NONE, unmatched: 1 } }],
  ['all', '{}\n', { pass: true, after: TEXT, counted: { ...NONE, updated: 1 } }],
  ['none', TEXT, { pass: true, after: TEXT, counted: { ...NONE, matched: 1 } }],
  ['all', TEXT, { pass: true, after: TEXT, counted: { ...NONE, matched: 1 } }],
])('handles update %j and the file %j', (update, before, expected) => {
  expect(match(update, before)).toMatchObject(expected);
});

it('names the file, the difference and the fix in a failure', () => {
  expect(match('none').message).toBe(
    'The snapshot FILE does not exist, and --ci creates none.\nFix: if this is intended, run npm run accept.',
  );
  expect(match('none', '{}\n').message).toBe(
    `The snapshot FILE differs:\n\n- {}\n+ ${TEXT}\nFix: if this is intended, run npm run accept.`,
  );
});

it('throws for an unknown state of jest', () => {
  expect(() => match('sometimes', TEXT)).toThrow('Unknown jest snapshot state');
});
