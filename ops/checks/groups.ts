import { groupBy } from '../../lib/group-by';
import { renderFix } from '../fixes/render';
import type { CheckResult } from './check-result';
import type { StageResult } from '.';

/** Findings of one kind, which are fixed in one way, and those that they explain. */
export interface Group {
  readonly status: 'warning' | 'failure';
  readonly check: string;
  readonly members: readonly [StageResult, ...StageResult[]];
  /** Findings that go away, or can be fixed, once these are fixed. */
  readonly explains: readonly StageResult[];
}

/** Groups findings by what is wrong: failures first, then as they are best fixed. */
export function groupFindings(results: readonly StageResult[]): Group[] {
  const findings = results.filter(({ status }) => status !== 'ok');
  const roots = findings.filter((each) => rootOf(each, findings) === each);
  return [...groupBy(roots, keyOf).values()]
    .map((members) => {
      const explains = findings.filter(
        (each) => !members.includes(each) && members.includes(rootOf(each, findings)),
      );
      const isFailure = [...members, ...explains].some(({ status }) => status === 'failure');
      const status = isFailure ? ('failure' as const) : ('warning' as const);
      return { status, check: members[0].check, members, explains };
    })
    .sort((a, b) => Number(a.status === 'warning') - Number(b.status === 'warning'));
}

/** What cannot be read for one reason is one finding, whichever checks need it. */
function keyOf({ finding, cause, fix }: StageResult): string {
  return finding === 'unreadable' ? `${cause} ${fix && renderFix(fix)}` : String(finding);
}

/** The finding at the end of a chain of causes; it may itself not be among the findings any more. */
function rootOf(result: StageResult, findings: readonly StageResult[]): StageResult {
  const { causedBy } = result;
  const cause = causedBy && findings.find((each) => isSame(each, causedBy) && each !== result);
  return cause === undefined ? result : rootOf(cause, findings);
}

function isSame(a: Pick<CheckResult, 'check' | 'subject'>, b: typeof a): boolean {
  return a.check === b.check && a.subject === b.subject;
}
