import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failed, messageOf } from '../../errors';
import { isBody, readHcl, type Body } from './hcl';
import { comparable } from './host';
import { either, manual, run, type Fix } from '../../fixes/fix';

type Environment = NodeJS.ProcessEnv;

/**
 * The token for a host, from the places where terraform looks, in its order: a variable, a
 * `credentials` block or `terraform login`, a credentials helper.
 *
 * @throws Failed if there is none
 *
 * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/command/cliconfig/credentials.go
 */
export function tokenFor(host: string, env: Environment): string {
  const named = comparable(host) ?? host;
  const token = fromVariable(named, env) ?? fromConfiguration(named, env);
  if (token) return token;
  throw new Failed(`No token found for ${host}.`, signIn(host, env));
}

/** How to get a token for a host, where terraform looks for it. */
export function signIn(host: string, env: Environment): Fix {
  // Of `terraform login`, it reads nothing if a variable names the file of its configuration.
  return configurationOf(env)
    ? tokenIn(host, env)
    : either(run('terraform', 'login', host), tokenIn(host, env));
}

function tokenIn(host: string, env: Environment): Fix {
  const variable = variableFor(host);
  if (/^\w+$/.test(variable)) return manual(`set ${variable}`);
  // No shell can set the variable of a host with a port.
  const file = configurationOf(env) ?? '~/.terraformrc';
  return manual(`add to ${file}: credentials "${host}" { token = "TOKEN" }`);
}

const PREFIX = 'TF_TOKEN_';

/** The variable for a host's token, encoded for shells as far as that is possible. */
function variableFor(host: string): string {
  const name = comparable(host) ?? host;
  return `${PREFIX}${name.replaceAll('-', '__').replaceAll('.', '_')}`;
}

function fromVariable(host: string, env: Environment): string | undefined {
  const isForHost = (variable: string): boolean => {
    if (!variable.startsWith(PREFIX)) return false;
    const encoded = variable.slice(PREFIX.length);
    return comparable(encoded.replaceAll('__', '-').replaceAll('_', '.')) === host;
  };
  return Object.entries(env).findLast(([variable]) => isForHost(variable))?.[1];
}

function fromConfiguration(host: string, env: Environment): string | undefined {
  const configuration = readConfiguration(env);
  const credentials = entriesOf(configuration, 'credentials').findLast(
    ([name]) => comparable(name) === host,
  )?.[1];
  if (credentials !== undefined) return stringOrNone(credentials.token);
  const helper = entriesOf(configuration, 'credentials_helper')[0];
  return helper && fromHelper(helper[0], helper[1].args, host, env);
}

/** The files of the CLI configuration in their order; of two entries, the later one wins. */
function readConfiguration(env: Environment): readonly Body[] {
  const named = configurationOf(env);
  // A file from the environment replaces all others, including that of `terraform login`.
  if (named) return read(named);
  const home = homeOf(env);
  return [path.join(home, '.terraformrc'), ...logins(path.join(home, '.terraform.d'))].flatMap(
    read,
  );
}

function configurationOf(env: Environment): string | undefined {
  return env.TF_CLI_CONFIG_FILE || env.TERRAFORM_CONFIG || undefined;
}

function logins(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => /\.tfrc(\.json)?$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

function read(file: string): Body[] {
  if (!fs.existsSync(file)) return [];
  try {
    return [readHcl(fs.readFileSync(file, 'utf8'))];
  } catch (error) {
    throw new Failed(`${file} cannot be read: ${messageOf(error)}.`, manual('correct it'));
  }
}

function entriesOf(configuration: readonly Body[], block: string): (readonly [string, Body])[] {
  return configuration
    .map((body) => body[block])
    .flatMap((blocks) => (isBody(blocks) ? Object.entries(blocks) : []))
    .flatMap(([name, body]) => (isBody(body) ? [[name, body] as const] : []));
}

const HELPER_TIMEOUT_MILLISECONDS = 30_000;

/**
 * Asks a program for the token, as terraform does.
 *
 * Source: https://developer.hashicorp.com/terraform/internals/credentials-helpers
 */
function fromHelper(
  name: string,
  args: unknown,
  host: string,
  env: Environment,
): string | undefined {
  const folder = path.join(homeOf(env), '.terraform.d', 'plugins');
  const command = path.join(folder, `terraform-credentials-${name}`);
  const given = Array.isArray(args) ? args.map(String) : [];
  const { status, stdout, error } = spawnSync(command, [...given, 'get', host], {
    env,
    encoding: 'utf8',
    timeout: HELPER_TIMEOUT_MILLISECONDS,
  });
  if (error !== undefined || status !== 0) {
    const reason = error?.message ?? `status ${status}`;
    throw new Failed(
      `The credentials helper ${command} returned no token for ${host}: ${reason}.`,
      either(manual('run it by hand to see why'), tokenIn(host, env)),
    );
  }
  try {
    return stringOrNone((JSON.parse(stdout) as { token?: unknown }).token);
  } catch {
    throw new Failed(`The credentials helper ${command} returned invalid JSON.`, signIn(host, env));
  }
}

function stringOrNone(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function homeOf(env: Environment): string {
  return env.HOME || os.homedir();
}
