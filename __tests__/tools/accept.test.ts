import fs from 'node:fs';
import path from 'node:path';
import { WORKFLOWS, withStages } from '../../tools/accept/workflows';

const FOLDER = path.join(__dirname, '..', '..', '.github', 'workflows');

function rendered(workflow: string, ...stages: string[]): string {
  return withStages(workflow, fs.readFileSync(path.join(FOLDER, workflow), 'utf8'), stages);
}

it('lists the stages in the matrix of each workflow that has one', () => {
  expect(rendered('morning.yml', 'a', 'b')).toContain('        stage: [a, b]\n');
  expect(rendered('pull-request.yml', 'a', 'b')).toContain('        stage: [a, b]\n');
});

it('posts the reviews of all stages, the last one first', () => {
  expect(rendered('pull-request.yml', 'a', 'b')).toContain(
    ' "$PULL_REQUEST" reviews/b.md reviews/a.md\n',
  );
});

it('deploys each stage after the one before it', () => {
  const [, jobs = ''] = rendered('deploy.yml', 'a', 'b').split('\njobs:\n');
  const lines = jobs.split('\n').filter((line) => /^ {2}\w|^ {4}needs:|^ {6}stage:/.test(line));
  expect(lines).toEqual(['  a:', '      stage: a', '  b:', '    needs: a', '      stage: b']);
});

it.each(WORKFLOWS)('changes nothing else in %s', (workflow) => {
  const once = rendered(workflow, 'a', 'b');
  expect(withStages(workflow, withStages(workflow, once, ['c']), ['a', 'b'])).toBe(once);
});

it('fails if a workflow has no place for the stages', () => {
  expect(() => withStages('morning.yml', 'name: Morning\n', ['a'])).toThrow(
    '.github/workflows/morning.yml has no place for the stages: ',
  );
});
