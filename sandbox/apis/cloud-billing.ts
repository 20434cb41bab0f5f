import type { FastifyInstance } from 'fastify';
import { type Context } from './context';

/** The project's billing account: none. Terraform's `google_project` asks for it. Source: https://cloud.google.com/billing/docs/reference/rest */
export function cloudBilling(app: FastifyInstance, context: Context): void {
  app.get('/v1/projects/:project/billingInfo', () => {
    const { projectId } = context.world.project;
    return {
      name: `projects/${projectId}/billingInfo`,
      projectId,
      billingAccountName: '',
      billingEnabled: false,
    };
  });
}
