import { deployWorker } from '../fixes/fix';
import type { Service } from '../google/run';
import { found, ok, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';

/** Whether the worker is deployed, ready and in worker mode. */
export function checkWorker({ worker, workerName, stage, location }: Snapshot): CheckResult[] {
  switch (worker.kind) {
    case 'unknown':
      return [found('worker-unreadable', workerName, worker.error.what, worker.error.fix)];
    case 'absent': {
      const place = `${location.region} of ${location.project}`;
      const cause = `the Cloud Run service does not exist in ${place}`;
      return [found('worker-missing', workerName, cause, deployWorker(stage))];
    }
    case 'value':
      return [
        ok('worker-deployed', workerName, worker.value.uri ?? ''),
        checkReady(worker.value, workerName, stage),
        checkMode(worker.value, workerName, stage),
      ];
  }
}

/** The value of an environment variable of the service's containers. */
export function environment(service: Service, variable: string): string | undefined {
  return service.template?.containers
    ?.flatMap((container) => container.env ?? [])
    .find(({ name }) => name === variable)?.value;
}

function checkReady({ terminalCondition }: Service, name: string, stage: string): CheckResult {
  const { state = 'unknown', message = '' } = terminalCondition ?? {};
  if (state === 'CONDITION_SUCCEEDED') return ok('worker-ready', name, 'ready');
  const cause = `the latest deployment is not ready (${state}): ${message}`;
  return found('worker-not-ready', name, cause, deployWorker(stage));
}

/** Validibot reads APP_ROLE alone; the APP_IS_WORKER of older deployments never did anything. */
function checkMode(service: Service, name: string, stage: string): CheckResult {
  const role = environment(service, 'APP_ROLE');
  if (role === 'worker') return ok('worker-mode', name, 'worker');
  const is = role === undefined ? 'APP_ROLE is not set' : `APP_ROLE=${role}`;
  const cause = `${is}, so it returns 404; it needs APP_ROLE=worker`;
  return found('worker-in-web-mode', name, cause, deployWorker(stage));
}
