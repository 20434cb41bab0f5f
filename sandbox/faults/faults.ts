import { ApiError, type RpcCode } from '../protocol/errors';
import type { Fault } from '../world/fault';
import type { Service } from '../world/service';
import type { World } from '../world/world';

type Named<Name extends Fault['fault']> = Extract<Fault, { readonly fault: Name }>;

/**
 * The fault of a stage's worker for a request, if one is set; this counts as one of its `times`.
 *
 * @param url - path and query of the request
 */
export function takeFault<Name extends 'worker-slow' | 'worker-failing' | 'worker-rejects-token'>(
  world: World,
  name: Name,
  stage: string | undefined,
  url: string,
): Named<Name> | undefined {
  const fault = world.faults.find(
    (other): other is Named<Name> =>
      other.fault === name &&
      'stage' in other &&
      other.stage === stage &&
      (!('path' in other) || other.path === undefined || url.includes(other.path)),
  );
  if (fault !== undefined) useUp(world, fault);
  return fault;
}

/** Whether callers and Google's APIs find a service. */
export function isDeployed(world: World, service: Service): boolean {
  return !hasFault(world, service, 'worker-missing');
}

/** Whether a service responds as a web instance. */
export function inWebMode(world: World, service: Service): boolean {
  const role = world.serverRoles.get(service.name) ?? service.role;
  return role === 'web' || hasFault(world, service, 'worker-in-web-mode');
}

function hasFault({ faults }: World, { role, stage }: Service, name: string): boolean {
  if (role !== 'worker') return false;
  return faults.some((other) => other.fault === name && 'stage' in other && other.stage === stage);
}

/** The error with which an API call must fail, if any. */
export function takeCallFault(world: World, method: string, path: string): ApiError | undefined {
  const fault = world.faults.find(
    (other): other is Named<'call'> =>
      other.fault === 'call' &&
      (other.method === undefined || other.method === method) &&
      (other.path === undefined || path.includes(other.path)),
  );
  if (fault === undefined) return undefined;
  useUp(world, fault);
  const [status, message] = CALL_ERRORS[fault.code] ?? (['UNKNOWN', 'Unknown error.'] as const);
  return new ApiError(status, fault.message ?? message, [], fault.code);
}

/** Google's error for each HTTP status with which a call can fail. */
export const CALL_ERRORS: Readonly<Record<number, readonly [RpcCode, string]>> = {
  401: [
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie ' +
      'or other valid authentication credential.',
  ],
  403: ['PERMISSION_DENIED', 'The caller does not have permission'],
  404: ['NOT_FOUND', 'Requested entity was not found.'],
  409: ['ABORTED', 'sync mutate calls cannot be queued'],
  429: ['RESOURCE_EXHAUSTED', 'Quota exceeded for quota metric of this service.'],
  500: ['INTERNAL', 'Internal error encountered.'],
  503: ['UNAVAILABLE', 'The service is currently unavailable.'],
};

function useUp(world: World, fault: Fault): void {
  if (fault.times === undefined) return;
  fault.times--;
  if (fault.times <= 0) world.faults.splice(world.faults.indexOf(fault), 1);
}
