import { jobProps } from '../../../stages/job-props';
import { serviceAccountEmail, workerServiceName } from '../../../stages/naming';
import { readSettings } from '../../../stages/settings';
import { jobsOfStage, STAGES } from '../../../stages/stages';
import type { Benchmark } from '../benchmark';
import { missingProgram, ratios, run } from '../command';
import { inSandbox, type Bench } from '../in-sandbox';

const STAGE = 'dev';
const BASELINE = 'gcloud: describe, then create or update, job by job';

/** In the sandbox, with the real provider. */
export const SETUP: Benchmark = {
  rows: [
    { name: 'first setup of a stage', baseline: BASELINE, target: 0.9, unit: 'times' },
    { name: 'unchanged setup of a stage', baseline: BASELINE, target: 0.5, unit: 'times' },
  ],
  missing: () => missingProgram('terraform', 'gcloud'),
  measure: (rounds) =>
    inSandbox(async (bench) => {
      const first: [number, number][] = [];
      const unchanged: [number, number][] = [];
      // The first round is a warm-up.
      for (let round = 0; round <= rounds; round += 1) {
        await bench.reset();
        const ours = [await setup(bench), await setup(bench)] as const;
        await bench.reset();
        const theirs = [await gcloud(bench, 'create'), await gcloud(bench, 'update')] as const;
        if (round === 0) continue;
        first.push([ours[0], theirs[0]]);
        unchanged.push([ours[1], theirs[1]]);
      }
      return [ratios(first), ratios(unchanged)];
    }),
};

/** @returns its duration in seconds */
async function setup({ env }: Bench): Promise<number> {
  const { seconds } = await run(['node_modules/.bin/just', 'gcp-scheduler-setup', STAGE], env);
  return seconds;
}

/** What shell recipes with `gcloud` would do for each job of the stage. */
async function gcloud(bench: Bench, expected: 'create' | 'update'): Promise<number> {
  const { env, region, projectId } = bench;
  const { settings } = readSettings(env);
  const { appName } = settings;
  const place = {
    workerUrl: await workerUrl(bench, workerServiceName(appName, STAGE)),
    serviceAccountEmail: serviceAccountEmail(appName, STAGE, projectId),
  };
  const start = performance.now();
  for (const job of jobsOfStage(STAGES[STAGE])) {
    const props = jobProps(settings, STAGE, job, place);
    const jobs = ['gcloud', 'scheduler', 'jobs'] as const;
    const describe = [...jobs, 'describe', props.jobName, `--location=${region}`] as const;
    const verb = await run(describe, env).then(
      () => 'update',
      () => 'create',
    );
    if (verb !== expected) throw new Error(`${props.jobName} would be ${verb}d`);
    await run(
      [
        ...jobs,
        verb,
        'http',
        props.jobName,
        `--location=${region}`,
        `--schedule=${props.schedule}`,
        `--time-zone=${props.timeZone}`,
        `--uri=${props.uri}`,
        '--http-method=POST',
        `--oidc-service-account-email=${props.serviceAccountEmail}`,
        `--oidc-token-audience=${props.audience}`,
        '--attempt-deadline=600s',
        `--description=${props.description}`,
        '--quiet',
      ],
      env,
    );
  }
  return (performance.now() - start) / 1000;
}

async function workerUrl({ url, env, region, projectId }: Bench, service: string): Promise<string> {
  const name = `projects/${projectId}/locations/${region}/services/${service}`;
  const answer = await fetch(`${url}/v2/${name}`, {
    headers: { authorization: `Bearer ${env.GOOGLE_OAUTH_ACCESS_TOKEN ?? ''}` },
  });
  const { uri } = (await answer.json()) as { uri?: string };
  if (uri === undefined) throw new Error(`${service} has no URL`);
  return uri;
}
