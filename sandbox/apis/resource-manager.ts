import type { FastifyInstance } from 'fastify';
import { requireProject, type Context } from './context';
import { notFound } from '../protocol/errors';
import { setPolicy, showPolicy, testPermissions } from './iam-policy';
import { splitVerb } from '../protocol/verbs';

interface ProjectParams {
  project: string;
}

const config = { api: 'cloudresourcemanager.googleapis.com' } as const;
const VERBS = ['getIamPolicy', 'setIamPolicy', 'testIamPermissions'] as const;

/** Projects, at v1 and v3. Source: https://cloud.google.com/resource-manager/reference/rest */
export function resourceManager(app: FastifyInstance, context: Context): void {
  const { world } = context;

  app.get<{ Params: ProjectParams }>('/v1/projects/:project', { config }, ({ params }) => {
    requireProject(context, params.project);
    const { projectId, projectNumber, createTime } = world.project;
    return {
      projectId,
      projectNumber,
      name: projectId,
      lifecycleState: 'ACTIVE',
      createTime,
    };
  });

  app.get<{ Params: ProjectParams }>('/v3/projects/:project', { config }, ({ params }) => {
    requireProject(context, params.project);
    const { projectId, projectNumber, createTime } = world.project;
    return {
      name: `projects/${projectNumber}`,
      projectId,
      displayName: projectId,
      state: 'ACTIVE',
      createTime,
    };
  });

  for (const version of ['v1', 'v3']) {
    app.post<{ Params: ProjectParams }>(
      `/${version}/projects/:project`,
      { config },
      ({ params, body }) => {
        const [project, verb] = splitVerb(params.project, VERBS);
        if (verb === undefined) throw notFound('The method');
        requireProject(context, project);
        if (verb === 'testIamPermissions') return testPermissions(body);
        if (verb === 'setIamPolicy') world.projectPolicy = setPolicy(world.projectPolicy, body);
        return showPolicy(world.projectPolicy);
      },
    );
  }
}
