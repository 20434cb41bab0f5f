import type { FastifyInstance } from 'fastify';
import { createAccount } from '../world/account';
import { type Context } from './context';

/**
 * Compute Engine, only as far as it names the project's default service account, which exists from then
 * on. Source: https://cloud.google.com/compute/docs/reference/rest/v1/projects/get
 */
export function compute(app: FastifyInstance, context: Context): void {
  const { world } = context;

  app.get('/compute/v1/projects/:project', () => {
    const { projectId, projectNumber, createTime } = world.project;
    const email = `${projectNumber}-compute@developer.gserviceaccount.com`;
    if (!world.accounts.has(email)) {
      createAccount(world, email, 'Compute Engine default service account');
    }
    return {
      kind: 'compute#project',
      id: projectNumber,
      creationTimestamp: createTime,
      name: projectId,
      defaultServiceAccount: email,
    };
  });
}
