import fs from 'node:fs';
import path from 'node:path';
import { replaceOutput } from '../../../lib/synth/replace-output';
import { readFiles, writeFiles, type Files } from '../../support/files';
import { temporaryFolder } from '../../support/temporary-folder';

const FRESH: Files = {
  'manifest.json': 'new manifest',
  'stacks/a/cdk.tf.json': 'new a',
  'stacks/b/cdk.tf.json': 'new b',
};

/** Replaces output of these files with `FRESH`; returns the error, if any. */
function replace(older: Files): { outdir: string; fresh: string; error?: unknown } {
  const folder = temporaryFolder();
  const [outdir, fresh] = [path.join(folder, 'out'), path.join(folder, 'fresh')];
  writeFiles(outdir, older);
  writeFiles(fresh, FRESH);
  try {
    replaceOutput(fresh, outdir, path.join(folder, 'scratch'));
    return { outdir, fresh };
  } catch (error) {
    return { outdir, fresh, error };
  }
}

/** The output after a successful replacement. */
function replaced(older: Files): Files {
  const { outdir, error } = replace(older);
  expect(error).toBeUndefined();
  return readFiles(outdir);
}

it('creates the output if there is none', () => {
  expect(replaced({})).toEqual(FRESH);
});

it('replaces older output', () => {
  const older = { 'manifest.json': 'old', 'stacks/a/cdk.tf.json': 'old' };

  expect(replaced(older)).toEqual(FRESH);
});

it('keeps terraform’s own files in a stack’s folder', () => {
  const kept = {
    'stacks/a/.terraform/terraform.tfstate': 'which backend',
    'stacks/a/.terraform/providers/registry/google': 'provider',
    'stacks/a/.terraform.lock.hcl': 'lock',
    'stacks/a/terraform.tfstate': 'state',
    'stacks/a/terraform.tfstate.backup': 'state',
    'stacks/a/plan': 'plan',
    'stacks/a/terraform.tfvars': 'x = 1',
    'notes.txt': 'notes',
  };

  expect(replaced(kept)).toEqual({ ...kept, ...FRESH });
});

it.each(['cdk.tf', 'override.tf.json', 'main.tofu', 'main.tofu.json'])(
  'removes %s, which terraform would read too',
  (file) => {
    expect(replaced({ [`stacks/a/${file}`]: 'stale' })).toEqual(FRESH);
  },
);

it('removes the folder of a stack that no longer exists', () => {
  const { outdir, error } = replace({
    'stacks/gone/cdk.tf.json': 'old',
    'stacks/gone/.terraform.lock.hcl': 'lock',
    'stacks/gone/.terraform/providers/google': 'provider',
  });

  expect(error).toBeUndefined();
  expect(fs.readdirSync(path.join(outdir, 'stacks')).sort()).toEqual(['a', 'b']);
});

it('keeps a state of a stack that no longer exists', () => {
  const states = {
    'stacks/gone/terraform.tfstate': 'state',
    'stacks/gone/terraform.tfstate.backup': 'state',
  };

  expect(replaced({ ...states, 'stacks/gone/cdk.tf.json': 'old' })).toEqual({
    ...states,
    ...FRESH,
  });
});

it('replaces a folder by a file of the same name', () => {
  expect(replaced({ 'stacks/a/cdk.tf.json/x': 'x', 'manifest.json/x': 'x' })).toEqual(FRESH);
});

it.each([
  // Folders cannot be created there. Permissions would not stop root.
  ['a file in place of the folder of a stack', { 'stacks/b': 'a file' }],
  ['a file in place of the folder of all stacks', { stacks: 'a file' }],
])('fails for %s, and leaves everything unchanged', (_, obstacle) => {
  const older = {
    ...('stacks' in obstacle
      ? {}
      : {
          'stacks/a/cdk.tf.json': 'old a',
          'stacks/a/cdk.tf': 'stale',
          'stacks/gone/cdk.tf.json': 'old gone',
          'stacks/gone/.terraform/x': 'x',
        }),
    'manifest.json': 'old manifest',
    ...obstacle,
  };

  const { outdir, fresh, error } = replace(older);

  expect(error).toMatchObject({ syscall: expect.any(String) as unknown });
  expect(readFiles(outdir)).toEqual(older);
  expect(readFiles(fresh)).toEqual(FRESH);
});

it('replaces the manifest last, and restores all files if that fails', () => {
  const older = { 'manifest.json': 'old', 'stacks/a/cdk.tf.json': 'old a', 'stacks/a/x.tf': 'x' };
  const rename = fs.renameSync;
  const placed: string[] = [];
  const spy = jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (String(from).includes('fresh')) placed.push(path.basename(String(from)));
    if (String(from).endsWith(path.join('fresh', 'manifest.json'))) throw new Error('disk full');
    rename(from, to);
  });

  const { outdir, fresh, error } = replace(older);
  spy.mockRestore();

  expect(error).toEqual(new Error('disk full'));
  expect(placed).toEqual(['cdk.tf.json', 'cdk.tf.json', 'manifest.json']);
  expect(readFiles(outdir)).toEqual(older);
  expect(readFiles(fresh)).toEqual(FRESH);
});
