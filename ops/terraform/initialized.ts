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

/**
 * The google provider of a folder's lock file, and the other one that its configuration pins: terraform
 * then refuses to initialize without `-upgrade`. Undefined if they are the same, or if one is missing.
 */
export function changedProvider({
  folder,
}: Pick<Place, 'folder'>): { readonly locked: string; readonly pinned: string } | undefined {
  const lock = readIfThere(path.join(folder, '.terraform.lock.hcl')) ?? '';
  const locked = LOCKED.exec(lock)?.[1];
  const pinned = terraformBlock(folder)?.required_providers?.google?.version;
  if (locked === undefined || pinned === undefined || locked === pinned) return undefined;
  return { locked, pinned };
}

const LOCKED = /^provider "[^"]+\/hashicorp\/google" \{\s+version\s*=\s*"([^"]+)"/m;

interface TerraformBlock {
  readonly required_providers?: { readonly google?: { readonly version?: string } };
}

function terraformBlock(folder: string): TerraformBlock | undefined {
  const configuration = readIfThere(path.join(folder, 'cdk.tf.json')) ?? '{}';
  return (JSON.parse(configuration) as { terraform?: TerraformBlock }).terraform;
}

/** A hash of the backend, the providers, the lock file, what `init` created, and its settings. */
function fingerprint(place: Place): string {
  const { folder, env } = place;
  const variables = Object.entries(env).filter(([name]) => VARIABLES.test(name));
  const inputs = [
    terraformBlock(folder),
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
