import fs from 'node:fs';
import path from 'node:path';

/** The part of a matcher's context that is used here. */
export interface Context {
  readonly expand?: boolean;
  readonly isNot: boolean;
  readonly testPath?: string;
  readonly utils: Pick<jest.MatcherContext['utils'], 'diff'>;
  readonly snapshotState: {
    /**
     * `none` with `--ci`, `all` with `-u`, otherwise `new`. Private to jest, but every matcher
     * with its own files relies on it.
     */
    readonly _updateSnapshot: string;
    added: number;
    matched: number;
    unmatched: number;
    updated: number;
  };
}

/**
 * Compares a value with `__snapshots__/NAME.json` next to the test, by the rules of jest's own
 * snapshots. Those are template literals: a reviewer would read `\${…}` for each `${…}` of
 * Terraform, and no other tool could read the file.
 */
export function matchJsonSnapshot(
  { expand, isNot, testPath = '', utils, snapshotState: state }: Context,
  received: unknown,
  name: string,
): jest.CustomMatcherResult {
  const { _updateSnapshot: update } = state;
  if (isNot) throw new Error('toMatchJsonSnapshot cannot be negated.');
  if (!['all', 'new', 'none'].includes(update)) {
    throw new Error(
      'Unknown jest snapshot state: this version of jest has no _updateSnapshot.\nFix: update json-snapshot.ts.',
    );
  }
  const file = path.join(path.dirname(testPath), '__snapshots__', `${name}.json`);
  const known = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  const rendered = `${JSON.stringify(received, null, 2)}\n`;
  if (rendered === known) {
    state.matched += 1;
    return { pass: true, message: () => '' };
  }
  const isNew = known === undefined;
  if (update === 'all' || (isNew && update === 'new')) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, rendered);
    state[isNew ? 'added' : 'updated'] += 1;
    return { pass: true, message: () => '' };
  }
  state.unmatched += 1;
  const wrong = isNew
    ? 'does not exist, and --ci creates none.'
    : `differs:\n\n${utils.diff(known, rendered, { expand }) ?? ''}`;
  return {
    pass: false,
    message: () => `The snapshot ${file} ${wrong}\nFix: if this is intended, run npm run accept.`,
  };
}

declare global {
  // The only way to extend jest's types.
  // oxlint-disable-next-line typescript/no-namespace
  namespace jest {
    interface Matchers<R> {
      /** Compares with `__snapshots__/NAME.json` next to the test; `npm run accept` writes it. */
      toMatchJsonSnapshot(name: string): R;
    }
  }
}

expect.extend({
  toMatchJsonSnapshot(received: unknown, name: string) {
    return matchJsonSnapshot(this as unknown as Context, received, name);
  },
});
