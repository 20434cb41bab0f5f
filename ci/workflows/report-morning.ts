import fs from 'node:fs';
import path from 'node:path';
import { STAGE_NAMES } from '../../stages/stages';
import { isOurs, marked, repositoryOf } from './client';
import { morningBody, type StageCheck } from './morning-body';

const MARKER = '<!-- scheduled jobs: morning check -->';
const LABEL = 'scheduled-jobs';
const TITLE = 'The scheduled jobs need attention';

/**
 * Opens an issue when there are problems, updates it while they last, and closes it afterwards.
 *
 *   node lib/launch/main.js ci/workflows/report-morning.ts FOLDER
 */
async function main([folder]: readonly string[]): Promise<void> {
  if (folder === undefined) {
    console.error('Usage: report-morning.ts FOLDER');
    process.exitCode = 2;
    return;
  }
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env;
  const runUrl = `${GITHUB_SERVER_URL ?? ''}/${GITHUB_REPOSITORY ?? ''}/actions/runs/${GITHUB_RUN_ID ?? ''}`;
  const found = morningBody(readChecks(folder), runUrl);
  console.log(found ?? 'No problems found.');
  await report(found);
}

async function report(found: string | undefined): Promise<void> {
  const { api, ...repository } = repositoryOf(process.env);
  const open = await api.paginate(api.issues.listForRepo, {
    ...repository,
    state: 'open',
    labels: LABEL,
    per_page: 100,
  });
  const ours = open.find((issue) => isOurs(issue, MARKER));
  if (found === undefined) {
    if (ours === undefined) return;
    const issue = { ...repository, issue_number: ours.number };
    await api.issues.createComment({ ...issue, body: 'No problems found any more.' });
    await api.issues.update({ ...issue, state: 'closed', state_reason: 'completed' });
    return;
  }
  const body = marked(MARKER, found);
  if (ours === undefined) {
    await api.issues.create({ ...repository, title: TITLE, body, labels: [LABEL] });
  } else {
    await api.issues.update({ ...repository, issue_number: ours.number, body });
  }
}

/** The results of all stages; a stage without results is reported as such. */
function readChecks(folder: string): StageCheck[] {
  return STAGE_NAMES.map((stage) => ({
    stage,
    review: readJson(path.join(folder, `${stage}.review.json`)) as StageCheck['review'],
    doctor: readJson(path.join(folder, `${stage}.doctor.json`)) as StageCheck['doctor'],
  }));
}

function readJson(file: string): unknown {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  return text.trim() === '' ? undefined : JSON.parse(text);
}

void main(process.argv.slice(2));
