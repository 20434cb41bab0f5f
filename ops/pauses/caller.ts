import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readJson } from '../../lib/json';
import type { Environment } from '../../stages/environment';

/**
 * Who calls, as far as this machine says: the service account of the credentials' file, the account that
 * gcloud is logged in with, otherwise the user. It is a note for colleagues; Cloud Audit Logs prove it.
 */
export function callerOf(env: Environment): string {
  return (
    serviceAccount(env) ||
    env.CLOUDSDK_CORE_ACCOUNT ||
    gcloudAccount(env) ||
    `${os.userInfo().username}@${os.hostname()}`
  );
}

function serviceAccount({ GOOGLE_APPLICATION_CREDENTIALS: file }: Environment): string | undefined {
  const key = file ? (readJson(file) as { client_email?: unknown } | null | undefined) : undefined;
  return typeof key?.client_email === 'string' ? key.client_email : undefined;
}

function gcloudAccount(env: Environment): string | undefined {
  const folder = env.CLOUDSDK_CONFIG || path.join(env.HOME ?? '', '.config', 'gcloud');
  const active =
    env.CLOUDSDK_ACTIVE_CONFIG_NAME || read(path.join(folder, 'active_config')).trim() || 'default';
  const text = read(path.join(folder, 'configurations', `config_${active}`));
  return /^\[core\](?:\n(?!\[).*)*?\naccount *= *(\S+)/m.exec(text)?.[1];
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
