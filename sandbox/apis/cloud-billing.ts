import type { FastifyInstance } from 'fastify';
import { requireProject, type Context } from './context';

const config = { api: 'cloudbilling.googleapis.com' } as const;

/** The project's billing account: none. Terraform's `google_project` asks for it. Source: https://cloud.google.com/billing/docs/reference/rest */
export function cloudBilling(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { project: string } }>(
    '/v1/projects/:project/billingInfo',
    { config },
    ({ params }) => {
      requireProject(context, params.project);
      const { projectId } = context.world.project;
      return {
        name: `projects/${projectId}/billingInfo`,
        projectId,
        billingAccountName: '',
        billingEnabled: false,
      };
    },
  );
}
