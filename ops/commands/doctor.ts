import { STAGES_HELP, type AddCommand } from '../command-line';
import { groupBy } from '../../lib/group-by';
import { styled, table, type Style, type Text } from '../../lib/text/text';
import { visible } from '../../lib/text/visible';
import { checkAll, checkInJson, takeSnapshots, type StageResult } from '../checks';
import { groupFindings, type Group } from '../checks/groups';
import type { Context, ExitStatus } from '../context';
import { renderFix } from '../fixes/render';
import { readStages } from '../jobs/table';
import { withQuietProgress } from '../progress';
import { print, printJson } from '../terminal';

export function define(add: AddCommand): void {
  add(
    'doctor',
    'Find what keeps jobs from running, and how to fix it; changes nothing',
    doctor,
  ).argument('[stage]', STAGES_HELP);
}

interface DoctorArguments {
  /** @default - all stages */
  readonly stage?: string;
}

/** Checks everything that the jobs of the stages need to run. */
async function doctor(context: Context, args: DoctorArguments): Promise<ExitStatus> {
  const stages = readStages(args.stage);
  const snapshots = await withQuietProgress(context.terminal, 'Reading from Google Cloud …', () =>
    takeSnapshots(context, stages),
  );
  const results = checkAll(snapshots);
  const groups = groupFindings(results);
  const failures = groups.filter(({ status }) => status === 'failure').length;
  if (context.json) {
    printJson(context.terminal, {
      ...(args.stage === undefined ? { stages } : { stage: args.stage }),
      ok: failures === 0,
      findings: results.map(checkInJson),
    });
  } else {
    print(context.terminal, describe(results, groups));
    const warnings = groups.length - failures;
    print(
      context.terminal,
      `${stages.join(', ')}: ${count(failures, 'failure')}, ${count(warnings, 'warning')}.${describeWaits(results)}`,
    );
  }
  return failures === 0 ? 0 : 1;
}

/** A table of all checks; below it each problem once, with its cause and fix. */
function describe(results: readonly StageResult[], groups: readonly Group[]): Text {
  const checks = [...new Set(results.map(({ check }) => check))];
  const rows = checks.flatMap((check) =>
    rowsOf(
      check,
      results.filter((result) => result.check === check),
    ),
  );
  return [
    table(
      ['', 'check', ''],
      rows.map(([status = '', ...rest]) => [styled(COLORS[status] ?? 'bold', status), ...rest]),
      2,
    ),
    ...groups.map(describeGroup),
  ];
}

const COLORS: Readonly<Record<string, Style>> = {
  ok: 'green',
  warning: 'yellow',
  failure: 'red',
};

/** What differs between the members is said of each, the rest once. */
function describeGroup({ status, check, members, explains }: Group): Text {
  const subjects = (of: readonly StageResult[]): string =>
    of.map(({ subject }) => visible(subject)).join(', ');
  const sameCauseAndFix = groupBy(
    members,
    ({ cause, fix }) => `${cause}\n${fix && renderFix(fix)}`,
  );
  const parts = [...sameCauseAndFix.values()].map((part) => {
    const [{ cause, fix }] = part;
    return {
      subjects: subjects(part),
      cause: visible(cause),
      fix: fix === undefined ? undefined : `Fix: ${renderFix(fix)}`,
    };
  });
  const fixes = new Set(parts.map(({ fix }) => fix));
  const [only] = fixes.size === 1 ? fixes : [];
  const lines = parts.flatMap((part) => [
    ...(parts.length === 1 ? [part.cause] : [`${part.subjects}: ${part.cause}`]),
    ...(fixes.size > 1 && part.fix !== undefined ? [part.fix] : []),
  ]);
  const explained = [...new Set(explains.map((each) => each.check))].map(
    (each) => `${each} of ${subjects(explains.filter((other) => other.check === each))}`,
  );
  const all = [
    ...lines,
    ...(only === undefined ? [] : [only]),
    ...(explained.length === 0 ? [] : [`It explains: ${explained.join('; ')}`]),
  ];
  const head = parts.length === 1 ? subjects(members) : `${members.length} findings`;
  return [
    '\n\n',
    styled(COLORS[status] ?? 'bold', status),
    ` ${check}: ${head}`,
    all.map((line) => `\n${line.replace(/^/gm, '  ')}`).join(''),
  ];
}

/** One row for a check, or one for each of its subjects if all are ok for different reasons. */
function rowsOf(check: string, results: readonly StageResult[]): string[][] {
  const bad = results.filter(({ status }) => status !== 'ok');
  if (bad.length > 0) {
    const isFailure = bad.some(({ status }) => status === 'failure');
    const status = isFailure ? 'failure' : 'warning';
    return [[status, check, `${bad.length} of ${results.length}, see below`]];
  }
  const causes = new Set(results.map(({ cause }) => cause));
  if (causes.size === 1 && results.length > 1) {
    return [['ok', check, `all ${results.length}: ${[...causes].join()}`]];
  }
  return results.map(({ subject, cause }) => ['ok', check, `${subject}: ${cause}`]);
}

/** Of jobs that have not been due yet, when the first of them is. */
function describeWaits(results: readonly StageResult[]): string {
  const waits = results.flatMap(({ status, fix }) => (status === 'ok' && fix ? [fix] : []));
  if (waits.length === 0) return '';
  const [first = ''] = waits.map(renderFix).sort();
  return ` ${count(waits.length, 'job')} not due yet: ${first}.`;
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number || 'no'} ${what}s`;
}
