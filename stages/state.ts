import path from 'node:path';
import type { Mistake } from '../constructs/core/mistake';
import type { Environment } from './environment';

/** Where Terraform keeps the state of each stack. */
export type StateSettings =
  | { readonly kind: 'cloud'; readonly organization: string; readonly hostname?: string }
  | { readonly kind: 'gcs'; readonly bucket: string }
  | { readonly kind: 'local'; readonly directory: string };

const RULES = {
  TF_CLOUD_ORGANIZATION: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
    wrong: 'is not the name of an organization',
    expected: 'letters, digits, _ or -',
    fix: 'use the NAME in its URL, app.terraform.io/app/NAME',
  },
  TF_CLOUD_HOSTNAME: {
    pattern: /^(localhost|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)(:\d+)?$/,
    wrong: 'is not a host name',
    expected: 'a host name without https:// and without a path',
    fix: 'write it like app.terraform.io, or unset it',
  },
  TF_STATE_BUCKET: {
    pattern: /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
    wrong: 'is not the name of a bucket',
    expected: '3-222 lower-case letters, digits, dots, _ or -, without gs://',
    fix: 'run `gcloud storage buckets list` and use a name',
  },
} as const;

/**
 * HCP Terraform with `TF_CLOUD_ORGANIZATION` (and `TF_CLOUD_HOSTNAME`), a bucket with
 * `TF_STATE_BUCKET`, otherwise local files in `TF_STATE_DIR`, by default the project's root.
 *
 * @param root - the project's folder, which a relative `TF_STATE_DIR` is resolved against.
 * @default - the current one
 */
export function readState(
  env: Environment,
  root = '.',
): { settings: StateSettings; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const read = (subject: keyof typeof RULES): string | undefined => {
    const given = env[subject] || undefined;
    const { pattern, ...finding } = RULES[subject];
    if (given !== undefined && !pattern.test(given)) mistakes.push({ subject, given, ...finding });
    return given;
  };
  const organization = read('TF_CLOUD_ORGANIZATION');
  const hostname = read('TF_CLOUD_HOSTNAME');
  const bucket = read('TF_STATE_BUCKET');
  if (organization !== undefined && bucket !== undefined) {
    mistakes.push({
      subject: 'TF_STATE_BUCKET',
      given: bucket,
      wrong: `must not be set together with TF_CLOUD_ORGANIZATION (${JSON.stringify(organization)})`,
      fix: 'unset one of the two',
    });
  }
  if (env.TF_WORKSPACE) {
    mistakes.push({
      subject: 'TF_WORKSPACE',
      given: env.TF_WORKSPACE,
      wrong: 'must not be set, because Terraform would then use another state',
      fix: 'unset it',
    });
  }
  mistakes.push(...checkCliArguments(env));
  return { settings: settingsOf(env, root, organization, hostname, bucket), mistakes };
}

/** With these, terraform would use another state, or plan less or something else than the stack. */
const REFUSED_OPTIONS =
  /(?<=^|\s|['"])--?(?:state|state-out|backup|backend|backend-config|target|target-file|exclude|exclude-file|replace|destroy|refresh|refresh-only|var|var-file)(?=$|\s|=)/;

/** Terraform adds the options in `TF_CLI_ARGS` and `TF_CLI_ARGS_plan` to its commands. */
function checkCliArguments(env: Environment): Mistake[] {
  return Object.entries(env).flatMap(([subject, given = '']) => {
    if (!`${subject}_`.startsWith('TF_CLI_ARGS_')) return [];
    const [option] = REFUSED_OPTIONS.exec(given) ?? [];
    if (option === undefined) return [];
    const wrong =
      'must not be used: Terraform would then use another state, or plan something else';
    // Not its value, which may be a secret.
    return [{ subject, given: option, wrong, fix: 'unset it, or remove the option' }];
  });
}

/** The file that holds a stack's state when it is kept on this machine. */
export function localStateFile(directory: string, name: string): string {
  return path.join(directory, `terraform.${name}.tfstate`);
}

/** Where a stack's state is: a path, a URL of a bucket, or a workspace. */
export function describeStatePlace(state: StateSettings, name: string): string {
  switch (state.kind) {
    case 'cloud':
      return `workspace ${name} of ${state.organization} at ${state.hostname ?? 'app.terraform.io'}`;
    case 'gcs':
      return `gs://${state.bucket}/${name}`;
    case 'local':
      return localStateFile(state.directory, name);
  }
}

function settingsOf(
  env: Environment,
  root: string,
  organization: string | undefined,
  hostname: string | undefined,
  bucket: string | undefined,
): StateSettings {
  if (organization !== undefined) return { kind: 'cloud', organization, hostname };
  if (bucket !== undefined) return { kind: 'gcs', bucket };
  return { kind: 'local', directory: path.resolve(root, env.TF_STATE_DIR || '.') };
}
