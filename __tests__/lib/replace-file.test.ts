import fs from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../lib/replace-file';
import { temporaryFolder } from '../support/temporary-folder';

it('replaces a file, and leaves nothing else behind', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'record.json');
  replaceFile(file, 'old');
  replaceFile(file, Buffer.from('new'));
  expect(fs.readFileSync(file, 'utf8')).toBe('new');
  expect(fs.readdirSync(folder)).toEqual(['record.json']);
});

it('never shows a partial file: a reader of the old file keeps reading it', () => {
  const file = path.join(temporaryFolder(), 'record.json');
  replaceFile(file, 'old');
  const open = fs.openSync(file, 'r');
  replaceFile(file, 'new');
  expect(fs.readFileSync(open, 'utf8')).toBe('old');
  fs.closeSync(open);
});

it('leaves no temporary file if it fails', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'record.json');
  // A folder that is not empty cannot be replaced by a file.
  fs.mkdirSync(path.join(file, 'x'), { recursive: true });
  expect(() => {
    replaceFile(file, 'new');
  }).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(fs.readdirSync(folder)).toEqual(['record.json']);
});
