import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
import { byBot, byPerson, startGitHub, type GitHub } from './support';

const MARKER = '<!-- scheduled jobs: plan review -->';

let github: GitHub;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

function files(...texts: string[]): string[] {
  const folder = temporaryFolder();
  return texts.map((text, index) => {
    const file = path.join(folder, `${index}.md`);
    fs.writeFileSync(file, `${text}\n`);
    return file;
  });
}

it('posts all reviews as one comment', async () => {
  const { status, stderr } = await github.run('comment.ts', '7', ...files('### prod', '### dev'));
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(github.comments.map(({ body }) => body)).toEqual([
    `${MARKER}\n\n### prod\n\n---\n\n### dev`,
  ]);
});

it('updates that comment, even after a hundred others', async () => {
  github.comments.push(byPerson(`${MARKER}\n\na person quotes it`));
  for (let index = 0; index < 120; index += 1) github.comments.push(byPerson('me too'));
  await github.run('comment.ts', '7', ...files('first'));
  await github.run('comment.ts', '7', ...files('second'));
  expect(github.writes).toEqual([
    'POST /repos/acme/jobs/issues/7/comments',
    expect.stringMatching(/^PATCH \/repos\/acme\/jobs\/issues\/comments\/\d+$/),
  ]);
  expect(github.comments.at(-1)?.body).toBe(`${MARKER}\n\nsecond`);
  expect(github.comments[0]?.body).toContain('a person quotes it');
});

it('does not update the comments of other bots and of other workflows', async () => {
  const others = ['Bumps fastify', '<!-- scheduled jobs: morning check -->\n\n### prod'];
  github.comments.push(...others.map(byBot));
  await github.run('comment.ts', '7', ...files('### dev'));
  expect(github.writes).toEqual(['POST /repos/acme/jobs/issues/7/comments']);
  expect(github.comments.map(({ body }) => body)).toEqual([...others, `${MARKER}\n\n### dev`]);
});

it('does not update a comment with the same text', async () => {
  await github.run('comment.ts', '7', ...files('same'));
  await github.run('comment.ts', '7', ...files('same'));
  expect(github.writes).toHaveLength(1);
});

it('truncates what is too long for GitHub', async () => {
  await github.run('comment.ts', '7', ...files('x'.repeat(70_000)));
  const [comment] = github.comments;
  expect(comment?.body.length).toBeLessThan(65_536);
  expect(comment?.body).toMatch(
    /Truncated, because it is too long for GitHub\. The workflow log has the rest\.$/,
  );
});

it.each([[[]], [['7']], [['seven', 'x.md']]])('rejects the arguments %j', async (args) => {
  const { status, stderr } = await github.run('comment.ts', ...args);
  expect(stderr).toContain('Usage: comment.ts PULL_REQUEST FILE...');
  expect(status).toBe(2);
  expect(github.writes).toEqual([]);
});
