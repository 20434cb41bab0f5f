import fs from 'node:fs';
import path from 'node:path';
import { changedProvider } from '../../../ops/terraform/initialized';
import { temporaryFolder } from '../../support/temporary-folder';

function folderWith(lock: string | undefined, version: string | undefined): string {
  const folder = temporaryFolder();
  const google = { source: 'google', version };
  const stack = { terraform: version && { required_providers: { google } } };
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(stack));
  if (lock !== undefined) fs.writeFileSync(path.join(folder, '.terraform.lock.hcl'), lock);
  return folder;
}

function lockOf(version: string, registry = 'registry.terraform.io'): string {
  return `# This file is maintained automatically by "terraform init".

provider "${registry}/hashicorp/null" {
  version = "3.2.4"
}

provider "${registry}/hashicorp/google" {
  version     = "${version}"
  constraints = "${version}"
  hashes = [
    "h1:abc=",
  ]
}
`;
}

it.each([
  ['raised', lockOf('6.50.0'), '7.45.0', { locked: '6.50.0', pinned: '7.45.0' }],
  ['lowered', lockOf('7.45.0'), '6.50.0', { locked: '7.45.0', pinned: '6.50.0' }],
  [
    'raised for OpenTofu',
    lockOf('6.50.0', 'registry.opentofu.org'),
    '7.45.0',
    { locked: '6.50.0', pinned: '7.45.0' },
  ],
  ['the same', lockOf('7.45.0'), '7.45.0', undefined],
  ['not locked', undefined, '7.45.0', undefined],
  ['not pinned', lockOf('7.45.0'), undefined, undefined],
])('finds whether the pinned provider was %s', (_, lock, version, expected) => {
  expect(changedProvider({ folder: folderWith(lock, version) })).toEqual(expected);
});
