import type { Client } from './client';
import type { Policy } from './policy';

export interface Project {
  readonly projectId: string;
  readonly projectNumber: string;
  readonly lifecycleState?: string;
}

export function getProject(client: Client, project: string): Promise<Project> {
  return client.call<Project>({
    api: 'cloudresourcemanager',
    method: 'GET',
    path: `projects/${project}`,
  });
}

/** The grants on the project itself. */
export function getProjectPolicy(client: Client, project: string): Promise<Policy> {
  return client.call<Policy>({
    api: 'cloudresourcemanager',
    method: 'POST',
    path: `projects/${project}:getIamPolicy`,
    body: {},
    idempotent: true,
  });
}
