import type { FastifyInstance } from 'fastify';
import { accountEmail } from '@scheduled-jobs/constructs/core/google-names';
import { createAccount, deleteAccount, type ServiceAccount } from '../world/world';
import { requireProject, type Context } from './context';
import { ApiError, invalidArgument, notFound } from '../protocol/errors';
import { readMessage } from '../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../protocol/paging';
import { splitVerb } from '../protocol/verbs';

interface AccountParams {
  project: string;
  account: string;
}

const config = { api: 'iam.googleapis.com' } as const;

/** Service accounts. Source: https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts */
export function iam(app: FastifyInstance, context: Context): void {
  const { world } = context;
  const accounts = '/v1/projects/:project/serviceAccounts';

  app.get<{ Params: { project: string }; Querystring: ListQuery }>(
    accounts,
    { config },
    ({ params, query }) => {
      requireProject(context, params.project);
      const all = sortedEntries(world.accounts).map(([key, item]) => [key, show(item)] as const);
      return page('accounts', all, query);
    },
  );

  app.post<{ Params: { project: string } }>(accounts, { config }, ({ params, body }) => {
    requireProject(context, params.project);
    const fields = { displayName: 'string', description: 'string' } as const;
    const given = readMessage(
      { accountId: 'string', serviceAccount: { message: fields } },
      body,
      'request',
    );
    const { accountId } = given;
    if (typeof accountId !== 'string' || !/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(accountId)) {
      throw invalidArgument(
        'accountId must be 6-30 lower-case letters, digits or hyphens, starting with a letter.',
      );
    }
    const email = accountEmail(accountId, world.project.projectId);
    if (world.accounts.has(email)) {
      throw new ApiError('ALREADY_EXISTS', `Service account ${accountId} already exists.`);
    }
    const details = (given.serviceAccount ?? {}) as { displayName?: string };
    return show(createAccount(world, email, details.displayName ?? ''));
  });

  app.get<{ Params: AccountParams }>(`${accounts}/:account`, { config }, ({ params }) =>
    show(find(params)),
  );

  app.delete<{ Params: AccountParams }>(`${accounts}/:account`, { config }, ({ params }) => {
    deleteAccount(world, find(params));
    return {};
  });

  app.post<{ Params: AccountParams }>(`${accounts}/:account`, { config }, ({ params }) => {
    const [email, verb] = splitVerb(params.account, ['enable', 'disable']);
    if (verb === undefined) throw notFound('The method');
    find({ ...params, account: email }).disabled = verb === 'disable';
    return {};
  });

  function find({ project, account: key }: AccountParams): ServiceAccount {
    // A hyphen stands for the account's project, whichever it is.
    if (project !== '-') requireProject(context, project);
    const account =
      world.accounts.get(key) ?? [...world.accounts.values()].find((one) => one.uniqueId === key);
    if (account === undefined) {
      throw notFound(`Service account projects/${project}/serviceAccounts/${key}`);
    }
    return account;
  }

  function show({ email, uniqueId, displayName, disabled }: ServiceAccount): object {
    const { projectId } = world.project;
    return {
      name: `projects/${projectId}/serviceAccounts/${email}`,
      projectId,
      uniqueId,
      email,
      ...(displayName !== '' && { displayName }),
      etag: 'MDEwMjE5MjA=',
      oauth2ClientId: uniqueId,
      ...(disabled && { disabled }),
    };
  }
}
