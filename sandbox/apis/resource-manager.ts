import type { FastifyInstance } from 'fastify';
import { requireProject, type Context } from './context';
import { notFound } from '../protocol/errors';
import { camelCase } from '../protocol/fields';
import { orderByValue } from '../protocol/comparison';
import { readerOf } from '../protocol/field-path';
import { parseFilter } from '../protocol/filter';
import { page, type ListQuery } from '../protocol/paging';
import { POLICY_VERBS, policyMethod } from './iam-policy';
import { splitVerb } from '../protocol/verbs';

/** Projects, at v1 and v3. Source: https://cloud.google.com/resource-manager/reference/rest */
export function resourceManager(app: FastifyInstance, context: Context): void {
  const { world } = context;

  app.get<{ Querystring: ListQuery & { filter?: unknown } }>('/v1/projects', ({ query }) =>
    page('projects', matching(query.filter, showV1()), query),
  );

  app.get<{ Querystring: ListQuery & { query?: unknown } }>('/v3/projects:search', ({ query }) =>
    page('projects', matching(query.query, showV3()), query),
  );

  app.get('/v1/projects/:project', showV1);

  app.get('/v3/projects/:project', showV3);

  for (const version of ['v1', 'v3']) {
    app.post<{ Params: { resource: string } }>(
      `/${version}/projects/:resource`,
      ({ params, body }) => {
        const [project, verb] = splitVerb(params.resource, POLICY_VERBS);
        if (verb === undefined) throw notFound('The method');
        requireProject(context, project);
        return policyMethod(verb, body, world.projectPolicy, (policy) => {
          world.projectPolicy = policy;
        });
      },
    );
  }

  function showV1(): object {
    const { projectId, projectNumber, createTime } = world.project;
    return { projectId, projectNumber, name: projectId, lifecycleState: 'ACTIVE', createTime };
  }

  function showV3(): object {
    const { projectId, projectNumber, createTime } = world.project;
    const name = `projects/${projectNumber}`;
    return { name, projectId, displayName: projectId, state: 'ACTIVE', createTime };
  }

  /** The project, if a filter such as `lifecycleState:ACTIVE` includes it; `id` means the project's ID. */
  function matching(filter: unknown, project: object): [string, object][] {
    const item = { ...project, id: world.project.projectId };
    const included = parseFilter(typeof filter === 'string' ? filter : '', {
      fieldAt: (path) =>
        Object.hasOwn(item, camelCase(path)) || path.startsWith('labels.')
          ? { read: readerOf(camelCase(path)), orderOf: (operand) => orderByValue(operand, true) }
          : undefined,
    })(item);
    return included ? [[world.project.projectId, project]] : [];
  }
}
