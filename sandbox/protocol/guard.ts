import { permissionDenied, type ApiError } from './errors';

/** The parts of a request that say who sent it. */
export interface Sender {
  readonly headers: {
    readonly host?: string | undefined;
    readonly origin?: string | undefined;
    readonly 'sec-fetch-site'?: string | readonly string[] | undefined;
  };
  readonly socket: { readonly localPort?: number | undefined };
}

/** The names of this machine in URLs. */
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * The error for a request that a web page may have sent: the sandbox serves commands, and a page that
 * someone has open must not be able to steer it. `Host` must be a name of this machine with the server's
 * port: otherwise a page whose own name resolves to this machine (DNS rebinding) is not foreign to the
 * browser. `Origin`, which browsers add to what could change something, must be the server's own, and so
 * must `Sec-Fetch-Site`, for requests that browsers send without `Origin`.
 *
 * @param allowedHosts - more names by which the servers may be called: `sandbox`, `localhost:9000`
 * @returns undefined if the request is accepted
 */
export function refusalOf(
  { headers, socket }: Sender,
  allowedHosts: readonly string[] = [],
): ApiError | undefined {
  const port = socket.localPort ?? 0;
  const hosts = [...LOOPBACK_NAMES, ...allowedHosts].flatMap((name) => withPort(name, port));
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
  if (!hosts.includes(host.toLowerCase())) {
    return permissionDenied(
      `The sandbox does not answer requests for host ${JSON.stringify(host)}. Fix: call it at ` +
        `http://127.0.0.1:${port}, or start it with --allow-host NAME to be called by that name too.`,
    );
  }
  const isOwn = origin === undefined || hosts.some((each) => origin === `http://${each}`);
  if (isOwn && ['none', 'same-origin'].includes(String(site))) return undefined;
  return permissionDenied(
    `The sandbox does not answer web pages of another origin (${JSON.stringify(origin ?? site)}). Fix: call ` +
      'it from a command, or from a server.',
  );
}

/** A host as the header has it; the default port is left out there. */
function withPort(name: string, port: number): string[] {
  const host = name.toLowerCase();
  if (/:\d+$/.test(host)) return [host];
  return port === 80 ? [host, `${host}:80`] : [`${host}:${port}`];
}
