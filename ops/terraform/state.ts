import type { Context } from '../context';
import { terraform, type Stack } from './stack';

/** A resource in a stack's state. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  /** Its name in Google Cloud, or its display name. */
  readonly name: string;
}

interface StateJson {
  readonly values?: {
    readonly root_module?: {
      readonly resources?: readonly {
        readonly address: string;
        readonly mode?: string;
        readonly type: string;
        readonly values?: { readonly name?: unknown; readonly display_name?: unknown };
      }[];
    };
  };
}

/** The resources that terraform manages in a stack, without data sources. */
export async function readState(context: Context, stack: Stack): Promise<StateResource[]> {
  const { stdout } = await terraform(context, stack, 'show', '-json');
  const { values } = JSON.parse(stdout) as StateJson;
  return (values?.root_module?.resources ?? [])
    .filter((resource) => resource.mode !== 'data')
    .map(({ address, type, values: attributes }) => {
      const names = [attributes?.display_name, attributes?.name, address];
      return { address, type, name: String(names.find((name) => typeof name === 'string')) };
    });
}
