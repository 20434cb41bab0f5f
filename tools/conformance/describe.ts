import { count } from '../../lib/count';
import { visible } from '../../lib/text/visible';
import { markdownTable } from '../../lib/markdown-table';
import type { Outcome } from '../../sandbox/conformance/run-checks';

/** What the checks found, for people. */
export function describeOutcome(
  { checks, differences, problems }: Outcome,
  subject: string,
): string {
  const rows = differences.map((each) =>
    [each.check, each.field, each.sandbox, each.answer].map(cell),
  );
  const summary =
    differences.length === 0
      ? `${count(checks, 'check')}: no difference.`
      : `${count(checks, 'check')}: ${count(differences.length, 'difference')}.`;
  return [
    ...(rows.length > 0 ? [markdownTable(['Check', 'Field', 'Sandbox', subject], rows), ''] : []),
    ...problems.map((problem) => `Failed: ${visible(problem)}`),
    summary,
  ].join('\n');
}

/** Answers come from outside: nothing in them may act on the terminal, or end a cell. */
function cell(text: string): string {
  return visible(text).replaceAll('|', '\\|');
}
