import type { Service } from '../google/run';
import { reporter, type CheckResult } from './check-result';
import type { Snapshot } from './snapshot';
import { deployWorker, type Fix } from '../fixes/fix';

/** Whether the worker is deployed, ready and in worker mode. */
export function checkWorker({ worker, workerName, stage, location }: Snapshot): CheckResult[] {
  const deploy = deployWorker(stage);
  const deployed = reporter('worker-deployed', workerName);
  switch (worker.kind) {
    case 'unknown':
      return [deployed.failure(worker.error.what, worker.error.fix)];
    case 'absent':
      return [
        deployed.failure(
          `the Cloud Run service does not exist in ${location.region} of ${location.project}`,
          deploy,
        ),
      ];
    case 'value':
      return [
        deployed.ok(worker.value.uri ?? ''),
        checkReady(worker.value, workerName, deploy),
        checkMode(worker.value, workerName, deploy),
      ];
  }
}

/** Newer workers set APP_ROLE, older ones APP_IS_WORKER. */
export function isWorker(service: Service): boolean {
  return (
    environment(service, 'APP_ROLE') === 'worker' ||
    /^true$/i.test(environment(service, 'APP_IS_WORKER') ?? '')
  );
}

/** The value of an environment variable of the service's containers. */
export function environment(service: Service, variable: string): string | undefined {
  return service.template?.containers
    ?.flatMap((container) => container.env ?? [])
    .find(({ name }) => name === variable)?.value;
}

function checkReady({ terminalCondition }: Service, name: string, deploy: Fix): CheckResult {
  const report = reporter('worker-ready', name);
  const { state = 'unknown', message = '' } = terminalCondition ?? {};
  if (state === 'CONDITION_SUCCEEDED') return report.ok('ready');
  return report.failure(`the latest deployment is not ready (${state}): ${message}`, deploy);
}

function checkMode(service: Service, name: string, deploy: Fix): CheckResult {
  const report = reporter('worker-mode', name);
  if (isWorker(service)) return report.ok('worker');
  const role = environment(service, 'APP_ROLE');
  const found =
    role === undefined ? 'neither APP_ROLE nor APP_IS_WORKER is set' : `APP_ROLE=${role}`;
  return report.failure(
    `${found}, so it returns 404; it needs APP_ROLE=worker (older versions: APP_IS_WORKER=True)`,
    deploy,
  );
}
