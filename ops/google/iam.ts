import type { Client } from './client';

export interface ServiceAccount {
  readonly email: string;
  readonly disabled?: boolean;
}

export function getServiceAccount(
  client: Client,
  project: string,
  email: string,
): Promise<ServiceAccount> {
  const path = `projects/${project}/serviceAccounts/${email}`;
  return client.call<ServiceAccount>({ api: 'iam', method: 'GET', path });
}
