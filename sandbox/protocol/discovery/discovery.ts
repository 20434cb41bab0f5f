import { FACTS } from './facts';

/** What the sandbox needs of a discovery document, in a compact form. */
export interface ApiFacts {
  readonly revision: string;
  /** `GET v1/projects/{}/locations/{}/jobs -> ListJobsResponse ? pageSize pageToken` */
  readonly methods: readonly string[];
  /**
   * The fields of each message with their types: `string`, `string/byte`, `[Job]` for a list,
   * `{string}` for a map, `ENABLED|PAUSED` for an enum, otherwise the name of a message.
   */
  readonly schemas: Readonly<Record<string, string>>;
}

/** A method of one of Google's APIs. */
export interface Method {
  /** Its parameters in the query. */
  readonly query: readonly string[];
  /** The message that it returns, and the messages of its API. */
  readonly response: string;
  readonly schemas: Schemas;
}

/** The fields of each message, by name, with their types. */
export type Schemas = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Route extends Method {
  readonly httpMethod: string;
  readonly pattern: RegExp;
  /** Whether its path ends with a verb, as in `jobs/ID:run`. */
  readonly isCustom: boolean;
}

/** The method that Google's discovery documents have for a call; undefined for none. */
export function findMethod(httpMethod: string, path: string): Method | undefined {
  return routes().find((route) => route.httpMethod === httpMethod && route.pattern.test(path));
}

let cachedRoutes: readonly Route[] | undefined;

function routes(): readonly Route[] {
  cachedRoutes ??= Object.values(FACTS)
    .flatMap(({ methods, schemas }) => {
      const parsed = parseSchemas(schemas);
      return methods.map((method) => parseMethod(method, parsed));
    })
    // Custom methods first: to the others, `:run` looks like a part of an id.
    .sort((a, b) => Number(b.isCustom) - Number(a.isCustom));
  return cachedRoutes;
}

function parseMethod(text: string, schemas: Schemas): Route {
  const [, httpMethod = '', place = '', response = '', query = ''] =
    /^(\S+) (\S+) -> (\S+) \?(.*)$/.exec(text) ?? [];
  const pattern = place.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{}', '[^/]+?');
  return {
    httpMethod,
    pattern: new RegExp(`^/${pattern}$`),
    isCustom: place.includes(':'),
    query: query.split(' ').filter((name) => name !== ''),
    response,
    schemas,
  };
}

function parseSchemas(schemas: ApiFacts['schemas']): Schemas {
  return new Map(
    Object.entries(schemas).map(([name, fields]) => [
      name,
      new Map(
        fields
          .split(' ')
          .filter((field) => field !== '')
          .map((field) => {
            const at = field.indexOf(':');
            return [field.slice(0, at), field.slice(at + 1)] as const;
          }),
      ),
    ]),
  );
}

/** Calls `visit` for a value and everything in it, each with its type; returns what `visit` makes of them. */
export function mapValues(
  { schemas, response }: Pick<Method, 'schemas' | 'response'>,
  value: unknown,
  visit: (type: string, value: unknown, where: string) => unknown,
): unknown {
  const map = (type: string, given: unknown, where: string): unknown => {
    if (type.startsWith('[') && Array.isArray(given)) {
      return given.map((item, index) => map(type.slice(1, -1), item, `${where}[${index}]`));
    }
    const fields = schemas.get(type);
    const isMap = type.startsWith('{');
    if (typeof given !== 'object' || given === null || (!isMap && fields === undefined)) {
      return visit(type, given, where);
    }
    if (Array.isArray(given)) return visit(type, given, where);
    return Object.fromEntries(
      Object.entries(given).map(([name, item]) => [
        name,
        map(isMap ? type.slice(1, -1) : (fields?.get(name) ?? 'unknown'), item, `${where}.${name}`),
      ]),
    );
  };
  return map(response, value, response);
}

/** Replaces the names of enum values with their numbers, as clients ask with `enum-encoding=int`. */
export function withEnumNumbers(method: Method, value: unknown): unknown {
  return mapValues(method, value, (type, item) => {
    const names = type.split('|');
    const number = typeof item === 'string' && names.length > 1 ? names.indexOf(item) : -1;
    return number < 0 ? item : number;
  });
}
