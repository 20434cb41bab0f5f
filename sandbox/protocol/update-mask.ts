import { invalidArgument } from './errors';
import { camelCase, isObject, readMessage, type Fields, type Message } from './fields';

/** The query of a PATCH. Clients may repeat a parameter. */
export interface MaskQuery {
  readonly updateMask?: unknown;
}

/** A resource's new values, and the mask that says which of them count. */
export interface Update {
  readonly patch: Message;
  readonly mask: unknown;
}

/**
 * Reads an update whose body has the resource and the mask; the google provider sends the mask in the query.
 *
 * @param field the name of the resource in the body
 * @throws ApiError INVALID_ARGUMENT if the body has other fields
 */
export function readUpdate(field: string, fields: Fields, body: unknown, query: MaskQuery): Update {
  const request: Fields = { [field]: { message: fields }, updateMask: 'string' };
  const given = readMessage(request, body, 'request');
  return { patch: (given[field] ?? {}) as Message, mask: query.updateMask ?? given.updateMask };
}

/**
 * The paths in a mask, with their parts in camelCase; none if there is no mask.
 *
 * @throws ApiError INVALID_ARGUMENT if it is given more than once
 */
export function readMask(mask: unknown): string[] {
  if (mask === undefined || mask === '') return [];
  if (typeof mask !== 'string') {
    throw invalidArgument("Invalid value at 'update_mask': must be given only once.");
  }
  return mask.split(',').map((path) => path.trim().split('.').map(camelCase).join('.'));
}

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
  mask: unknown,
): Message {
  const paths = readMask(mask);
  if (paths.length === 0 || mask === '*') return { ...message, ...patch };
  const result = structuredClone(message) as Record<string, unknown>;
  for (const text of paths) {
    const path = text.split('.');
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
