import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';

/** A `terraform` that logs its arguments, and answers with the files next to it. */
const SCRIPT = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >>"$here/log"
case "$1" in
  init) mkdir -p .terraform ;;
  state) cat "$here/state" ;;
  show) cat "$here/plan" ;;
  plan)
    for arg in "$@"; do case "$arg" in -out=*) echo plan >"\${arg#-out=}" ;; esac; done
    cat "$here/errors" >&2
    exit "$(cat "$here/status")" ;;
esac
`;

export interface StubTerraform {
  /** For the environment of a command. */
  readonly variables: NodeJS.ProcessEnv;
  /** The commands that it received: `plan -input=false …`. */
  readonly asked: () => string[];
  /** Whether it was told to apply anything. */
  readonly hasApplied: () => boolean;
  /** Changes what it answers from now on. */
  readonly answer: (answers: Answers) => void;
}

export interface Answers {
  /** What `state pull` prints. @default - no state */
  readonly state?: object;
  /** What `show -json` prints. @default - a plan without changes */
  readonly plan?: object;
  /** The status of `plan`. @default - 2, there are changes; 1 with errors */
  readonly status?: number;
  /** What `plan` prints to stderr. */
  readonly errors?: string;
}

export function stubTerraform(first: Answers = {}): StubTerraform {
  const folder = temporaryFolder();
  const binary = path.join(folder, 'terraform');
  const log = path.join(folder, 'log');
  fs.writeFileSync(binary, SCRIPT, { mode: 0o755 });
  fs.writeFileSync(log, '');
  const answer = ({ state, plan = planWith(), errors = '', status }: Answers): void => {
    const files = {
      state: state === undefined ? '' : JSON.stringify(state),
      plan: JSON.stringify(plan),
      errors,
      status: String(status ?? (errors === '' ? 2 : 1)),
    };
    for (const [name, text] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, name), text);
    }
  };
  answer(first);
  const asked = (): string[] => fs.readFileSync(log, 'utf8').split('\n').filter(Boolean);
  return {
    variables: { TERRAFORM_BINARY_NAME: binary, TF_DATA_DIR: '.terraform' },
    asked,
    hasApplied: () => asked().some((command) => command.startsWith('apply')),
    answer,
  };
}

type Attributes = Readonly<Record<string, unknown>>;

/** A state of format 4 with resources by address. */
export function stateWith(
  resources: Readonly<Record<string, Attributes>>,
  outputs: Readonly<Record<string, unknown>> = {},
): object {
  return {
    version: 4,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
    resources: Object.entries(resources).map(([address, attributes]) => {
      const [type, name] = address.split('.');
      return { mode: 'managed', type, name, instances: [{ attributes }] };
    }),
  };
}

/** A plan that does something with each resource; `sides` has more of a change. */
export function planWith(
  actions: Readonly<Record<string, readonly string[]>> = {},
  sides: Attributes = {},
  rest: Attributes = {},
): object {
  return {
    format_version: '1.2',
    resource_changes: Object.entries(actions).map(([address, each]) => ({
      address,
      mode: 'managed',
      type: address.split('.')[0],
      change: { actions: each, before: {}, after: null, ...sides },
    })),
    ...rest,
  };
}
