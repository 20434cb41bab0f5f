import { camelCase } from '../../sandbox/protocol/fields';

/** Converts Terraform's field names to those of the API. */
export function withCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [camelCase(key), withCamelCase(item)]),
  );
}
