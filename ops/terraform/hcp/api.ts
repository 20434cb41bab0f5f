import fs from 'node:fs';
import { parseJson } from '../../../lib/json';
import type { Process } from '../../context';
import { Failed, Interrupted, messageOf } from '../../errors';
import { proxyFor } from '../../google/proxy';
import { backoff, TRANSIENT } from '../../google/retry';
import { send, type HttpResponse } from '../../google/transport';
import { signIn, tokenFor } from './credentials';
import { manual } from '../../fixes/fix';

/** A response of HCP Terraform or Terraform Enterprise. */
export type Reply =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Nothing yet, or an action was accepted. */
  | { readonly kind: 'empty' }
  /** It does not exist, or the token may not read it. */
  | { readonly kind: 'missing' }
  /** The current state does not allow the action. */
  | { readonly kind: 'conflict' };

/** The API of a host, called with the token that terraform itself would use. */
export interface HcpApi {
  readonly host: string;
  get(resource: string, signal?: AbortSignal): Promise<Reply>;
  post(resource: string): Promise<Reply>;
}

/** Includes the first attempt; the same number as terraform's. */
const MAX_ATTEMPTS = 10;
const MAX_REDIRECTS = 5;
const TIMEOUT_MILLISECONDS = 30_000;
const DEFAULT_RETRY_DELAY = 200;

/**
 * The API of a host.
 *
 * @throws Failed if there is no token for it
 *
 * Source: https://developer.hashicorp.com/terraform/cloud-docs/api-docs
 */
export function hcpApi(
  { env, retryDelay = DEFAULT_RETRY_DELAY }: Pick<Process, 'env' | 'retryDelay'>,
  host: string,
): HcpApi {
  const token = tokenFor(host, env);
  let trusted: Promise<readonly string[] | undefined> | undefined;

  /** One attempt, including redirects; the token is sent only to the host itself. */
  async function attempt(
    method: 'GET' | 'POST',
    url: URL,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const { origin } = url;
    const ca = await (trusted ??= certificates(env));
    let target = url;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
      const headers = {
        accept: 'application/vnd.api+json, application/json',
        ...(method === 'POST' && { 'content-type': 'application/vnd.api+json' }),
        ...(target.origin === origin && { authorization: `Bearer ${token}` }),
      };
      const proxy = proxyFor(target, env);
      const answer = await send(target, { method, headers, body: undefined, signal, ca, proxy });
      if (![301, 302, 303, 307, 308].includes(answer.status)) return answer;
      target = new URL(answer.location ?? '', target);
      if (target.protocol !== 'https:')
        throw new Failed(`${host} redirects to a URL that is not https.`);
    }
    throw new Failed(`${host} redirects too many times.`);
  }

  async function call(
    method: 'GET' | 'POST',
    resource: string,
    interrupted: AbortSignal,
  ): Promise<Reply> {
    const url = new URL(`https://${host}/api/v2/${resource}`);
    const endIfInterrupted = (): void => {
      if (interrupted.aborted) throw new Interrupted();
    };
    for (let attempts = 1; ; attempts += 1) {
      endIfInterrupted();
      let wait: number | undefined;
      try {
        const deadline = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
        const answer = await attempt(method, url, AbortSignal.any([interrupted, deadline]));
        const isTransient = answer.status === 429 || answer.status >= 500;
        if (!isTransient || attempts === MAX_ATTEMPTS) return replyOf(answer, resource);
        wait = answer.retryAfter;
      } catch (error) {
        if (error instanceof Failed) throw error;
        endIfInterrupted();
        if (!isTransientError(error) || attempts === MAX_ATTEMPTS) throw unreachable(host, error);
      }
      await backoff(attempts, retryDelay, wait, interrupted);
    }
  }

  function replyOf({ status, text }: HttpResponse, resource: string): Reply {
    if (status === 401) throw new Failed(`${host} rejects the token.`, signIn(host, env));
    if (status === 403 || status === 404) return { kind: 'missing' };
    if (status === 409) return { kind: 'conflict' };
    if (status < 200 || status >= 300) {
      throw new Failed(`${host} returned ${status} for ${resource}.`);
    }
    if (text.trim() === '') return { kind: 'empty' };
    const value = parseJson(text);
    if (value === undefined) throw new Failed(`${host} returned invalid JSON for ${resource}.`);
    return { kind: 'json', value };
  }

  const never = new AbortController().signal;
  return {
    host,
    get: (resource, signal = never) => call('GET', resource, signal),
    post: (resource) => call('POST', resource, never),
  };
}

/**
 * The certificate authorities to trust if SSL_CERT_FILE is set: terraform reads it, Node does not.
 * Otherwise Node's own rules apply, NODE_EXTRA_CA_CERTS included.
 */
async function certificates(env: NodeJS.ProcessEnv): Promise<readonly string[] | undefined> {
  const { SSL_CERT_FILE: own, NODE_EXTRA_CA_CERTS: extra } = env;
  if (!own) return undefined;
  // Imported only when needed, like `https`.
  const { rootCertificates } = await import('node:tls');
  const named = [own, ...(extra ? [extra] : [])].filter((file) => fs.existsSync(file));
  return [...rootCertificates, ...named.map((file) => fs.readFileSync(file, 'utf8'))];
}

function isTransientError(error: unknown): boolean {
  return [...TRANSIENT, 'ETIMEDOUT'].includes(codeOf(error));
}

const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** How to trust an authority that neither terraform nor Node trusts by default. */
export const TRUST = manual(
  "set NODE_EXTRA_CA_CERTS to the file with the authority's certificate, and also SSL_CERT_FILE, " +
    'which terraform reads on Linux',
);

function unreachable(host: string, error: unknown): Failed {
  if (UNTRUSTED.includes(codeOf(error))) {
    return new Failed(`The certificate of ${host} is not trusted: ${messageOf(error)}.`, TRUST);
  }
  const { name } = error as Error;
  const reason =
    name === 'TimeoutError'
      ? `no answer within ${TIMEOUT_MILLISECONDS / 1000} s`
      : messageOf(error);
  return new Failed(`${host} cannot be reached: ${reason}.`);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
