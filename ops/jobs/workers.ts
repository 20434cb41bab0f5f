import { workerServiceName } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { messageOf } from '../errors';
import { getService, originsOf } from '../google/run';
import { namedWorkerUrl } from './table';

/** The worker of a stage, as far as it could be found. */
export interface Worker {
  readonly stage: StageName;
  /** The origin that the stage's jobs must aim at; undefined when it is not known. */
  readonly url: string | undefined;
  /** Every origin that the service answers at. */
  readonly origins: readonly string[];
  /** Why it could not be read. */
  readonly problem: string | undefined;
}

/** Looks up the workers of some stages. One that cannot be read is a problem, and no error. */
export function findWorkers(
  { client, location, settings }: Context,
  stages: readonly StageName[],
): Promise<Worker[]> {
  return Promise.all(
    stages.map(async (stage) => {
      const named = namedWorkerUrl(stage);
      try {
        const service = await getService(
          client,
          location,
          workerServiceName(settings.appName, stage),
        );
        const origins = originsOf(service);
        return { stage, url: named ?? service.uri, origins, problem: undefined };
      } catch (error) {
        const origins = named === undefined ? [] : [named];
        return { stage, url: named, origins, problem: messageOf(error) };
      }
    }),
  );
}
