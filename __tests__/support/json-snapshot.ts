import fs from 'node:fs';
import path from 'node:path';

/** What jest gives to a matcher, as far as it is needed here. */
export interface Context {
  readonly expand?: boolean;
  readonly isNot: boolean;
  readonly testPath?: string;
  readonly utils: Pick<jest.MatcherContext['utils'], 'diff'>;
  readonly snapshotState: {
    /**
     * `none` with `--ci`, `all` with `-u`, otherwise `new`. Private to jest; every matcher that keeps
     * files of its own goes by it.
     */
    readonly _updateSnapshot: string;
    added: number;
    matched: number;
    unmatched: number;
    updated: number;
  };
}

/**
 * Compares a value with `__snapshots__/NAME.json` beside the test, under the rules of jest's own
 * snapshots. Those are template literals: a reviewer would read `\${…}` for each `${…}` of
 * Terraform, and nothing else could read the file.
 */
export function matchJsonSnapshot(
  { expand, isNot, testPath = '', utils, snapshotState: state }: Context,
  received: unknown,
  name: string,
): jest.CustomMatcherResult {
  const { _updateSnapshot: update } = state;
  if (isNot) throw new Error('toMatchJsonSnapshot cannot be negated.');
  if (!['all', 'new', 'none'].includes(update)) {
    throw new Error('This version of jest keeps --ci and -u elsewhere: see json-snapshot.ts.');
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
    ? 'is missing, and --ci writes none.'
    : `differs:\n\n${utils.diff(known, rendered, { expand }) ?? ''}`;
  return {
    pass: false,
    message: () => `The snapshot ${file} ${wrong}\nFix: if it is meant, run npx jest -u.`,
  };
}

declare global {
  // jest's types are extended in this way only.
  // oxlint-disable-next-line typescript/no-namespace
  namespace jest {
    interface Matchers<R> {
      /** Compares with `__snapshots__/NAME.json` beside the test; `npx jest -u` writes it. */
      toMatchJsonSnapshot(name: string): R;
    }
  }
}

expect.extend({
  toMatchJsonSnapshot(received: unknown, name: string) {
    return matchJsonSnapshot(this as unknown as Context, received, name);
  },
});
