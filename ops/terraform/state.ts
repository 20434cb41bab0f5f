import * as z from 'zod/mini';
import type { Context } from '../context';
import { Failed } from '../errors';
import { terraform, type Stack } from './stack';

/** A resource in a stack's state. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  /** Its name in Google Cloud, or its display name. */
  readonly name: string;
  readonly project: string | undefined;
  readonly region: string | undefined;
}

const text = z.nullish(z.string());

/** What is read of a state; its attributes may hold a bearer token. */
const schema = z.object({
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(
        z.object({
          attributes: z.nullish(
            z.object({ name: text, display_name: text, project: text, region: text }),
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
  return parseState(stdout)
    .resources.filter(({ mode }) => mode === 'managed')
    .flatMap(({ type, name: id, instances }) =>
      instances.map(({ attributes }) => {
        const address = `${type}.${id}`;
        return {
          address,
          type,
          name: attributes?.display_name ?? attributes?.name ?? address,
          project: attributes?.project ?? undefined,
          region: attributes?.region ?? undefined,
        };
      }),
    );
}

function parseState(json: string): z.infer<typeof schema> {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    // The cause would quote the state.
    throw new Failed('terraform state pull gave no state of format 4.');
  }
}
