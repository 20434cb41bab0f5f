import fs from 'node:fs';
import path from 'node:path';
import type { Context } from '../../../../ops/context';
import { checkBeforeInit } from '../../../../ops/terraform/hcp/first-init';
import { temporaryFolder } from '../../../support/temporary-folder';

function check(recorded: string | undefined, state: object, env: NodeJS.ProcessEnv = {}): void {
  const folder = temporaryFolder();
  const data = path.join(folder, env.TF_DATA_DIR ?? '.terraform');
  fs.mkdirSync(data);
  if (recorded !== undefined) fs.writeFileSync(path.join(data, 'terraform.tfstate'), recorded);
  const context = { settings: { state }, env: { HOME: folder, ...env } } as unknown as Context;
  checkBeforeInit(context, { name: 'validibot-dev', folder });
}

const CLOUD = { kind: 'cloud', organization: 'my-org' };
const TOKEN = { TF_TOKEN_app_terraform_io: 'secret' };
const recordOf = (type: string, state = __filename) =>
  JSON.stringify({ version: 3, backend: { type, config: { path: state } } });

it.each([
  [
    'local',
    'The state of validibot-dev was last in a local file, but now TF_CLOUD_ORGANIZATION is set.',
  ],
  ['gcs', 'The state of validibot-dev was last in a bucket, but now TF_CLOUD_ORGANIZATION is set.'],
])('refuses to leave behind a state in a %s backend', (type, message) => {
  const leave = () => {
    check(recordOf(type), CLOUD, TOKEN);
  };
  expect(leave).toThrow(message);
  expect(leave).toThrow(/docs\/moving-state\.md; .* rm \/.*\.terraform\/terraform\.tfstate$/);
});

it('looks in TF_DATA_DIR', () => {
  const leave = () => {
    check(recordOf('local'), CLOUD, { ...TOKEN, TF_DATA_DIR: 'data' });
  };
  expect(leave).toThrow(/rm \/.*\/data\/terraform\.tfstate/);
});

it.each([undefined, recordOf('cloud'), recordOf('local', '/nowhere'), 'no JSON'])(
  'accepts a folder with this record: %s',
  (recorded) => {
    expect(() => {
      check(recorded, CLOUD, TOKEN);
    }).not.toThrow();
  },
);

it('checks nothing if the state is not in HCP Terraform', () => {
  expect(() => {
    check(recordOf('gcs'), { kind: 'local', directory: '/tmp' });
  }).not.toThrow();
});

it('reports a missing token before init', () => {
  expect(() => {
    check(undefined, CLOUD);
  }).toThrow('TF_TOKEN_app_terraform_io');
});
