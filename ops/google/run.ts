import type { Client } from './client';
import type { Policy } from './policy';
import type { Location } from './scheduler';

/**
 * A Cloud Run service: the fields that operations read.
 *
 * Source: https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services
 */
export interface Service {
  readonly name: string;
  /** The URL that Cloud Run reports as the service's main one. */
  readonly uri?: string;
  /** All of its URLs. */
  readonly urls?: readonly string[];
  readonly terminalCondition?: { readonly state?: string; readonly message?: string };
  readonly template?: {
    readonly timeout?: string;
    readonly containers?: readonly {
      readonly env?: readonly { readonly name: string; readonly value?: string }[];
    }[];
  };
}

export function getService(client: Client, location: Location, name: string): Promise<Service> {
  return client.call<Service>({ api: 'run', method: 'GET', path: servicePath(location, name) });
}

/** The grants on the service itself. */
export function getServicePolicy(
  client: Client,
  location: Location,
  name: string,
): Promise<Policy> {
  const path = `${servicePath(location, name)}:getIamPolicy`;
  return client.call<Policy>({ api: 'run', method: 'GET', path });
}

/** Every origin that a service serves. */
export function originsOf(service: Service): string[] {
  const urls = [service.uri, ...(service.urls ?? [])].filter((url) => url !== undefined);
  return [...new Set(urls.map((url) => url.replace(/\/$/, '')))];
}

function servicePath({ project, region }: Location, name: string): string {
  return `projects/${project}/locations/${region}/services/${name}`;
}
