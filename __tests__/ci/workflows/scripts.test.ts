import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { PROVIDER_LOCK } from '../../../stages/provider-lock';
import { bareEnvironment } from '../../ops/support';
import { projectCopy } from '../../support/project-copy';
import { read, runScript } from './scripts';

describe('review-stage.sh', () => {
  it('writes a failing review if planning fails, and the reason to the log', async () => {
    const review = await runScript(bareEnvironment(), 'review-stage.sh', 'prod', 'FOLDER');
    expect(review.stderr).toContain('GCP_PROJECT_ID is required (project ID)');
    expect(review.status).toBe(2);
    expect(read(review, 'prod.md')).toBe(
      '### prod: fails review\n\nThe plan failed; see the workflow log.\n',
    );
    expect(review.summary).toBe(read(review, 'prod.md'));
    expect(review.outputs).toEqual({});
  });

  it('puts the result among the annotations of a workflow', async () => {
    const env = bareEnvironment({ GITHUB_ACTIONS: 'true' });
    const { stdout } = await runScript(env, 'review-stage.sh', 'prod', 'FOLDER');
    expect(stdout).toContain(
      '::error title=prod: fails review::The plan failed; see the workflow log. ' +
        'The review is in the summary of this run.\n',
    );
  });
});

describe('check-stage.sh', () => {
  it('leaves the errors if the checks fail to run', async () => {
    const check = await runScript(bareEnvironment(), 'check-stage.sh', 'prod', 'FOLDER');
    expect(check.status).toBe(0);
    for (const file of ['prod.review.json', 'prod.doctor.json']) {
      const { error } = JSON.parse(read(check, file)) as { error: { message: string } };
      expect(error.message).toContain('GCP_PROJECT_ID is required');
    }
  });
});

describe('warn-without-lock.sh', () => {
  const warn = (root: string): string =>
    execFileSync(path.join(root, 'ci', 'workflows', 'warn-without-lock.sh'), { encoding: 'utf8' });

  it('warns if there is no lock of the provider, with the command that writes it', () => {
    const root = projectCopy();
    fs.rmSync(path.join(root, PROVIDER_LOCK), { force: true });
    expect(warn(root)).toMatch(/^::warning title=.*::.*Fix: npm run lock-provider, and commit/);
    fs.writeFileSync(path.join(root, PROVIDER_LOCK), '');
    expect(warn(root)).toBe('');
  });
});

describe('with-token.sh', () => {
  const tokens = async (variables: Record<string, string>): Promise<string[]> => {
    const { stdout } = await runScript(bareEnvironment(variables), 'with-token.sh', 'env');
    return stdout.split('\n').filter((line) => line.startsWith('TF_'));
  };

  it.each<[string, Record<string, string>, string]>([
    ['HCP Terraform', {}, 'TF_TOKEN_app_terraform_io'],
    ['HCP Terraform', { TF_CLOUD_HOSTNAME: '' }, 'TF_TOKEN_app_terraform_io'],
    [
      'tfe.my-company.com',
      { TF_CLOUD_HOSTNAME: 'tfe.my-company.com' },
      'TF_TOKEN_tfe_my__company_com',
    ],
  ])('puts the token of %s in the variable that terraform reads', async (_, host, name) => {
    const found = await tokens({ ...host, TF_API_TOKEN: 'secret' });
    expect(found.filter((line) => line.includes('secret'))).toEqual([`${name}=secret`]);
  });

  it('sets nothing if there is no token, as with the state in a bucket', async () => {
    expect(await tokens({ TF_API_TOKEN: '' })).toEqual([]);
  });

  it('rejects a host with a port, without printing the token', async () => {
    const env = { TF_API_TOKEN: 'secret', TF_CLOUD_HOSTNAME: 'tfe.example.com:8443' };
    const { status, stdout, stderr } = await runScript(
      bareEnvironment(env),
      'with-token.sh',
      'env',
    );
    expect(stderr).toBe(
      'Invalid TF_CLOUD_HOSTNAME "tfe.example.com:8443": must be a host name without port, https:// or path.\n' +
        "Fix: write it like tfe.example.com, or put the token in the runner's ~/.terraformrc instead of TF_API_TOKEN.\n",
    );
    expect(`${stdout}${stderr}`).not.toContain('secret');
    expect(status).toBe(2);
  });

  it("exits with the command's status", async () => {
    const ended = await runScript(bareEnvironment(), 'with-token.sh', 'sh', '-c', 'exit 7');
    expect(ended.status).toBe(7);
  });
});
