import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failed } from '../errors';

/** A run in HCP Terraform, as the terraform command names it. */
export interface Run {
  /** With the port, where there is one. */
  readonly host: string;
  readonly id: string;
}

/** The run whose address terraform prints when it plans in HCP Terraform. */
export function runIn(output: string): Run | undefined {
  const found = /https:\/\/([^/\s]+)\/app\/[^/\s]+\/[^/\s]+\/runs\/(run-[A-Za-z0-9]+)/.exec(output);
  const [, host, id] = found ?? [];
  return host === undefined || id === undefined ? undefined : { host, id };
}

const TIMEOUT_MILLISECONDS = 30_000;

/**
 * The plan of a run as JSON, without its sensitive values: that much may be read by whoever may
 * plan. The whole plan, which Terraform Enterprise without that form has alone, wants an admin.
 *
 * @param get - how it is asked
 *
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/cloud/backend_show.go
 */
export async function planOfRun(
  run: Run,
  env: NodeJS.ProcessEnv,
  get: Get = fetch,
): Promise<unknown> {
  const api = apiOf(run.host, tokenFor(run.host, env), get);
  const id = await planIdOf(run, api);
  const errored = (await attributesOf(`plans/${id}`, api)).status === 'errored';
  const plan =
    (await api(`plans/${id}/json-output-redacted`)) ?? (await api(`plans/${id}/json-output`));
  // A plan that fails early leaves nothing to read.
  if (plan === undefined && errored) return { format_version: '1.2', errored };
  if (typeof plan !== 'object' || plan === null) {
    throw new Failed(
      `HCP Terraform has no JSON for the plan of ${run.id}, or the token may not read it. ` +
        'To mend it: give the token\'s team the permission "Plan" on the workspace.',
    );
  }
  return { ...plan, errored };
}

export type Get = (url: string, options: RequestInit) => Promise<Response>;

type Api = (resource: string) => Promise<unknown>;

/** GET of a resource; undefined for one that is not there, or hidden from the token. */
function apiOf(host: string, token: string, get: Get): Api {
  return async (resource) => {
    const url = `https://${host}/api/v2/${resource}`;
    const response = await get(url, {
      // A redirect leads to an address of its own authority; fetch drops the token on the way.
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    }).catch((error: unknown) => {
      throw new Failed(`${url} does not answer: ${causeOf(error)}`);
    });
    if (response.status === 404 || response.status === 204) return undefined;
    if (response.status === 401) {
      throw new Failed(`${host} refuses the token. To mend it: ${SIGN_IN}`);
    }
    if (!response.ok) throw new Failed(`${url} answered ${response.status}.`);
    return response.json();
  };
}

async function planIdOf({ id }: Run, api: Api): Promise<string> {
  const run = (await api(`runs/${id}`)) as RunJson | undefined;
  const plan = run?.data?.relationships?.plan?.data?.id;
  if (plan !== undefined) return plan;
  throw new Failed(`HCP Terraform does not show ${id}. To mend it: let the token read it.`);
}

async function attributesOf(resource: string, api: Api): Promise<{ status?: string }> {
  const found = (await api(resource)) as PlanJson | undefined;
  return found?.data?.attributes ?? {};
}

interface RunJson {
  readonly data?: { readonly relationships?: { readonly plan?: { data?: { id?: string } } } };
}

interface PlanJson {
  readonly data?: { readonly attributes?: { readonly status?: string } };
}

const SIGN_IN = 'terraform login, or set TF_TOKEN_app_terraform_io';

/**
 * The token that terraform itself would use: from the variable for the host, else from its login.
 *
 * Source: https://developer.hashicorp.com/terraform/cli/config/config-file#environment-variable-credentials
 */
function tokenFor(host: string, env: NodeJS.ProcessEnv): string {
  const variable = `TF_TOKEN_${host.replaceAll('-', '__').replaceAll('.', '_')}`;
  const token = env[variable] ?? env[`TF_TOKEN_${host}`] ?? loginAt(host, env);
  if (token !== undefined) return token;
  throw new Failed(`There is no token for ${host}. To mend it: ${SIGN_IN}.`);
}

function loginAt(host: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = path.join(env.HOME ?? os.homedir(), '.terraform.d', 'credentials.tfrc.json');
  if (!fs.existsSync(file)) return undefined;
  const logins = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    readonly credentials?: Readonly<Record<string, { readonly token?: string } | undefined>>;
  };
  return logins.credentials?.[host]?.token;
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
