import { domainToASCII } from 'node:url';
import type { Context } from '../../context';

const DEFAULT_HOST = 'app.terraform.io';

/** The host of the state, as configured, including a port. */
export function hostOf({ settings }: Pick<Context, 'settings'>): string {
  return (settings.state.kind === 'cloud' && settings.state.hostname) || DEFAULT_HOST;
}

/**
 * Normalizes a host for comparison, as terraform does: lower case, punycode, no default port.
 * Undefined if it is not a host.
 *
 * Source: https://github.com/hashicorp/terraform-svchost/blob/v0.1.1/svchost.go
 */
export function comparable(host: string): string | undefined {
  const [, name = '', port] = /^([^:]*)(?::(\d+))?$/.exec(host) ?? [];
  const ascii = domainToASCII(name);
  if (ascii === '') return undefined;
  return port === undefined || Number(port) === 443 ? ascii : `${ascii}:${port}`;
}
