import fs from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../../lib/run-process';
import { bareEnvironment, runOps } from '../ops/support';
import {
  EXPECTED,
  REDACTED,
  startStandIn,
  TOKEN,
  type Answers,
} from '../ops/terraform/hcp/stand-in';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider } from '../support/terraform';

// The real terraform waits between its calls.
jest.setTimeout(60_000);

// Output of the remote terraform.
const LOG = '\n\u001B[31m╷\u001B[0m\n│ Error: no worker\n│ \n│ there is no service\u0007\n╵\n';

interface Result extends Outcome {
  readonly asked: readonly string[];
  /** The status of the run afterwards. */
  readonly run: string;
  readonly url: string;
}

describeWithProvider()('the real terraform with a stand-in for HCP Terraform', () => {
  // Shared, so that it is initialized only once.
  const outdir = temporaryFolder();

  async function ops(
    answers: Answers,
    args: readonly string[],
    more: NodeJS.ProcessEnv = {},
  ): Promise<Result> {
    const hcp = await startStandIn(answers);
    try {
      const env = bareEnvironment({
        CHECKPOINT_DISABLE: '1',
        GCP_PROJECT_ID: 'my-project',
        TF_CLOUD_ORGANIZATION: 'my-org',
        TF_CLOUD_HOSTNAME: hcp.host,
        CDKTF_OUTDIR: outdir,
        NODE_EXTRA_CA_CERTS: hcp.certificate,
        SSL_CERT_FILE: hcp.certificate,
        [`TF_TOKEN_${hcp.host}`]: TOKEN,
        ...more,
      });
      const outcome = await runOps(env, args);
      const url = `https://${hcp.host}/app/my-org/validibot-prod/runs/run-1`;
      return { ...outcome, asked: hcp.asked, run: hcp.statusOf(), url };
    } finally {
      await hcp.close();
    }
  }

  it('plans speculatively, and reviews the plan without its sensitive values', async () => {
    const { status, stdout, stderr, run, url, asked } = await ops({ redacted: REDACTED }, [
      'review',
      'prod',
    ]);
    expect(stdout).toBe(EXPECTED);
    expect(status).toBe(1);
    expect(stderr).toContain(`The plan runs in HCP Terraform: ${url}\n`);
    expect(run).toBe('planned_and_finished');
    expect(asked).toContain('archive json-output-redacted, token: none');
    expect(asked).not.toContain('GET plans/plan-run-1/json-output');
  });

  it('keeps the plan for an apply with --out, and says that its run waits', async () => {
    const file = path.join(temporaryFolder(), 'prod.plan');
    const args = ['review', 'prod', '--out', file];
    const { stderr, run, url } = await ops({ redacted: REDACTED }, args);
    expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toMatchObject({ run_id: 'run-1' });
    expect(stderr).toContain(`To discard it: ${url}`);
    expect(run).toBe('planned_and_saved');
  });

  it('discards the plan of a setup that fails review', async () => {
    const { status, stderr, run } = await ops({ redacted: REDACTED }, ['setup', 'prod']);
    expect(stderr).toContain('Nothing was changed: the plan of validibot-prod fails review.');
    expect(status).toBe(1);
    expect(run).toBe('discarded');
  });

  it('applies nothing if there are no changes', async () => {
    const answers = { hasChanges: false };
    const { status, stdout, stderr, asked } = await ops(answers, ['setup', 'prod']);
    // Without credentials for Google, no one can tell.
    expect(stderr).toContain('Warning: prod: the live jobs could not be read');
    expect(stdout).toBe(
      'Terraform has no changes for prod in my-project (australia-southeast1); the live jobs were not all compared.\n',
    );
    expect(status).toBe(0);
    expect(asked.filter((address) => address.includes('actions'))).toEqual([]);
  });

  it('fails an incomplete plan, with the error of the remote terraform', async () => {
    const answers = { planStatus: 'errored', log: LOG, redacted: '{}' } as const;
    const { status, stdout, stderr, url } = await ops(answers, ['review', 'prod']);
    expect(stdout).toContain('### validibot-prod: fails review');
    expect(stdout).toContain('Terraform could not finish this plan');
    expect(stdout).toContain('`no worker`');
    expect(stderr).toContain(
      `│ Error: no worker\n│ \n│ there is no service\\u{7}\n╵\nRun: ${url}\n`,
    );
    expect(status).toBe(1);
  });

  it('fails a setup whose plan was cancelled, and says so', async () => {
    const answers = { planStatus: 'canceled', redacted: '' } as const;
    const { status, stderr, url } = await ops(answers, ['setup', 'prod']);
    expect(stderr).toContain(`The run is canceled.\nRun: ${url}`);
    expect(status).toBe(1);
  });

  it('fails a plan that a policy rejects', async () => {
    const answers = { policy: 'hard_failed', redacted: REDACTED } as const;
    const { status, stdout, stderr } = await ops(answers, ['review', 'prod']);
    expect(stdout).toContain(
      'This plan cannot be applied: `Organization Policy Check hard failed.`',
    );
    expect(stderr).toContain('## Policy 1: no-pauses.sentinel');
    expect(status).toBe(1);
  });

  it('discards the plan of a setup that waits for a policy override', async () => {
    const answers = { policy: 'soft_failed', redacted: REDACTED } as const;
    const { status, stderr, run, url } = await ops(answers, ['setup', 'prod']);
    expect(stderr).toContain('Organization Policy Check soft failed.');
    expect(stderr).toContain(`Run: ${url}`);
    expect(status).toBe(1);
    expect(run).toBe('discarded');
  });

  it('says how to trust a private authority, and how to sign in', async () => {
    const CDKTF_OUTDIR = temporaryFolder();
    const untrusted = await ops({}, ['setup', 'prod'], { CDKTF_OUTDIR, SSL_CERT_FILE: '' });
    expect(untrusted.stderr).toContain('certificate signed by unknown authority');
    expect(untrusted.stderr).toContain('set NODE_EXTRA_CA_CERTS to the file');
    const HOME = temporaryFolder();
    const TF_CLI_CONFIG_FILE = '';
    const hcp = await startStandIn();
    await hcp.close();
    const TF_CLOUD_HOSTNAME = hcp.host;
    const withoutToken = { CDKTF_OUTDIR, HOME, TF_CLI_CONFIG_FILE, TF_CLOUD_HOSTNAME };
    const { stderr, status } = await ops({}, ['setup', 'prod'], withoutToken);
    expect(stderr).toContain(`No token found for ${hcp.host}.`);
    expect(stderr).toContain(`or add to ~/.terraformrc: credentials "${hcp.host}" {`);
    expect(status).toBe(1);
  });
});
