import { workerServiceName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { messageOf } from '../errors';
import { getService, originsOf } from '../google/run';
import { configuredWorkerUrl } from './table';

/** The worker of a stage, as far as it could be read. */
export interface Worker {
  readonly stage: StageName;
  /** The origin that the stage's jobs must target, if known. */
  readonly url: string | undefined;
  /** Every origin that the service serves. */
  readonly origins: readonly string[];
  /** Why it could not be read. */
  readonly problem: string | undefined;
}

/** Looks up the worker of a stage. A failed read is reported as a `problem`, not thrown. */
export async function findWorker(
  { client, location, settings }: Context,
  stage: StageName,
): Promise<Worker> {
  const configured = configuredWorkerUrl(stage);
  try {
    const name = workerServiceName(settings.appName, stage);
    const service = await getService(client, location, name);
    const origins = originsOf(service);
    return { stage, url: configured ?? service.uri, origins, problem: undefined };
  } catch (error) {
    const origins = configured === undefined ? [] : [configured];
    return { stage, url: configured, origins, problem: messageOf(error) };
  }
}

export function findWorkers(context: Context, stages: readonly StageName[]): Promise<Worker[]> {
  return Promise.all(stages.map((stage) => findWorker(context, stage)));
}
