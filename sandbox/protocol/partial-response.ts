import { invalidArgument } from './errors';
import { isObject } from './fields';

/** Fields to keep, by name; `true` for everything below. */
type Selection = Map<string, Selection | true>;

/**
 * The fields of a response that a call asks for: `fields=jobs(name,httpTarget/uri),nextPageToken`.
 *
 * Source: https://cloud.google.com/storage/docs/json_api#partial-response
 *
 * @throws ApiError INVALID_ARGUMENT if the syntax is wrong
 */
export function selectFields(fields: string, response: unknown): unknown {
  return select(parse(fields), response);
}

function parse(text: string): Selection {
  const tokens = text.match(/[A-Za-z0-9_*@.-]+|[(),/]|[^\s]/g) ?? [];
  let at = 0;
  const list = (): Selection => {
    const selection: Selection = new Map();
    do {
      const name = tokens[at++] ?? '';
      if (!/^[A-Za-z0-9_*@.-]+$/.test(name)) throw invalid(text);
      selection.set(name, below());
    } while (tokens[at] === ',' && at++ > 0);
    return selection;
  };
  const below = (): Selection | true => {
    if (tokens[at] === '/') {
      const name = tokens[++at] ?? '';
      if (!/^[A-Za-z0-9_*@.-]+$/.test(name)) throw invalid(text);
      at++;
      return new Map([[name, below()]]);
    }
    if (tokens[at] !== '(') return true;
    at++;
    const inner = list();
    if (tokens[at++] !== ')') throw invalid(text);
    return inner;
  };
  const selection = list();
  if (at < tokens.length) throw invalid(text);
  return selection;
}

function select(selection: Selection | true, value: unknown): unknown {
  if (selection === true) return value;
  if (Array.isArray(value)) return value.map((item) => select(selection, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => {
      const below = selection.get(name) ?? selection.get('*');
      return below === undefined ? [] : [[name, select(below, item)]];
    }),
  );
}

function invalid(text: string): Error {
  return invalidArgument(`Invalid field selection ${JSON.stringify(text.slice(0, 100))}`);
}
