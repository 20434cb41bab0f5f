import * as z from 'zod/mini';
import type { Context } from '../context';
import { Failed } from '../errors';
import { PROTECTED_OUTPUT } from '../../stages/deletion';
import { terraform, type Stack } from './stack';

/** A resource in a stack's state. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  /** Its name in Google Cloud, or its display name. */
  readonly name: string;
  readonly project: string | undefined;
  readonly region: string | undefined;
  /** Whether the provider refuses to delete it, by its `deletion_policy`. @default false */
  readonly hasPolicy?: true;
  /** Whether the last deploy protected it from deletion, with a policy or without. @default false */
  readonly isProtected?: true;
  /** Whether it holds a bearer token, which google before 7.31 stored. @default false */
  readonly hasToken?: true;
  /** Whether what uses it is updated before it is deleted. @default false */
  readonly createsBeforeDestroy?: true;
}

const text = z.nullish(z.string());

/** What is read of a state; of a job's headers, only whether a token is among them. */
const schema = z.object({
  outputs: z.nullish(z.record(z.string(), z.object({ value: z.optional(z.unknown()) }))),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          create_before_destroy: z.nullish(z.boolean()),
          attributes: z.nullish(
            z.object({
              name: text,
              display_name: text,
              project: text,
              region: text,
              deletion_policy: text,
              http_target: z.nullish(
                z.array(z.object({ headers: z.nullish(z.record(z.string(), z.unknown())) })),
              ),
            }),
          ),
        }),
      ),
    }),
  ),
});

/**
 * The resources that terraform manages in a stack, without data sources. `state pull` reads it from any backend, without
 * starting a provider: ten times as fast as `show`.
 */
export async function readState(context: Context, stack: Stack): Promise<StateResource[]> {
  const { stdout } = await terraform(context, stack, 'state', 'pull');
  // There is no state before the first deploy.
  if (stdout.trim() === '') return [];
  const { resources, outputs } = parseState(stdout);
  const listed = outputs?.[PROTECTED_OUTPUT]?.value;
  return resources
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, name: id, instances }) =>
      instances.map(({ attributes, create_before_destroy: createsBeforeDestroy }) => {
        const address = `${type}.${id}`;
        const hasPolicy = attributes?.deletion_policy === 'PREVENT';
        const isListed = Array.isArray(listed) && listed.includes(address);
        const headers = attributes?.http_target?.[0]?.headers ?? {};
        return {
          address,
          type,
          name: attributes?.display_name ?? attributes?.name ?? address,
          project: attributes?.project ?? undefined,
          region: attributes?.region ?? undefined,
          ...(hasPolicy && { hasPolicy }),
          ...((hasPolicy || isListed) && { isProtected: true }),
          ...(Object.keys(headers).some(isTokenHeader) && { hasToken: true }),
          ...(createsBeforeDestroy && { createsBeforeDestroy }),
        };
      }),
    );
}

/** The header that the API adds to jobs with a token. */
export function isTokenHeader(name: string): boolean {
  return name.toLowerCase() === 'authorization';
}

function parseState(json: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    // The cause would quote the state.
    throw new Failed('terraform state pull gave no state of format 4.');
  }
}
