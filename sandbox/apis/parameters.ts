import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidArgument } from '../protocol/errors';
import { camelCase } from '../protocol/fields';
import { findMethod, withEnumNumbers } from '../protocol/discovery/discovery';
import { selectFields } from '../protocol/partial-response';

/** Parameters of every method. Source: `parameters` of Google's discovery documents. */
const COMMON = [
  '$.xgafv',
  'access_token',
  'callback',
  'key',
  'oauth_token',
  'prettyPrint',
  'quotaUser',
  'uploadType',
  'upload_protocol',
  'userProject',
];

/** Google's methods have these, and they make no difference in the sandbox. */
const WITHOUT_EFFECT = [
  'options.requestedPolicyVersion',
  'extraLocationTypes',
  'legacyAppEngineCron',
  'returnPartialSuccess',
  'showDeleted',
];

/** Rejects query parameters that a method does not have, and applies those that every method has. */
export function commonParameters(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, done) => {
    checkQuery(request);
    done();
  });
  app.addHook('preSerialization', (request, _reply, payload, done) => {
    const { query, method, url } = request as Call;
    let response: unknown = payload;
    const api = withIntegerEnums(query) ? findMethod(method, pathOf(url)) : undefined;
    if (api !== undefined) response = withEnumNumbers(api, response);
    const fields = query.fields ?? query.$fields;
    if (typeof fields === 'string' && fields !== '') response = selectFields(fields, response);
    done(null, response);
  });
}

type Call = FastifyRequest<{ Querystring: Record<string, unknown> }>;

function checkQuery(request: FastifyRequest): void {
  const { query, method, url } = request as Call;
  const given = Object.entries(query);
  if (given.length === 0) return;
  const api = findMethod(method, pathOf(url));
  for (const [key, value] of given) {
    if (['alt', '$alt'].includes(key)) checkAlt(value);
    if (['alt', '$alt', 'fields', '$fields'].includes(key)) continue;
    if (COMMON.includes(key) || COMMON.includes(key.replace(/^\$/, ''))) continue;
    const name = camelCase(key);
    if (api?.query.includes(name)) {
      if (!WITHOUT_EFFECT.includes(name)) query[name] = value;
    } else if (api !== undefined) {
      throw invalidArgument(
        `Invalid JSON payload received. Unknown name ${JSON.stringify(key)}: Cannot bind query ` +
          `parameter. Field '${key}' could not be found in request message.`,
      );
    }
  }
}

function checkAlt(value: unknown): void {
  if (typeof value === 'string' && /^(json(;enum-encoding=int)?)?$/.test(value)) return;
  throw invalidArgument('The sandbox supports only alt=json.');
}

function withIntegerEnums({ $alt, alt }: Record<string, unknown>): boolean {
  return $alt === 'json;enum-encoding=int' || alt === 'json;enum-encoding=int';
}

function pathOf(url: string): string {
  return decodeURI(url.split('?')[0] ?? '');
}
