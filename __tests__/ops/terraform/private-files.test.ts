import fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Context } from '../../../ops/context';
import { runChild } from '../../../ops/terraform/child';
import {
  makePrivateFolder,
  makeStatePrivate,
  PRIVATE_UMASK,
} from '../../../ops/terraform/private-files';
import { terraformChild } from '../../../ops/terraform/stack';
import { temporaryFolder } from '../../support/temporary-folder';

function modeOf(file: string): string {
  return (fs.statSync(file).mode & 0o777).toString(8);
}

function write(file: string): string {
  fs.writeFileSync(file, '{}', { mode: 0o666 });
  fs.chmodSync(file, 0o644);
  return file;
}

it("takes a stack's existing state and its backups from everyone else, and nothing else", () => {
  const [directory, folder] = [temporaryFolder(), temporaryFolder()];
  const own = [
    'terraform.validibot-dev.tfstate',
    'terraform.validibot-dev.tfstate.backup',
    'terraform.validibot-dev.tfstate.1764122400.backup',
  ].map((name) => write(path.join(directory, name)));
  const errored = write(path.join(folder, 'errored.tfstate'));
  const others = ['terraform.validibot-prod.tfstate', 'notes.txt'].map((name) =>
    write(path.join(directory, name)),
  );
  const settings = { state: { kind: 'local', directory } };
  const context = { settings, terminal: { errors: new PassThrough() } } as unknown as Context;
  makeStatePrivate(context, { name: 'validibot-dev', folder });
  expect([...own, errored].map(modeOf)).toEqual(['600', '600', '600', '600']);
  expect(others.map(modeOf)).toEqual(['644', '644']);
});

it('has nothing to do without local files', () => {
  const context = { settings: { state: { kind: 'gcs', bucket: 'b' } } } as unknown as Context;
  makeStatePrivate(context, { name: 'validibot-dev', folder: '/nowhere' });
});

it('makes a folder private, also one that exists', () => {
  const folder = path.join(temporaryFolder(), 'a', 'b');
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  makePrivateFolder(folder);
  expect(modeOf(folder)).toBe('700');
});

describe('terraform', () => {
  const { signal } = new AbortController();
  const context = {
    env: { TERRAFORM_BINARY_NAME: '/bin/sh' },
    settings: { state: { kind: 'local' } },
    signal,
  } as unknown as Context;

  it('creates files for this user alone', async () => {
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, 'before'), '');
    const args = ['-c', 'mkdir state && echo x >state/terraform.tfstate'];
    await runChild(terraformChild(context, { folder }, args));
    expect(modeOf(path.join(folder, 'state'))).toBe('700');
    expect(modeOf(path.join(folder, 'state', 'terraform.tfstate'))).toBe('600');
    // Other files of this process are as before.
    fs.writeFileSync(path.join(folder, 'after'), '');
    expect(modeOf(path.join(folder, 'after'))).toBe(modeOf(path.join(folder, 'before')));
  });

  it('leaves a shared cache of providers readable for others', () => {
    const umaskOf = (...args: string[]) => terraformChild(context, { folder: '' }, args).umask;
    expect(umaskOf('init', '-input=false')).toBeUndefined();
    expect(umaskOf('apply', 'plan')).toBe(PRIVATE_UMASK);
  });
});
