import { PROJECT_APIS, serviceOf } from '../../stages/apis';
import {
  serviceAccountEmail,
  successfulRunsMetricName,
  webServiceName,
  workerServiceName,
} from '../../stages/naming';
import type { Settings } from '../../stages/settings';
import type { StageName } from '../../stages/stages';
import type { Context } from '../context';
import { getServiceAccount, type ServiceAccount } from '../google/iam';
import { getMetric } from '../google/logging';
import { listAlertPolicies, type AlertPolicy } from '../google/monitoring';
import type { Policy } from '../google/policy';
import { readingOf, valueOf, type Reading } from '../google/reading';
import { getProject, getProjectPolicy, type Project } from '../google/resource-manager';
import { getService, getServicePolicy, originsOf, type Service } from '../google/run';
import { listJobs, type Job, type Location } from '../google/scheduler';
import { isEnabled } from '../google/service-usage';
import { readNotesOrNone } from '../pauses/keep';
import type { KeptNote } from '../pauses/note';
import { configuredWorkerUrl } from '../jobs/table';
import { snapshotJobs, type JobSnapshot } from './job-snapshots';

/** Everything that the checks look at, as read at one time. */
export interface Snapshot {
  readonly stage: StageName;
  readonly settings: Settings;
  readonly location: Location;
  readonly now: Date;
  readonly project: Reading<Project>;
  readonly projectPolicy: Reading<Policy>;
  /** Whether each service is enabled. */
  readonly apis: readonly (readonly [service: string, enabled: Reading<boolean>])[];
  readonly workerName: string;
  readonly worker: Reading<Service>;
  readonly workerPolicy: Reading<Policy>;
  /** The origin that the jobs must target, if known. */
  readonly workerUrl: string | undefined;
  readonly webName: string;
  readonly web: Reading<Service>;
  readonly accountEmail: string;
  readonly account: Reading<ServiceAccount>;
  /** All jobs in the location. */
  readonly liveJobs: Reading<readonly Job[]>;
  readonly jobs: readonly JobSnapshot[];
  readonly alertPolicies: Reading<readonly AlertPolicy[]>;
  /** The metric that the alerts on missed runs watch. */
  readonly metric: Reading<object>;
  /** Who paused or resumed jobs, by their names; none if they could not be read. */
  readonly notes: ReadonlyMap<string, KeptNote>;
}

/**
 * Reads everything in parallel, and once what all stages share. What cannot be read is recorded as
 * unknown, with the error.
 */
export async function takeSnapshots(
  context: Context,
  stages: readonly StageName[],
): Promise<Snapshot[]> {
  const { client, settings, location } = context;
  const { project } = location;
  // All in one Promise.all, so that no read is left unawaited when Ctrl-C ends another.
  const [projectReading, projectPolicy, apis, alertPolicies, notes, [liveJobs, jobs], ...parts] =
    await Promise.all([
      readingOf(getProject(client, project)),
      readingOf(getProjectPolicy(client, project)),
      Promise.all(
        PROJECT_APIS.map(
          async (api) =>
            [serviceOf(api), await readingOf(isEnabled(client, project, api))] as const,
        ),
      ),
      readingOf(listAlertPolicies(client, project)),
      readNotesOrNone(context),
      readingOf(listJobs(client, location)).then(
        async (reading) => [reading, await snapshotJobs(context, stages, reading)] as const,
      ),
      ...stages.map((stage) => readStage(context, stage)),
    ]);
  const now = client.now();
  return parts.map((part) => ({
    ...{ settings, location, now, project: projectReading, projectPolicy, apis },
    ...{ alertPolicies, notes, liveJobs, ...part },
    jobs: jobs.filter(({ table }) => table.stage === part.stage),
  }));
}

/** What a stage does not share with others, besides its jobs. */
async function readStage({ client, location, settings }: Context, stage: StageName) {
  const workerName = workerServiceName(settings.appName, stage);
  const webName = webServiceName(settings.appName, stage);
  const accountEmail = serviceAccountEmail(settings.appName, stage, location.project);
  const metricName = successfulRunsMetricName(settings.appName, stage);
  const [worker, workerPolicy, web, account, metric] = await Promise.all([
    readingOf(getService(client, location, workerName)),
    readingOf(getServicePolicy(client, location, workerName)),
    readingOf(getService(client, location, webName)),
    readingOf(getServiceAccount(client, location.project, accountEmail)),
    readingOf(getMetric(client, location.project, metricName)),
  ]);
  const workerUrl = configuredWorkerUrl(stage) ?? valueOf(worker)?.uri;
  return {
    ...{ stage, workerName, worker, workerPolicy, workerUrl },
    ...{ webName, web, accountEmail, account, metric },
  };
}

/** The origins that a service serves; none when it could not be read. */
export function originsIn(reading: Reading<Service>): readonly string[] {
  return reading.kind === 'value' ? originsOf(reading.value) : [];
}
