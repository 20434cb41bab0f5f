import { invalidArgument } from './errors';
import { camelCase, isObject, type Fields, type Message } from './fields';

/**
 * Replaces the fields in a mask with those of a patch; a field that the patch lacks is reset to its
 * default. Without a mask, each field of the patch is replaced as a whole
 * (https://google.aip.dev/134).
 *
 * @throws ApiError INVALID_ARGUMENT if a path does not exist
 */
export function applyPatch(
  fields: Fields,
  message: Message,
  patch: Message,
  mask: string | undefined,
): Message {
  if (mask === undefined || mask === '' || mask === '*') return { ...message, ...patch };
  const result = structuredClone(message) as Record<string, unknown>;
  for (const text of mask.split(',')) {
    const path = text.trim().split('.').map(camelCase);
    if (!exists(fields, path)) {
      throw invalidArgument(
        `Invalid value at 'update_mask' (type.googleapis.com/google.protobuf.FieldMask), ${JSON.stringify(text)}`,
      );
    }
    copy(result, patch, path);
  }
  return result;
}

function exists(fields: Fields, [name = '', ...rest]: readonly string[]): boolean {
  const type = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (type === undefined || rest.length === 0) return type !== undefined;
  return typeof type === 'object' && 'message' in type && exists(type.message, rest);
}

function copy(to: Record<string, unknown>, from: Message, [name = '', ...rest]: string[]): void {
  const value = from[name];
  if (rest.length === 0) {
    if (value === undefined) Reflect.deleteProperty(to, name);
    else to[name] = value;
    return;
  }
  const child = isObject(to[name]) ? to[name] : {};
  copy(child, isObject(value) ? value : {}, rest);
  // A message whose last field was cleared is itself removed; this is how a job loses its token.
  if (Object.values(child).every((field) => field === '' || field === undefined)) {
    Reflect.deleteProperty(to, name);
  } else {
    to[name] = child;
  }
}
