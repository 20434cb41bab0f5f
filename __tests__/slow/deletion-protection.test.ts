import fs from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../lib/run-process';
import { TASK_NAMES } from '../../stages/jobs';
import { OpsSandbox, PROJECT, REGION, stackFolder } from '../ops/support';
import { projectCopy } from '../support/project-copy';
import { describeWithProvider, terraform } from '../support/terraform';

/**
 * What docs/operations.md says about deletions in production, with a version that has no
 * `deletion_policy` and with the pinned one. Each step edits a copy of the project.
 */

jest.unmock('../../stages/jobs');
jest.unmock('../../stages/stages');

jest.setTimeout(300_000);

const [TASK = '', OTHER = ''] = TASK_NAMES;
const JOB = `google_cloud_scheduler_job.${TASK}`;
const NAME = `validibot-${TASK}`;

/** What the API changes by itself: with each run, or with each read. */
const LIVE_FIELDS = ['lastAttemptTime', 'scheduleTime', 'status', 'Authorization'];

describe.each(['6.50.0', '7.45.0'])('google %s', (version) => {
  describeWithProvider('terraform', version)('the deletion of production', () => {
    const root = projectCopy();
    const original = new Map<string, string>();
    let sandbox: OpsSandbox;

    beforeAll(async () => {
      const pins = path.join(root, 'stages', 'versions.ts');
      const pinned = fs
        .readFileSync(pins, 'utf8')
        .replace(/(GOOGLE_PROVIDER) = '.*'/, `$1 = '${version}'`);
      fs.writeFileSync(pins, pinned);
      sandbox = await OpsSandbox.start((env, args) =>
        runProcess('node', ['lib/launch/main.js', 'ops/start.ts', ...args], { cwd: root, env }),
      );
      expect(await sandbox.ops('setup', 'prod')).toMatchObject({ status: 0 });
    });
    afterAll(() => sandbox.close());
    afterEach(() => {
      for (const [file, text] of original) fs.writeFileSync(path.join(root, file), text);
      original.clear();
    });

    /** Edits a file until the end of the test. */
    function edit(file: string, pattern: RegExp | string, replacement: string): void {
      const before = fs.readFileSync(path.join(root, file), 'utf8');
      const after = before.replace(pattern, replacement);
      if (after === before) throw new Error(`The edit changes nothing in ${file}: ${pattern}`);
      if (!original.has(file)) original.set(file, before);
      fs.writeFileSync(path.join(root, file), after);
    }
    const overridden = (override: string): void => {
      edit('stages/stages.ts', /^ {2}prod: \{/m, `  prod: { jobs: { '${TASK}': ${override} },`);
    };
    const unprotected = (): void => {
      edit('stages/stages.ts', 'deletionProtection: true', 'deletionProtection: false');
    };
    const setup = () => sandbox.ops('setup', 'prod', '--allow', 'destroy,stop,retarget,public');
    const deleteAll = () => sandbox.ops('delete-all', 'prod', '--confirm', 'validibot-prod');
    const inStack = (...args: string[]) =>
      terraform(stackFolder(sandbox.env, 'prod'), sandbox.env, ...args);

    /** Jobs, alerts and the metric, as Google has them. */
    async function live(): Promise<unknown> {
      const [jobs, policies, metrics] = await Promise.all([
        sandbox.call('GET', `/v1/projects/${PROJECT}/locations/${REGION}/jobs?pageSize=500`),
        sandbox.call('GET', `/v3/projects/${PROJECT}/alertPolicies`),
        sandbox.call('GET', `/v2/projects/${PROJECT}/metrics`),
      ]);
      const withoutRuns = (key: string, value: unknown) =>
        LIVE_FIELDS.includes(key) ? undefined : value;
      return JSON.parse(JSON.stringify({ jobs, policies, metrics }, withoutRuns));
    }

    const REFUSED =
      'Nothing was changed: the plan of validibot-prod deletes or replaces what is protected';

    describe('changes nothing when', () => {
      it('delete-all is refused', async () => {
        const before = await live();
        const refused = await deleteAll();
        expect(refused.stderr).toContain('of validibot-prod are protected from deletion.\n');
        expect(refused.stderr).toContain(
          'Fix: in stages/stages.ts, set deletionProtection: false for prod, ' +
            'then just gcp-scheduler-setup prod, then run the same command again\n',
        );
        expect(refused.status).toBe(1);
        expect(await live()).toEqual(before);
      });

      it.each<[string, () => void]>([
        [
          'a job is omitted',
          () => {
            overridden('{ omit: true }');
          },
        ],
        [
          'a job is renamed',
          () => {
            edit('stages/jobs.ts', `'${TASK}': {`, "'another-name': {");
          },
        ],
        [
          'a job is omitted, and the protection taken out',
          () => {
            overridden('{ omit: true }');
            edit('stages/stages.ts', 'deletionProtection: true,', '');
          },
        ],
        [
          'a job is tainted',
          () => {
            expect(inStack('taint', JOB).status).toBe(0);
          },
        ],
      ])('%s', async (_, change) => {
        const before = await live();
        change();
        const review = await sandbox.ops('review', 'prod');
        expect(review.stdout).toContain('**Protected from deletion**');
        expect(review.stdout).toContain(`- \`${NAME}\` is protected from deletion, but this plan `);
        expect(review.stdout).not.toContain('To accept this');
        expect(review.status).toBe(1);
        const refused = await setup();
        expect(refused.stderr).toContain(REFUSED);
        expect(refused.stderr).toContain(JOB);
        expect(refused.stderr).toContain('deletionProtection: false');
        expect(refused.status).toBe(1);
        expect(await live()).toEqual(before);
      });

      it('a tainted job is kept, as the review says', async () => {
        const review = await sandbox.ops('review', 'prod');
        expect(review.stdout).toContain(`If it works, keep it with terraform untaint \`${JOB}\``);
        expect(inStack('untaint', JOB).status).toBe(0);
        expect((await sandbox.ops('setup', 'prod')).stdout).toMatch(/^prod is up to date/);
      });
    });

    it('deletes a job in two deploys', async () => {
      overridden('{ deletionProtection: false }');
      const first = await sandbox.ops('setup', 'prod');
      expect(first.stderr).toContain('No longer protected from deletion after this deploy: ');
      expect(first.stderr).toContain(JOB);
      expect(first.status).toBe(0);
      const jobs = await sandbox.jobNames();
      expect(jobs).toContain(NAME);

      edit('stages/stages.ts', '{ deletionProtection: false }', '{ omit: true }');
      const asked = await sandbox.ops('setup', 'prod');
      expect(asked.stderr).toContain('just gcp-scheduler-setup prod --allow destroy');
      expect(await sandbox.jobNames()).toEqual(jobs);
      const second = await sandbox.ops('setup', 'prod', '--allow', 'destroy');
      expect(second.status).toBe(0);
      expect(await sandbox.jobNames()).toEqual(jobs.filter((name) => name !== NAME));
    });

    it('pauses a job in one deploy, and keeps its alert, disabled', async () => {
      edit(
        'stages/stages.ts',
        /^ {2}prod: \{/m,
        `  prod: { jobs: { '${OTHER}': { paused: true } },`,
      );
      expect((await setup()).status).toBe(0);
      const { alertPolicies } = (await sandbox.call(
        'GET',
        `/v3/projects/${PROJECT}/alertPolicies`,
      )) as { alertPolicies: { displayName: string; enabled: boolean }[] };
      const alert = alertPolicies.find(({ displayName }) =>
        displayName.startsWith(`validibot-${OTHER} `),
      );
      expect(alert).toMatchObject({ enabled: false });
    });

    it('deletes the stage after a deploy that ends its protection', async () => {
      unprotected();
      const early = await deleteAll();
      expect(early.stderr).toContain(
        'Fix: just gcp-scheduler-setup prod, then run the same command again\n',
      );
      expect((await setup()).status).toBe(0);
      const deleted = await deleteAll();
      expect(deleted.stdout).toMatch(/^Deleted \d+ jobs and \d+ alerts of prod in /);
      expect(deleted.status).toBe(0);
      expect(await sandbox.jobNames()).toEqual([]);
    });
  });
});
