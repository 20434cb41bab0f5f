import fs from 'node:fs';
import path from 'node:path';
import type { Stack } from './stack';

/** A resource that a stack declares. */
export interface Declared {
  readonly address: string;
  readonly type: string;
  /** As synth wrote them: with references to other resources. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The resources in a stack's configuration, data aside. */
export function readConfiguration({ folder }: Pick<Stack, 'folder'>): Declared[] {
  const json = fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8');
  const { resource = {} } = JSON.parse(json) as {
    resource?: Record<string, Record<string, Record<string, unknown>>>;
  };
  return Object.entries(resource).flatMap(([type, resources]) =>
    Object.entries(resources).map(([name, attributes]) => ({
      address: `${type}.${name}`,
      type,
      attributes,
    })),
  );
}
