import fs from 'node:fs';
import { isOurs, marked, repositoryOf } from './client';

const MARKER = '<!-- scheduled jobs: plan review -->';

/**
 * Posts the reviews as one comment on a pull request. An existing comment is updated, so that there is
 * never an outdated one.
 *
 *   node lib/launch/main.js ci/workflows/comment.ts PULL_REQUEST FILE...
 */
async function main([number = '', ...files]: readonly string[]): Promise<void> {
  if (!/^\d+$/.test(number) || files.length === 0) {
    console.error('Usage: comment.ts PULL_REQUEST FILE...');
    process.exitCode = 2;
    return;
  }
  const { api, ...repository } = repositoryOf(process.env);
  const issue = { ...repository, issue_number: Number(number) };
  const reviews = files.map((file) => fs.readFileSync(file, 'utf8').trim());
  const body = marked(MARKER, reviews.join('\n\n---\n\n'));
  const comments = await api.paginate(api.issues.listComments, { ...issue, per_page: 100 });
  const ours = comments.find((comment) => isOurs(comment, MARKER));
  if (ours === undefined) await api.issues.createComment({ ...issue, body });
  else if (ours.body !== body) {
    await api.issues.updateComment({ ...repository, comment_id: ours.id, body });
  }
}

void main(process.argv.slice(2));
