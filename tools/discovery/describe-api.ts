/** The parts of Google's discovery documents that are used. */
export interface Document {
  readonly revision: string;
  readonly servicePath: string;
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly resources?: Readonly<Record<string, Resource>>;
}

interface Resource {
  readonly methods?: Readonly<Record<string, Method>>;
  readonly resources?: Readonly<Record<string, Resource>>;
}

interface Method {
  readonly id: string;
  readonly httpMethod: string;
  readonly path: string;
  readonly flatPath?: string;
  readonly parameters?: Readonly<Record<string, { readonly location: string }>>;
  readonly request?: { readonly $ref: string };
  readonly response?: { readonly $ref: string };
}

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

/** In the compact form that `sandbox/protocol/discovery/discovery.ts` reads. */
interface ApiFacts {
  readonly revision: string;
  readonly methods: readonly string[];
  readonly schemas: Readonly<Record<string, string>>;
}

export function describeApi(document: Document, served: RegExp): ApiFacts {
  const methods = methodsOf(document).filter(({ id }) => served.test(id));
  const schemas = new Map<string, string>();
  const add = (name: string): void => {
    const schema = document.schemas[name];
    if (schema === undefined || schemas.has(name)) return;
    schemas.set(name, '');
    const fields = Object.entries(schema.properties ?? {});
    schemas.set(name, fields.map(([field, type]) => `${field}:${describe(type, add)}`).join(' '));
  };
  for (const { response } of methods) if (response) add(response.$ref);
  return {
    revision: document.revision,
    methods: methods.map((method) => describeMethod(document, method)).sort(),
    schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function methodsOf({ methods = {}, resources = {} }: Resource): Method[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

/** `GET v1/projects/{}/locations/{}/jobs -> ListJobsResponse ? pageSize pageToken` */
function describeMethod(
  { servicePath, schemas }: Document,
  { httpMethod, path, flatPath, parameters = {}, request, response }: Method,
): string {
  const place = `${servicePath}${flatPath ?? path}`.replace(/\{[^}]+\}/g, '{}');
  const query = Object.keys(parameters).filter((name) => parameters[name]?.location === 'query');
  // The documents have the masks of Pub/Sub and of IAM in the body; the live APIs also accept them in the query,
  // where the google provider puts them.
  const { updateMask } = schemas[request?.$ref ?? '']?.properties ?? {};
  if (httpMethod === 'PATCH' && updateMask !== undefined) query.push('updateMask');
  return `${httpMethod} ${place} -> ${response?.$ref ?? 'Empty'} ? ${query.sort().join(' ')}`.trim();
}

/** `string`, `[Job]`, `{string}`, `ENABLED|PAUSED`, `string/google-duration`. */
function describe(schema: Schema, add: (name: string) => void): string {
  if (schema.$ref !== undefined) {
    add(schema.$ref);
    return schema.$ref;
  }
  if (schema.enum) return schema.enum.join('|');
  if (schema.items) return `[${describe(schema.items, add)}]`;
  if (schema.additionalProperties) return `{${describe(schema.additionalProperties, add)}}`;
  return schema.format ? `${schema.type ?? 'any'}/${schema.format}` : (schema.type ?? 'any');
}
