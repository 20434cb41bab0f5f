import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Context } from '../context';
import { Failed } from '../errors';
import { note } from '../terminal';
import { runChild } from './child';
import { terraform, terraformChild, type Stack } from './stack';

export type Action = 'create' | 'update' | 'replace' | 'delete' | 'import';

/** A resource that a plan changes. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Whether it is imported, too; `action` tells what else is done to it. */
  readonly imported: boolean;
}

/** A plan that can be applied as it is, until the function that was given it returns. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Whether there is anything to apply, outputs of the stack included. */
  readonly isEmpty: boolean;
  apply(): Promise<void>;
}

/** The parts of `terraform show -json` of a plan that are read. */
interface PlanJson {
  readonly errored?: boolean;
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode?: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly importing?: object };
  }[];
}

/** Plans a stack with terraform's own options, and hands the plan to `use`. */
export async function withPlan<T>(
  context: Context,
  stack: Stack,
  options: readonly string[],
  use: (plan: Plan) => Promise<T>,
): Promise<T> {
  // A plan may hold a bearer token: mkdtemp makes folders that only this user can read.
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'validibot-plan-'));
  const file = path.join(scratch, 'plan');
  try {
    note(context.terminal, `Planning ${stack.name} …`);
    const args = ['plan', '-input=false', '-no-color', '-detailed-exitcode', `-out=${file}`];
    const ended = await runChild(terraformChild(context, stack, [...args, ...options]));
    // 0: nothing to do; 2: something to do.
    if (ended.status !== 0 && ended.status !== 2) {
      throw new Failed(
        `terraform plan failed, so nothing was changed:\n${ended.stderr.trim()}`,
        `just gcp-scheduler-doctor ${stack.stage}`,
      );
    }
    const isEmpty = ended.status === 0;
    const changes = isEmpty ? [] : await readChanges(context, stack, file);
    return await use({ changes, isEmpty, apply: () => apply(context, stack, file) });
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function readChanges(context: Context, stack: Stack, file: string): Promise<Change[]> {
  const { stdout } = await terraform(context, stack, 'show', '-json', file);
  return changesOf(JSON.parse(stdout) as PlanJson);
}

/** What a plan changes, reading of data aside. */
export function changesOf({ resource_changes: resources = [] }: PlanJson): Change[] {
  return resources.flatMap(({ address, type, mode, change }) => {
    const imported = change.importing !== undefined;
    const action = actionOf(change.actions) ?? (imported ? 'import' : undefined);
    if (mode === 'data' || action === undefined) return [];
    return [{ address, type, action, imported }];
  });
}

function actionOf(actions: readonly string[]): Action | undefined {
  const [first, second] = actions;
  if (second !== undefined) return 'replace';
  switch (first) {
    case 'create':
    case 'update':
    case 'delete':
      return first;
    // Out of the state without being destroyed; this project plans none.
    case 'forget':
      return 'delete';
    default:
      return undefined;
  }
}

async function apply(context: Context, stack: Stack, file: string): Promise<void> {
  const args = ['apply', '-input=false', '-no-color', file];
  const ended = await runChild(
    terraformChild(context, stack, args, (line) => {
      noteProgress(context, line);
    }),
  );
  if (ended.status === 0) return;
  throw new Failed(
    'terraform apply failed. What was applied stays; the same command again completes it.\n' +
      ended.stderr.trim(),
  );
}

/** Passes on the lines that tell what terraform does to a resource. */
function noteProgress({ terminal }: Context, line: string): void {
  const progress = /(?:^|\s)(google_[\w.-]+: (?:Creat|Modif|Destr|Destruction|Import)[^[]*)/.exec(
    line,
  );
  if (progress?.[1] !== undefined) note(terminal, `  ${progress[1].trim()}`);
}
