import { bareEnvironment } from '../../ops/support';
import { read, runScript } from './scripts';

describe('review-stage.sh', () => {
  it('leaves a review that fails where there is no plan, and says why in the log', async () => {
    const review = await runScript(bareEnvironment(), 'review-stage.sh', 'prod', 'FOLDER');
    expect(review.stderr).toContain('GCP_PROJECT_ID is required (project ID)');
    expect(review.status).toBe(2);
    expect(read(review, 'prod.md')).toBe(
      '### prod: fails review\n\nThere is no plan to review. The log of the check says why.\n',
    );
    expect(review.summary).toBe(read(review, 'prod.md'));
  });
});

describe('check-stage.sh', () => {
  it('leaves empty files where nothing could be looked at', async () => {
    const check = await runScript(bareEnvironment(), 'check-stage.sh', 'prod', 'FOLDER');
    expect(check.status).toBe(0);
    expect(read(check, 'prod.review.json')).toBe('');
    expect(read(check, 'prod.doctor.json')).toBe('');
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
  ])('gives the token of %s the name that terraform reads', async (_, host, name) => {
    const found = await tokens({ ...host, TF_API_TOKEN: 'secret' });
    expect(found.filter((line) => line.includes('secret'))).toEqual([`${name}=secret`]);
  });

  it('sets nothing without a token, as with the state in a bucket', async () => {
    expect(await tokens({ TF_API_TOKEN: '' })).toEqual([]);
  });

  it('refuses a host that no variable can name, without the token in the message', async () => {
    const env = { TF_API_TOKEN: 'secret', TF_CLOUD_HOSTNAME: 'tfe.example.com:8443' };
    const { status, stdout, stderr } = await runScript(
      bareEnvironment(env),
      'with-token.sh',
      'env',
    );
    expect(stderr).toContain('TF_CLOUD_HOSTNAME is "tfe.example.com:8443"');
    expect(stderr).toContain('Fix: ');
    expect(`${stdout}${stderr}`).not.toContain('secret');
    expect(status).toBe(2);
  });

  it('ends as the command does', async () => {
    const ended = await runScript(bareEnvironment(), 'with-token.sh', 'sh', '-c', 'exit 7');
    expect(ended.status).toBe(7);
  });
});
