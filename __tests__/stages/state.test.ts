import path from 'node:path';
import { describeMistake } from '../../constructs/core/mistake';
import { STAGE_NAMES } from '../../stages/stages';
import { readState } from '../../stages/state';
import { configurationOfStage } from '../support/stages';

it.each([
  [{}, { kind: 'local', directory: path.resolve('.') }],
  [{ TF_STATE_DIR: 'a/b' }, { kind: 'local', directory: path.resolve('a/b') }],
  [{ TF_STATE_DIR: '/state' }, { kind: 'local', directory: '/state' }],
  [{ TF_STATE_BUCKET: 'my-bucket' }, { kind: 'gcs', bucket: 'my-bucket' }],
  [
    { TF_STATE_BUCKET: 'my.example.com', TF_STATE_DIR: '/x' },
    { kind: 'gcs', bucket: 'my.example.com' },
  ],
  [
    { TF_CLOUD_ORGANIZATION: 'My_organization-1' },
    { kind: 'cloud', organization: 'My_organization-1', hostname: undefined },
  ],
  [
    { TF_CLOUD_ORGANIZATION: 'mine', TF_CLOUD_HOSTNAME: 'tfe.example.com:8443' },
    { kind: 'cloud', organization: 'mine', hostname: 'tfe.example.com:8443' },
  ],
])('reads %j', (env, settings) => {
  expect(readState(env)).toEqual({ settings, mistakes: [] });
});

it.each([
  [
    { TF_CLOUD_ORGANIZATION: 'https://app.terraform.io/app/mine' },
    'Invalid TF_CLOUD_ORGANIZATION "https://app.terraform.io/app/mine": is not the name of an organization. ' +
      'Expected: letters, digits, _ or -. ' +
      'Fix: use the NAME in its URL, app.terraform.io/app/NAME.',
  ],
  [
    { TF_CLOUD_ORGANIZATION: 'mine', TF_CLOUD_HOSTNAME: 'https://tfe.example.com' },
    'Invalid TF_CLOUD_HOSTNAME "https://tfe.example.com": is not a host name. ' +
      'Expected: a host name without https:// and without a path. ' +
      'Fix: write it like app.terraform.io, or unset it.',
  ],
  [
    { TF_STATE_BUCKET: 'gs://my-bucket' },
    'Invalid TF_STATE_BUCKET "gs://my-bucket": is not the name of a bucket. ' +
      'Expected: 3-222 lower-case letters, digits, dots, _ or -, without gs://. ' +
      'Fix: run `gcloud storage buckets list` and use a name.',
  ],
  [
    { TF_STATE_BUCKET: 'my-bucket', TF_CLOUD_ORGANIZATION: 'mine' },
    'Invalid TF_STATE_BUCKET "my-bucket": must not be set together with TF_CLOUD_ORGANIZATION ("mine"). ' +
      'Fix: unset one of the two.',
  ],
  [
    { TF_WORKSPACE: 'team' },
    'Invalid TF_WORKSPACE "team": must not be set, because Terraform would then use another state. ' +
      'Fix: unset it.',
  ],
  [
    { TF_CLI_ARGS_init: '-reconfigure -backend-config=access_token=secret' },
    'Invalid TF_CLI_ARGS_init "-backend-config": must not be used: ' +
      'Terraform would then use another state, or plan something else. Fix: unset it, or remove the option.',
  ],
  [
    { TF_CLI_ARGS: '--target a' },
    'Invalid TF_CLI_ARGS "--target": must not be used: ' +
      'Terraform would then use another state, or plan something else. Fix: unset it, or remove the option.',
  ],
])('rejects %j', (env, message) => {
  expect(readState(env).mistakes.map(describeMistake)).toEqual([message]);
});

it.each([
  '-reconfigure',
  '-lock-timeout=60s -parallelism=2',
  '-compact-warnings',
  '-state-of-things',
])("accepts %s among Terraform's own options", (TF_CLI_ARGS_plan) => {
  expect(readState({ TF_CLI_ARGS_plan }).mistakes).toEqual([]);
});

describe.each(STAGE_NAMES)('the backend of validibot-%s', (stage) => {
  const backend = (env: Record<string, string>): unknown => {
    const { terraform } = configurationOfStage(stage, env);
    return { backend: terraform?.backend, cloud: terraform?.cloud };
  };

  it('is a local file by default', () => {
    expect(backend({ TF_STATE_DIR: '/elsewhere' })).toEqual({
      backend: { local: { path: `/elsewhere/terraform.validibot-${stage}.tfstate` } },
    });
  });

  it('is a bucket, with the stack as prefix', () => {
    expect(backend({ TF_STATE_BUCKET: 'my-bucket' })).toEqual({
      backend: { gcs: { bucket: 'my-bucket', prefix: `validibot-${stage}` } },
    });
  });

  it('is HCP Terraform, with the stack as workspace', () => {
    const workspaces = { name: `validibot-${stage}` };

    expect(backend({ TF_CLOUD_ORGANIZATION: 'mine' })).toEqual({
      cloud: { organization: 'mine', workspaces },
    });
    expect(
      backend({ TF_CLOUD_ORGANIZATION: 'mine', TF_CLOUD_HOSTNAME: 'tfe.example.com' }),
    ).toEqual({ cloud: { organization: 'mine', hostname: 'tfe.example.com', workspaces } });
  });
});
