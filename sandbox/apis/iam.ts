import type { FastifyInstance } from 'fastify';
import { accountEmail } from '@scheduled-jobs/constructs/core/google-names';
import { createAccount, deleteAccount, type ServiceAccount } from '../world/account';
import { nameOf, requireProject, type Context } from './context';
import { POLICY_VERBS, storedPolicyMethod } from './iam-policy';
import { ApiError, invalidArgument, notFound } from '../protocol/errors';
import { readMessage, type Fields } from '../protocol/fields';
import { page, sortedEntries, type ListQuery } from '../protocol/paging';
import { applyPatch, readUpdate, type MaskQuery } from '../protocol/update-mask';
import { splitVerb } from '../protocol/verbs';

interface AccountParams {
  owner: string;
  account: string;
}

const ACCOUNT_FIELDS: Fields = {
  displayName: 'string',
  description: 'string',
  name: 'string',
  email: 'string',
  etag: 'string',
  projectId: 'output',
  uniqueId: 'output',
  oauth2ClientId: 'output',
  disabled: 'output',
};

/** What a user can change of an account. */
interface Details {
  readonly displayName?: string;
  readonly description?: string;
}

/** Service accounts. Source: https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts */
export function iam(app: FastifyInstance, context: Context): void {
  const { world } = context;
  const accounts = '/v1/projects/:project/serviceAccounts';
  // A hyphen stands for the account's project, whichever it is.
  const one = '/v1/projects/:owner/serviceAccounts/:account';

  app.get<{ Querystring: ListQuery }>(accounts, ({ query }) => {
    const all = sortedEntries(world.accounts).map(([key, item]) => [key, show(item)] as const);
    return page('accounts', all, query);
  });

  app.post(accounts, ({ body }) => {
    const given = readMessage(
      { accountId: 'string', serviceAccount: { message: ACCOUNT_FIELDS } },
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
    const { displayName = '', description = '' } = (given.serviceAccount ?? {}) as Details;
    return show(Object.assign(createAccount(world, email, displayName), { description }));
  });

  app.patch<{ Params: AccountParams; Querystring: MaskQuery }>(one, ({ params, query, body }) => {
    const account = find(params);
    const { patch, mask } = readUpdate('serviceAccount', ACCOUNT_FIELDS, body, query);
    const fields = { displayName: 'string', description: 'string' } as const;
    const { displayName = '', description = '' }: Details = applyPatch(
      fields,
      { displayName: account.displayName, description: account.description },
      Object.fromEntries(Object.entries(patch).filter(([name]) => name in fields)),
      mask,
    );
    Object.assign(account, { displayName, description });
    // The live API returns only these.
    const name = fullName(account);
    return { name, ...(displayName && { displayName }), ...(description && { description }) };
  });

  app.get<{ Params: AccountParams }>(one, ({ params }) => show(find(params)));

  app.delete<{ Params: AccountParams }>(one, ({ params }) => {
    const account = find(params);
    world.policies.delete(fullName(account));
    deleteAccount(world, account);
    return {};
  });

  app.post<{ Params: AccountParams }>(one, ({ params, body }) => {
    const [email, verb] = splitVerb(params.account, ['enable', 'disable', ...POLICY_VERBS]);
    if (verb === undefined) throw notFound('The method');
    const account = find({ ...params, account: email });
    if (verb !== 'enable' && verb !== 'disable') {
      return storedPolicyMethod(context, fullName(account), verb, body);
    }
    account.disabled = verb === 'disable';
    return {};
  });

  function find({ owner, account: key }: AccountParams): ServiceAccount {
    if (owner !== '-') requireProject(context, owner);
    const account =
      world.accounts.get(key) ?? [...world.accounts.values()].find((one) => one.uniqueId === key);
    if (account === undefined) {
      throw notFound(`Service account projects/${owner}/serviceAccounts/${key}`);
    }
    return account;
  }

  function fullName({ email }: ServiceAccount): string {
    return nameOf(context, 'serviceAccounts', email);
  }

  function show(account: ServiceAccount): object {
    const { email, uniqueId, displayName, description, disabled } = account;
    return {
      name: fullName(account),
      projectId: world.project.projectId,
      uniqueId,
      email,
      ...(displayName !== '' && { displayName }),
      ...(description !== '' && { description }),
      etag: 'MDEwMjE5MjA=',
      oauth2ClientId: uniqueId,
      ...(disabled && { disabled }),
    };
  }
}
