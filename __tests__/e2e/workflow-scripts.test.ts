import path from 'node:path';
import fs from 'node:fs';
import { CALLS } from '../../ci/access/calls';
import { deployerOf, DOCTOR, PLAN } from '../../ci/access/identities';
import { identityEmail } from '../../ci/access/steps';
import { TASK_NAMES } from '../../stages/jobs';
import { serviceAccountEmail as serviceAccountEmailOf } from '../../stages/naming';
import type { StageName } from '../../stages/stages';
import { Google } from '../ci/workflows/google';
import { BUCKET_INPUTS } from '../ci/workflows/inputs';
import { Runner } from '../ci/workflows/runner';
import type { ScriptOutcome } from '../ci/workflows/scripts';
import { startGitHub, type GitHub, type IssueEvent } from '../ci/workflows/support';
import { APP, namesInTable, OpsSandbox, PROJECT, REGION } from '../ops/support';
import { projectCopy } from '../support/project-copy';
import { describeWithProvider } from '../support/terraform';

// The commands run in their own processes.
jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

// Uses the real terraform and provider.
jest.setTimeout(300_000);

const MAIN = { event_name: 'push', ref: 'refs/heads/main' };
const DEV_JOBS = namesInTable('dev');
const [JOB = '', OTHER = ''] = DEV_JOBS;
const REMOVED = TASK_NAMES.at(-1) ?? '';
const REMOVED_JOB = `validibot-${REMOVED}-dev`;
const PAUSED_JOB = `validibot-${TASK_NAMES[2]}-dev`;

describeWithProvider()("the workflows' steps, with their identities", () => {
  let sandbox: OpsSandbox;
  let google: Google;
  let github: GitHub;
  let runner: Runner;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start();
    google = await Google.start(BUCKET_INPUTS, sandbox.url);
    github = await startGitHub();
    runner = new Runner(sandbox, google, github, projectCopy());
  });
  afterAll(async () => {
    await google.close();
    await github.close();
    await sandbox.close();
  });

  /** The events of the next pull request, and the commit of its merge. */
  const merge = (letter: string, ...events: readonly IssueEvent[]): string => {
    const commit = letter.repeat(40);
    github.commits.push(commit);
    github.pullRequests.push({
      number: github.pullRequests.length + 1,
      merged_at: '2026-11-24T00:05:00Z',
      merge_commit_sha: commit,
      base: { ref: 'main' },
      events,
    });
    return commit;
  };
  const labeled = (name: string, minute: number) => ({
    event: 'labeled',
    created_at: `2026-11-24T00:0${minute}:00Z`,
    label: { name },
  });

  /** The job before an approval: what it shows, and what it passes on. */
  const plan = async (stage: StageName, commit: string, settings = {}) => {
    const run = runner.start(
      { workflow: 'deploy-stage.yml', claims: { environment: 'plan', ...MAIN }, identity: PLAN },
      { STAGE: stage, GITHUB_SHA: commit, ...settings },
    );
    const { outputs: allowed } = await run('Read the findings that the merges accept');
    const reviewed = await run('Plan and review', {
      ALLOW: allowed.kinds ?? '',
      GITHUB_ACTIONS: 'true',
    });
    return {
      ...reviewed,
      given: { ALLOW: allowed.kinds ?? '', DIGEST: reviewed.outputs.digest ?? '' },
    };
  };
  /** The job after it. */
  const apply = async (
    stage: StageName,
    commit: string,
    given: { ALLOW: string; DIGEST: string },
    settings = {},
  ): Promise<ScriptOutcome> => {
    const run = runner.start(
      {
        workflow: 'deploy-stage.yml',
        claims: { environment: stage, ...MAIN },
        identity: deployerOf(stage),
      },
      { STAGE: stage, GITHUB_SHA: commit, ...settings },
    );
    const deployed = await run('Plan, review and apply', given);
    const states = [deployed.status === 0 ? 'success' : 'failure', 'in_progress'];
    github.deployments.unshift({ environment: stage, sha: commit, states });
    return deployed;
  };

  it('review a pull request with the identity of plans', async () => {
    const claims = { environment: 'plan', event_name: 'pull_request', ref: 'refs/pull/1/merge' };
    const run = runner.start({ workflow: 'pull-request.yml', claims, identity: PLAN }, {});
    const early = await run('Review the plan', { STAGE: 'dev', ALLOW: '' });
    expect(early.stderr).toContain(
      'Cause: the bucket has no state of validibot-dev yet, and terraform writes an empty one first.\n' +
        'Fix: run this command once as someone who may write to the bucket; read-only access is enough',
    );
    expect((await runner.ownersOps('review', 'dev')).status).toBe(0);
    const review = await run('Review the plan', { STAGE: 'dev', ALLOW: '' });
    expect(review.stderr).not.toContain('denied');
    expect(review.summary).toContain(`Jobs: ${DEV_JOBS.length} created.`);
    expect(review.status).toBe(0);
  });

  it('show the plan before the approval, and deploy it after', async () => {
    // As before the first deploy of a project.
    await sandbox.fault({ fault: 'api-disabled', api: 'monitoring.googleapis.com' });
    const commit = merge('a');
    const settings = { ALERT_EMAILS: 'one@example.com' };
    const { stdout, summary, given } = await plan('dev', commit, settings);
    expect(summary).toContain(`Digest of the changes: \`${given.DIGEST.split(':')[0] ?? ''}\``);
    expect(stdout).toContain(
      `::notice title=validibot-dev: passes review::Jobs: ${DEV_JOBS.length} created. ` +
        'The review is in the summary of this run.\n',
    );
    const deployed = await apply('dev', commit, given, settings);
    expect(deployed.stderr).not.toContain('denied');
    expect(deployed.status).toBe(0);
    expect(deployed.summary).toContain('### validibot-dev: passes review');
    expect(await sandbox.job(JOB)).toMatchObject({ state: 'ENABLED' });
  });

  it('find no problem in the morning, with the identity that reads logs', async () => {
    await sandbox.advance(86_400);
    const claims = { environment: 'doctor', event_name: 'schedule', ref: 'refs/heads/main' };
    const job = { workflow: 'morning.yml', claims, identity: DOCTOR };
    const settings = { STAGE: 'dev', ALERT_EMAILS: 'one@example.com' };
    const check = await runner.start(job, settings)('Check the stage');
    expect(check.stderr).not.toContain('denied');
    expect(check.status).toBe(0);
    // The folder is kept as an artifact.
    const page = fs.readFileSync(path.join(runner.root, 'checks', 'dev.html'), 'utf8');
    expect(page).toContain(JOB);
    expect(page).toContain('No open incidents.');
  });

  it('refuse what was not reviewed', async () => {
    const commit = merge('b');
    const settings = { ALERT_EMAILS: 'two@example.com' };
    await sandbox.patchJob(JOB, { schedule: '7 7 7 7 *' }, 'schedule');
    const { given } = await plan('dev', commit, settings);
    const { schedule } = await sandbox.job(OTHER);
    await sandbox.patchJob(OTHER, { schedule: '8 8 8 8 *' }, 'schedule');
    const refused = await apply('dev', commit, given, settings);
    expect(refused.stderr).toMatch(
      /the plan of validibot-dev is not the one that was reviewed:\n {2}google_cloud_scheduler_job\.\S+ was not to be changed\n/,
    );
    expect(refused.status).toBe(1);
    expect(await sandbox.job(JOB)).toMatchObject({ schedule: '7 7 7 7 *' });
    expect((await apply('dev', commit, { ...given, DIGEST: '' }, settings)).status).toBe(2);

    await sandbox.patchJob(OTHER, { schedule: String(schedule) }, 'schedule');
    expect((await apply('dev', commit, given, settings)).status).toBe(0);
    expect(await sandbox.job(JOB)).not.toMatchObject({ schedule: '7 7 7 7 *' });
  });

  it('destroy only what a label accepted at the merge', async () => {
    runner.edit('stages/jobs.ts', new RegExp(` {2}'${REMOVED}': \\{[^}]*\\},\n`), '');
    runner.edit(
      'stages/stages.ts',
      /^ {2}dev: \{/m,
      `  dev: {\n    jobs: { '${TASK_NAMES[2]}': { paused: true } },`,
    );
    const MERGED = { event: 'merged', created_at: '2026-11-24T00:05:00Z' };
    const late = merge('c', MERGED, labeled('allow-destroy', 6));
    const rejected = await plan('dev', late);
    expect(rejected.summary).toContain('### validibot-dev: fails review');
    expect([rejected.status, rejected.outputs]).toEqual([1, {}]);

    const accepted = merge('d', labeled('allow-destroy', 1), MERGED);
    const { status, given } = await plan('dev', accepted);
    expect([status, given.ALLOW]).toEqual([0, 'destroy']);
    const deployed = await apply('dev', accepted, given);
    expect(deployed.stderr).not.toContain('denied');
    expect(deployed.status).toBe(0);
    expect(await sandbox.jobNames()).not.toContain(REMOVED_JOB);
    expect(await sandbox.job(PAUSED_JOB)).toMatchObject({ state: 'PAUSED' });
  });

  it("cannot touch another stage with one stage's identity", async () => {
    const claims = { repository: 'acme/jobs', repository_id: '42', environment: 'dev', ...MAIN };
    const token = google.signIn(claims, identityEmail(BUCKET_INPUTS, deployerOf('dev')));
    const call = async (method: string, url: string, body?: object): Promise<number> => {
      const { status } = await fetch(`${google.url}${url}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
        ...(body && { body: JSON.stringify(body) }),
      });
      return status;
    };
    const parent = `/v1/projects/${PROJECT}/locations/${REGION}`;
    const job = (stage: StageName) => {
      const serviceAccountEmail = serviceAccountEmailOf(APP, stage, PROJECT);
      return { httpTarget: { oidcToken: { serviceAccountEmail } } };
    };
    const state = (stage: StageName) =>
      `/storage/v1/b/my-bucket/o/validibot-${stage}%2Fdefault.tfstate`;
    const policy = (worker: string) =>
      `/v2/projects/${PROJECT}/locations/${REGION}/services/${worker}:getIamPolicy`;
    const statuses = async (stage: StageName, worker: string) => [
      await call('POST', `${parent}/jobs`, job(stage)),
      await call('GET', policy(worker)),
      await call('GET', state(stage)),
      await call('GET', `/storage/v1/b/my-bucket/o?prefix=validibot-${stage}/`),
      await call('DELETE', state(stage)),
    ];
    expect(await statuses('prod', 'validibot-worker')).toEqual([403, 403, 403, 403, 403]);
    // The same calls for its own stage reach the sandbox, which finds that job incomplete.
    expect(await statuses('dev', 'validibot-worker-dev')).toEqual([400, 200, 200, 200, 204]);
  });

  it('make the calls that the roles are derived from, and no others', () => {
    const unlisted = google.calls.filter(({ call }) => call === undefined);
    expect(unlisted.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    const made = google.calls.filter(({ allowed }) => allowed);
    // A call that is listed and never made, or made though it is listed as not seen here.
    const wrong = CALLS.flatMap((call) =>
      call.by
        .filter((kind) => {
          const isMade = made.some((each) => each.call === call && each.email.includes(`-${kind}`));
          return isMade === Object.hasOwn(call.unseen ?? {}, kind);
        })
        .map((kind) => `${kind}: ${call.method} ${call.path}`),
    );
    expect(wrong).toEqual([]);
  });
});
