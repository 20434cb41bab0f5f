import type { Service } from '../google/run';
import { reporter, type CheckResult } from './check-result';
import type { Survey } from './survey';

/** Whether the worker is deployed, ready, and told that it is a worker. */
export function checkWorker({ worker, workerName, stage, location }: Survey): CheckResult[] {
  const deploy = `just gcp-deploy-all ${stage}`;
  const deployed = reporter('worker-deployed', workerName);
  switch (worker.kind) {
    case 'unknown':
      return [deployed.failure(worker.error.what, worker.error.fix)];
    case 'absent':
      return [
        deployed.failure(
          `there is no such Cloud Run service in ${location.region} of ${location.project}`,
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

/** Newer workers are marked by the first, older ones by the second. */
export function isWorker(service: Service): boolean {
  return (
    environment(service, 'APP_ROLE') === 'worker' ||
    /^true$/i.test(environment(service, 'APP_IS_WORKER') ?? '')
  );
}

/** The value of a variable of the service's containers. */
export function environment(service: Service, variable: string): string | undefined {
  return service.template?.containers
    ?.flatMap((container) => container.env ?? [])
    .find(({ name }) => name === variable)?.value;
}

function checkReady({ terminalCondition }: Service, name: string, deploy: string): CheckResult {
  const report = reporter('worker-ready', name);
  const { state = 'unknown', message = '' } = terminalCondition ?? {};
  if (state === 'CONDITION_SUCCEEDED') return report.ok('ready');
  return report.failure(`its last deployment is not ready (${state}): ${message}`, deploy);
}

function checkMode(service: Service, name: string, deploy: string): CheckResult {
  const report = reporter('worker-mode', name);
  if (isWorker(service)) return report.ok('worker');
  const role = environment(service, 'APP_ROLE');
  const seen = role === undefined ? 'APP_ROLE and APP_IS_WORKER are not set' : `APP_ROLE=${role}`;
  return report.failure(
    `${seen}, so it answers 404; it must have APP_ROLE=worker (older ones APP_IS_WORKER=True)`,
    deploy,
  );
}
