import { STAGE_HELP, type CommandLine, type CommonOptions } from '../command-line';
import { styled, table, type Style, type Text } from '../../lib/text/text';
import { visible } from '../../lib/text/visible';
import { checkAll, checkInJson, takeSnapshot, type CheckResult } from '../checks';
import type { Context, ExitStatus } from '../context';
import { withFix } from '../errors';
import { readStage } from '../jobs/table';
import { print, printJson } from '../terminal';

export function define({ add, run }: CommandLine): void {
  add('doctor', "Find what keeps a stage's jobs from running; changes nothing")
    .argument('<stage>', STAGE_HELP)
    .action((stage: string, options: CommonOptions) =>
      run(options, (context) => doctor(context, { stage })),
    );
}

export interface DoctorArguments {
  readonly stage: string;
}

/** Checks everything that a stage's jobs need to run. */
export async function doctor(context: Context, args: DoctorArguments): Promise<ExitStatus> {
  const stage = readStage(args.stage);
  const findings = checkAll(await takeSnapshot(context, stage), context.settings);
  const failures = findings.filter(({ status }) => status === 'failure').length;
  if (context.json) {
    printJson(context.terminal, { stage, ok: failures === 0, findings: findings.map(checkInJson) });
  } else {
    print(context.terminal, describe(findings));
    const warnings = findings.filter(({ status }) => status === 'warning').length;
    print(
      context.terminal,
      `${stage}: ${count(failures, 'failure')}, ${count(warnings, 'warning')}.`,
    );
  }
  return failures === 0 ? 0 : 1;
}

/** A table of all checks; below it each problem with its cause and fix. */
function describe(findings: readonly CheckResult[]): Text {
  const checks = [...new Set(findings.map(({ check }) => check))];
  const rows = checks.flatMap((check) =>
    rowsOf(
      check,
      findings.filter((finding) => finding.check === check),
    ),
  );
  const problems = findings.filter(({ status }) => status !== 'ok').map(describeProblem);
  return [
    table(
      ['', 'check', ''],
      rows.map(([status = '', ...rest]) => [styled(COLORS[status] ?? 'bold', status), ...rest]),
      2,
    ),
    ...problems.map((problem) => ['\n', problem]),
  ];
}

const COLORS: Readonly<Record<string, Style>> = {
  ok: 'green',
  warning: 'yellow',
  failure: 'red',
};

function describeProblem({ status, check, subject, cause, fix }: CheckResult): Text {
  const shown = visible(cause);
  const text = fix === undefined ? shown : withFix(shown, fix);
  return [
    '\n',
    styled(COLORS[status] ?? 'bold', status),
    ` ${check}: ${visible(subject)}\n${text.replace(/^/gm, '  ')}`,
  ];
}

/** One row for a check, or one for each of its subjects if all are ok for different reasons. */
function rowsOf(check: string, found: readonly CheckResult[]): string[][] {
  const bad = found.filter(({ status }) => status !== 'ok');
  if (bad.length > 0) {
    const isFailure = bad.some(({ status }) => status === 'failure');
    const status = isFailure ? 'failure' : 'warning';
    return [[status, check, `${bad.length} of ${found.length}, see below`]];
  }
  const causes = new Set(found.map(({ cause }) => cause));
  if (causes.size === 1 && found.length > 1) {
    return [['ok', check, `all ${found.length}: ${[...causes].join()}`]];
  }
  return found.map(({ subject, cause }) => ['ok', check, `${subject}: ${cause}`]);
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number || 'no'} ${what}s`;
}
