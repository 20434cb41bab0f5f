import { count } from '../../lib/count';
import { markdownTable } from '../../lib/markdown-table';

/** How each test ended, by its name. */
export type Results = ReadonlyMap<string, Result>;
export type Result = 'pass' | 'fail' | 'skip';

/** Reads the output of `go test -v`; a test that did not end, because of a panic or a timeout, has failed. */
export function readResults(output: string): Results {
  const results = new Map<string, Result>();
  for (const [, name = ''] of output.matchAll(/^=== RUN\s+(\S+)/gm)) results.set(name, 'fail');
  for (const [, result = '', name = ''] of output.matchAll(/^\s*--- (PASS|FAIL|SKIP): (\S+)/gm)) {
    results.set(name, result.toLowerCase() as Result);
  }
  // Its subtests say more.
  const isParent = (name: string): boolean =>
    [...results.keys()].some((other) => other.startsWith(`${name}/`));
  return new Map([...results].filter(([name]) => !isParent(name)));
}

/**
 * The table for sandbox/README.md, and what differs from it.
 *
 * @param byVersion the results by the provider's version
 * @param reasons why tests fail or are skipped, by the name of the test; followed by a version, only there
 */
export function describeResults(
  byVersion: ReadonlyMap<string, Results>,
  reasons: Readonly<Record<string, string>>,
): { readonly text: string; readonly unexpected: readonly string[] } {
  const names = [...new Set([...byVersion.values()].flatMap((each) => [...each.keys()]))].sort();
  const rows = names.map((name) => [
    `\`${name}\``,
    ...[...byVersion.values()].map((results) => results.get(name) ?? 'none'),
    [
      reasons[name] ?? [],
      ...[...byVersion.keys()].map((version) => {
        const reason = reasons[`${name} ${version}`];
        return reason === undefined ? [] : `${version} ${reason}`;
      }),
    ]
      .flat()
      .join('; '),
  ]);
  const unexpected = [...byVersion].flatMap(([version, results]) =>
    [...results].flatMap(([name, result]) => {
      const reason = reasons[name] ?? reasons[`${name} ${version}`];
      if (result === 'fail' && reason === undefined) return [`${version} ${name} failed`];
      if (result === 'pass' && reason !== undefined) {
        return [`${version} ${name} passed, although suites.ts has a reason why it cannot`];
      }
      return [];
    }),
  );
  const summary = `${count(names.length, 'test')}: ${count(unexpected.length, 'difference')} from what is expected.`;
  return {
    text: [
      markdownTable(['Test', ...byVersion.keys(), 'Why'], rows),
      '',
      ...unexpected,
      summary,
    ].join('\n'),
    unexpected,
  };
}
