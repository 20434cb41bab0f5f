import type { Client } from './client';

interface Service {
  readonly state?: 'ENABLED' | 'DISABLED';
}

/** Whether an API, such as `run.googleapis.com`, is enabled in a project. */
export async function isEnabled(
  client: Client,
  project: string,
  service: string,
): Promise<boolean> {
  const path = `projects/${project}/services/${service}`;
  const { state } = await client.call<Service>({ api: 'serviceUsage', method: 'GET', path });
  return state === 'ENABLED';
}
