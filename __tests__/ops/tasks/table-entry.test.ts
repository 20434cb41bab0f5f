import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { purposeOf, tableEntry } from '../../../ops/tasks/table-entry';
import { runProcess } from '../../../lib/run-process';
import { temporaryFolder } from '../../support/temporary-folder';
import { ROOT } from '../support';

const PURPOSES = [
  'Short',
  `Long enough for a line of its own: ${'word '.repeat(20)}`,
  "It's quoted",
  `Both ' and "`,
  String.raw`Back\slash`,
  '${literal}',
  'Clears the screen \u001B[2J, \u009B2J, and hides \u202E text\r\n',
];

const jobs = PURPOSES.map((purpose, index) => ({
  task: index === 0 ? 'sweep' : `sweep-${index}`,
  fields: { schedule: '0 2 * * *', endpoint: '/tasks/sweep/', purpose },
}));
const text = jobs.map(({ task, fields }) => tableEntry(task, fields)).join('\n');

it('prints entries that TypeScript reads as they were', () => {
  const table = vm.runInNewContext(`({\n${text}\n})`) as object;
  expect({ ...table }).toEqual(Object.fromEntries(jobs.map(({ task, fields }) => [task, fields])));
});

it('prints entries that the formatter leaves as they are', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'jobs.ts');
  fs.writeFileSync(file, `export const JOBS = {\n${text}\n};\n`);
  const config = path.join(ROOT, '.oxfmtrc.json');
  const { status, stdout, stderr } = await runProcess(
    path.join(ROOT, 'node_modules', '.bin', 'oxfmt'),
    ['--check', '-c', config, file],
    { cwd: folder },
  );
  expect(stdout + stderr).toContain('correct format');
  expect(status).toBe(0);
});

it('prints no character that a terminal acts on', () => {
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E]/);
});

it('derives a purpose from the name', () => {
  expect(purposeOf('purge-expired_outputs')).toBe('Purge expired outputs');
});
