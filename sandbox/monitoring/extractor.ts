import { invalidArgument } from '../protocol/errors';
import { readerOf } from '../protocol/field-path';

export type Extractor = (entry: object) => string;

/**
 * `EXTRACT(path)`: the value at a path of a log entry, or an empty string.
 * Source: https://cloud.google.com/logging/docs/logs-based-metrics/labels#create-label
 *
 * @throws ApiError INVALID_ARGUMENT if the extractor is not supported
 */
export function parseExtractor(text: string): Extractor {
  const path = /^EXTRACT\(([^()]+)\)$/.exec(text)?.[1];
  if (path === undefined) {
    throw invalidArgument(`The sandbox supports only EXTRACT(path), not ${JSON.stringify(text)}.`);
  }
  const read = readerOf(path);
  return (entry) => read(entry) ?? '';
}
