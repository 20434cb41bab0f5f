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
  ['local', 'validibot-dev was last used with its state in a local file'],
  ['gcs', 'validibot-dev was last used with its state in a bucket'],
])('refuses to leave a state behind that is in %s', (type, message) => {
  const leave = () => {
    check(recordOf(type), CLOUD, TOKEN);
  };
  expect(leave).toThrow(message);
  expect(leave).toThrow(/docs\/moving-state\.md says; .* rm \/.*\.terraform\/terraform\.tfstate$/);
});

it('looks where TF_DATA_DIR says', () => {
  const leave = () => {
    check(recordOf('local'), CLOUD, { ...TOKEN, TF_DATA_DIR: 'data' });
  };
  expect(leave).toThrow(/rm \/.*\/data\/terraform\.tfstate/);
});

it.each([undefined, recordOf('cloud'), recordOf('local', '/nowhere'), 'no JSON'])(
  'lets others be: %s',
  (recorded) => {
    expect(() => {
      check(recorded, CLOUD, TOKEN);
    }).not.toThrow();
  },
);

it('asks nothing of states elsewhere', () => {
  expect(() => {
    check(recordOf('gcs'), { kind: 'local', directory: '/tmp' });
  }).not.toThrow();
});

it('says before init that there is no token', () => {
  expect(() => {
    check(undefined, CLOUD);
  }).toThrow('TF_TOKEN_app_terraform_io');
});
