import { serviceOf } from '../../stages/apis';
import type { CalledApi } from './endpoints';

/** A call, as its errors name it. */
export interface Call {
  readonly api: CalledApi;
  readonly method: 'GET' | 'POST';
  /** Below the API's version: `projects/my-project/locations/…`. */
  readonly path: string;
}

export interface Request extends Call {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Whether doing it twice is as good as once. @default true for GET, false for POST */
  readonly idempotent?: boolean;
}

/** `GET cloudscheduler.googleapis.com projects/my-project/…` */
export function describeCall({ api, method, path }: Call): string {
  return `${method} ${serviceOf(api)} ${path}`;
}

/** Whether doing a call twice is as good as once. */
export function isIdempotent({ idempotent, method }: Request): boolean {
  return idempotent ?? method === 'GET';
}
