import { serviceOf } from '../../stages/apis';
import type { CalledApi } from './endpoints';

/** The parts of a call that its errors show. */
export interface Call {
  readonly api: CalledApi;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** The path after the API's version: `projects/my-project/locations/…`. */
  readonly path: string;
}

export interface Request extends Call {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Whether it is safe to repeat. @default true for GET, false for POST */
  readonly idempotent?: boolean;
}

/** `GET cloudscheduler.googleapis.com projects/my-project/…` */
export function describeCall({ api, method, path }: Call): string {
  return `${method} ${serviceOf(api)} ${path}`;
}

/** Whether a call is safe to repeat. */
export function isIdempotent({ idempotent, method }: Request): boolean {
  return idempotent ?? method === 'GET';
}
