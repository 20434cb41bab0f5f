import { BlockList, isIP } from 'node:net';
import type { Mistake } from '../../constructs/core/mistake';
import { isLoopback } from '../../constructs/core/uri';
import type { Environment } from '../../stages/environment';

/** The variables that name a proxy; the first one that is set counts, as in curl and gcloud. */
const VARIABLES = {
  'https:': ['https_proxy', 'HTTPS_PROXY'],
  'http:': ['http_proxy', 'HTTP_PROXY'],
} as const;

/**
 * The proxy that a URL is called through, by the rules of Go, and so of Terraform: `HTTPS_PROXY`,
 * `HTTP_PROXY` and `NO_PROXY`, in upper or lower case. This machine is always called directly.
 *
 * Source: https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  if (isLoopback(url.hostname) || /^127\./.test(url.hostname)) return undefined;
  const variables = VARIABLES[url.protocol as keyof typeof VARIABLES];
  const given = variables.map((name) => env[name]).find(Boolean);
  const exceptions = env.no_proxy || env.NO_PROXY || '';
  if (given === undefined || isException(url, exceptions)) return undefined;
  return parse(given);
}

/** Every proxy in the environment that cannot be used. A proxy's password is not shown. */
export function checkProxies(env: Environment): Mistake[] {
  return Object.values(VARIABLES)
    .flat()
    .flatMap((subject) => {
      const given = env[subject];
      if (!given || parse(given) !== undefined) return [];
      const [scheme = ''] = /^[a-z0-9+.-]+:\/\//i.exec(given) ?? [];
      const wrong = 'must be an http or https URL of a proxy';
      return [{ subject, given: `${scheme}…`, wrong, fix: 'write it like http://proxy:3128' }];
    });
}

function parse(given: string): URL | undefined {
  const url = /^[a-z0-9+.-]+:\/\//i.test(given) ? given : `http://${given}`;
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return ['http:', 'https:'].includes(parsed.protocol) ? parsed : undefined;
}

/** Whether `NO_PROXY` excepts a URL: by `*`, a domain with its subdomains, an address, a range, and a port. */
function isException({ hostname, port, protocol }: URL, exceptions: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      if (entry.includes('/')) return isInRange(host, entry);
      if (isIP(entry)) return entry === host;
      const [, name = '', only = ownPort] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
      if (only !== ownPort) return false;
      if (isIP(name)) return name === host;
      const domain = name.replace(/^\*?\./, '');
      return host.endsWith(`.${domain}`) || (domain === name && host === domain);
    });
}

function isInRange(host: string, range: string): boolean {
  const [network = '', prefix = ''] = range.split('/');
  const [family, ofHost] = [isIP(network), isIP(host)];
  const longest = family === 6 ? 128 : 32;
  if (family === 0 || family !== ofHost || !/^\d+$/.test(prefix) || Number(prefix) > longest) {
    return false;
  }
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), type);
  return list.check(host, type);
}
