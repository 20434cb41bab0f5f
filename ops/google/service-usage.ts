import { serviceOf, type Api } from '../../stages/apis';
import type { Client } from './client';

interface Service {
  readonly state?: 'ENABLED' | 'DISABLED';
}

/** Whether an API is enabled in a project. */
export async function isEnabled(client: Client, project: string, api: Api): Promise<boolean> {
  const path = `projects/${project}/services/${serviceOf(api)}`;
  const { state } = await client.call<Service>({ api: 'serviceusage', method: 'GET', path });
  return state === 'ENABLED';
}
