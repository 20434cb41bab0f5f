import { domainToASCII } from 'node:url';
import type { Context } from '../../context';

const DEFAULT_HOST = 'app.terraform.io';

/** The host that terraform keeps the state on, as it was set; with the port, where there is one. */
export function hostOf({ settings }: Pick<Context, 'settings'>): string {
  return (settings.state.kind === 'cloud' && settings.state.hostname) || DEFAULT_HOST;
}

/**
 * A host as terraform compares them: lower case, punycode, without the default port. Undefined for
 * what is no host.
 *
 * Source: https://github.com/hashicorp/terraform-svchost/blob/v0.1.1/svchost.go
 */
export function comparable(host: string): string | undefined {
  const [, name = '', port] = /^([^:]*)(?::(\d+))?$/.exec(host) ?? [];
  const ascii = domainToASCII(name);
  if (ascii === '') return undefined;
  return port === undefined || Number(port) === 443 ? ascii : `${ascii}:${port}`;
}
