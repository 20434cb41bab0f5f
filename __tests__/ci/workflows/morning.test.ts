import fs from 'node:fs';
import path from 'node:path';
import { reviewInJson } from '../../../ops/plan-review/json';
import { STAGE_NAMES } from '../../../stages/stages';
import { realPlan, reviewOf } from '../../ops/plan-review/support/plans';
import { temporaryFolder } from '../../support/temporary-folder';
import { byPerson, startGitHub, type GitHub } from './support';

// The script runs in its own process.
jest.unmock('../../../stages/jobs');
jest.unmock('../../../stages/stages');

const MARKER = '<!-- scheduled jobs: morning check -->';
const HEALTHY = {
  ok: true,
  findings: [{ check: 'project', subject: 'p', status: 'ok', cause: 'it is' }],
};
const UNHEALTHY = {
  ok: false,
  findings: [
    {
      check: 'worker-ready',
      subject: 'validibot-worker',
      status: 'failure',
      cause: 'it is not @ready',
      fix: 'just gcp-deploy-all prod',
    },
  ],
};

let github: GitHub;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

/** A folder with the stages' results: no problems, except those given. */
function checks(plans: Record<string, string> = {}, doctors: Record<string, unknown> = {}): string {
  const folder = temporaryFolder();
  for (const stage of STAGE_NAMES) {
    const review = reviewInJson(reviewOf(realPlan(plans[stage] ?? 'empty'), { stage }));
    const files = { review, doctor: doctors[stage] ?? HEALTHY };
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(folder, `${stage}.${name}.json`), JSON.stringify(content));
    }
  }
  return folder;
}

it('writes nothing if there are no problems', async () => {
  const { status, stdout } = await github.run('report-morning.ts', checks());
  expect(stdout).toBe('No problems found.\n');
  expect(status).toBe(0);
  expect(github.writes).toEqual([]);
});

it('opens one issue, updates it, and closes it when the problems are gone', async () => {
  await github.run('report-morning.ts', checks({}, { prod: UNHEALTHY }));
  expect(github.issues).toHaveLength(1);
  const [issue] = github.issues;
  expect(issue?.body).toBe(
    `${MARKER}\n\n### prod\n\n- failure \`worker-ready\`: \`validibot-worker\`: \`it is not @ready\` ` +
      'Fix: `just gcp-deploy-all prod`\n\n' +
      'Found by the [morning check](https://github.com/acme/jobs/actions/runs/42), which closes this issue when there are no more problems.',
  );
  await github.run('report-morning.ts', checks({ prod: 'drift' }));
  expect(github.issues).toHaveLength(1);
  expect(issue?.body).toContain(
    'was changed outside Terraform: `schedule` from `0 2 * * *` to `0 6 * * *`; a deploy reverts it',
  );
  await github.run('report-morning.ts', checks());
  expect(issue?.state).toBe('closed');
  expect(github.writes).toHaveLength(4);
  await github.run('report-morning.ts', checks({}, { dev: UNHEALTHY }));
  expect(github.issues).toHaveLength(2);
});

it('reports drift and pending changes', async () => {
  await github.run('report-morning.ts', checks({ prod: 'drift' }));
  const lines = github.issues[0]?.body.split('\n').filter((line) => line.startsWith('- '));
  expect(lines).toEqual([
    '- `validibot-cleanup-callback-receipts` was deleted outside Terraform',
    '- `validibot-clear-sessions` was changed outside Terraform: `schedule` from `0 2 * * *` to `0 6 * * *`; a deploy reverts it',
    '- `validibot-process-purge-retries` was changed outside Terraform: `paused` from `running` to `paused`; a deploy keeps it',
    '- `validibot-cleanup-callback-receipts` would be created by a deploy of prod',
    '- `validibot-clear-sessions` would be changed by a deploy of prod',
  ]);
});

it('reports a check that failed to run', async () => {
  const folder = checks();
  fs.rmSync(path.join(folder, 'dev.review.json'));
  fs.writeFileSync(path.join(folder, 'dev.doctor.json'), '');
  await github.run('report-morning.ts', folder);
  expect(github.issues[0]?.body).toContain(
    '### dev\n\n- The plan failed; see the workflow log.\n' +
      '- The doctor failed to run; see the workflow log.',
  );
});

it('quotes the error of a check that failed to run', async () => {
  const folder = checks();
  const error = { error: { message: 'No plan: @everyone, `see`' } };
  for (const file of ['dev.review.json', 'dev.doctor.json']) {
    fs.writeFileSync(path.join(folder, file), JSON.stringify(error));
  }
  await github.run('report-morning.ts', folder);
  const quoted = '<code>No plan&#58; &#64;everyone&#44; &#96;see&#96;</code>';
  expect(github.issues[0]?.body).toContain(
    `### dev\n\n- The plan failed: ${quoted}\n- The doctor failed to run: ${quoted}\n`,
  );
});

it("does not close other people's issues", async () => {
  const person = { ...byPerson(MARKER), labels: [{ name: 'scheduled-jobs' }] };
  github.issues.push(person);
  await github.run('report-morning.ts', checks());
  expect(person.state).toBe('open');
  expect(github.writes).toEqual([]);
});
