import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** A stack's folder, and the environment that terraform runs with there. */
export interface Place {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Beside what `terraform init` writes, so that it goes when that goes. */
const MARK = 'initialized-for';

/** What `terraform init` reads from the environment. */
const VARIABLES =
  /^(TF_CLI_ARGS(_init)?|TF_CLI_CONFIG_FILE|TF_DATA_DIR|TF_PLUGIN_CACHE_DIR|TF_WORKSPACE|TERRAFORM_BINARY_NAME|TERRAFORM_CONFIG|HOME)$/;

/**
 * Whether the last `terraform init` that was remembered still holds: nothing has changed since that
 * it depends on. Should that be wrong, terraform says so when it plans.
 */
export function isInitialized(place: Place): boolean {
  const file = path.join(dataFolder(place), MARK);
  return readIfThere(file) === fingerprint(place);
}

export function rememberInitialized(place: Place): void {
  fs.writeFileSync(path.join(dataFolder(place), MARK), fingerprint(place));
}

/** The backend, the providers, the lock file, what `init` made of them, and its settings. */
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
