import { ApiError, invalidArgument } from '../../protocol/errors';
import type { Fields, Message } from '../../protocol/fields';
import { applyPatch, readMask, readUpdate, type MaskQuery } from '../../protocol/update-mask';

/** What topics and subscriptions differ in. */
export interface Kind {
  readonly title: 'Topic' | 'Subscription';
  readonly fields: Fields;
  /** Fields that only its creation sets. */
  readonly immutable: readonly string[];
  /** Fields that would change which messages are pushed, and how. */
  readonly notEmulated: readonly string[];
}

export function exists(name: string): ApiError {
  return new ApiError('ALREADY_EXISTS', `Resource already exists in the project: ${name}.`);
}

/** @throws ApiError INVALID_ARGUMENT if a message has a field that the sandbox would have to ignore */
export function checkEmulated({ notEmulated }: Kind, given: Message): void {
  const wrong = notEmulated.find((field) => given[field]);
  if (wrong !== undefined) throw invalidArgument(`The sandbox does not emulate ${wrong}.`);
}

/**
 * A resource after an update. Fields that the mask does not name are ignored, also immutable ones.
 * Source of the rules and of the errors: calls of the live API in https://github.com/floci-io/floci-gcp/pull/112
 *
 * @throws ApiError INVALID_ARGUMENT if there is no mask, or it names a field that is immutable or unknown
 */
export function update(
  { title, fields, immutable }: Kind,
  current: object,
  body: unknown,
  query: MaskQuery,
): Message {
  const { patch, mask } = readUpdate(title.toLowerCase(), fields, body, query);
  const paths = readMask(mask);
  if (paths.length === 0) {
    throw invalidArgument(
      `The update_mask in the Update${title}Request must be set, and must contain a non-empty paths list.`,
    );
  }
  for (const path of paths) {
    const [field = ''] = path.split('.');
    const wrong = immutable.includes(field)
      ? `the '${snakeCase(field)}' field in the ${title} is not mutable.`
      : !Object.hasOwn(fields, field) && `'${snakeCase(field)}' is not a known ${title} field.`;
    if (wrong) {
      throw invalidArgument(`Invalid update_mask provided in the Update${title}Request: ${wrong}`);
    }
  }
  return applyPatch(fields, { ...current }, patch, mask);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
