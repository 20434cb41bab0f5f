import { STAGE_HELP, type CommandLine, type CommonOptions } from '../command-line';
import { renderTable } from '../../lib/table';
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
function describe(findings: readonly CheckResult[]): string {
  const checks = [...new Set(findings.map(({ check }) => check))];
  const rows = checks.flatMap((check) =>
    rowsOf(
      check,
      findings.filter((finding) => finding.check === check),
    ),
  );
  const problems = findings.filter(({ status }) => status !== 'ok').map(describeProblem);
  return [renderTable(['', 'check', ''], rows), ...problems].join('\n');
}

function describeProblem({ status, check, subject, cause, fix }: CheckResult): string {
  const text = fix === undefined ? cause : withFix(cause, fix);
  return `\n${status} ${check}: ${subject}\n${text.replace(/^/gm, '  ')}`;
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
