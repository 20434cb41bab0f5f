import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** A stack's folder, and the environment that terraform runs with there. */
export interface Place {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Next to what `terraform init` writes, so that both are deleted together. */
const RECORD = 'initialized-for';

/** What `terraform init` reads from the environment. */
const VARIABLES =
  /^(TF_CLI_ARGS(_init)?|TF_CLI_CONFIG_FILE|TF_DATA_DIR|TF_PLUGIN_CACHE_DIR|TF_WORKSPACE|TERRAFORM_BINARY_NAME|TERRAFORM_CONFIG|HOME)$/;

/**
 * Whether the last recorded `terraform init` is still valid: nothing that it depends on has changed.
 * If this is wrong, terraform reports it when it plans.
 */
export function isInitialized(place: Place): boolean {
  const file = path.join(dataFolder(place), RECORD);
  return readIfThere(file) === fingerprint(place);
}

export function rememberInitialized(place: Place): void {
  fs.writeFileSync(path.join(dataFolder(place), RECORD), fingerprint(place));
}

/** A hash of the backend, the providers, the lock file, what `init` created, and its settings. */
function fingerprint(place: Place): string {
  const { folder, env } = place;
  const configuration = readIfThere(path.join(folder, 'cdk.tf.json')) ?? '{}';
  const { terraform } = JSON.parse(configuration) as { terraform?: unknown };
  const variables = Object.entries(env).filter(([name]) => VARIABLES.test(name));
  const inputs = [
    terraform,
    readIfThere(path.join(folder, '.terraform.lock.hcl')),
    readIfThere(path.join(dataFolder(place), 'terraform.tfstate')),
    fs.existsSync(path.join(dataFolder(place), 'providers')),
    variables.sort(([a], [b]) => a.localeCompare(b, 'en')),
  ];
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}

function dataFolder({ folder, env }: Place): string {
  return path.resolve(folder, env.TF_DATA_DIR || '.terraform');
}

function readIfThere(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}
