/** The project that a sandbox emulates and what it holds initially, as plain data. */
export interface Seed {
  readonly projectId: string;
  readonly region: string;
  readonly services: readonly ServiceSeed[];
  /** Emails of service accounts besides those of the services. @default none */
  readonly accounts?: readonly string[];
  /** What the commands that are used with the project read from the environment. @default none */
  readonly variables?: Variables;
}

/** Environment variables: their values in the sandbox, or null where they are removed from the user's. */
export type Variables = Readonly<Record<string, string | null>>;

/** A Cloud Run service that has been deployed, and the account that it runs as. */
export interface ServiceSeed {
  readonly name: string;
  /** Its name in faults and in `--worker`. The services of one stage belong together. */
  readonly stage: string;
  /** Jobs call workers; a web service lacks their endpoints. */
  readonly role: ServiceRole;
  readonly account: { readonly email: string; readonly displayName: string };
  /** The environment variables of its container. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** The names of a worker's tasks, by path. @default - every path responds with 200 */
  readonly tasks?: Readonly<Record<string, string>>;
  /**
   * What a worker logs when it rejects a token itself, by reason; `{audience}`, `{account}` and `{now}` stand for
   * the request's. @default - it rejects none
   */
  readonly rejections?: Readonly<Record<string, string>>;
}

export type ServiceRole = 'worker' | 'web';

/** The services that jobs of a stage call. */
export function workersOf({ services }: Pick<Seed, 'services'>, stage: string): ServiceSeed[] {
  return services.filter((service) => service.role === 'worker' && service.stage === stage);
}

/** The stages that have a worker. */
export function stagesOf({ services }: Pick<Seed, 'services'>): string[] {
  const workers = services.filter(({ role }) => role === 'worker');
  return [...new Set(workers.map(({ stage }) => stage))];
}

/** The paths of a service's tasks. */
export function pathsOf({ tasks = {} }: Pick<ServiceSeed, 'tasks'>): string[] {
  return Object.keys(tasks);
}
