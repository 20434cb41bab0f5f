import fs from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../../lib/run-process';
import { bareEnvironment, runOps } from '../ops/support';
import { EXPECTED, REDACTED, startHcp, TOKEN, type Answers } from '../ops/terraform/hcp';
import { temporaryFolder } from '../support/temporary-folder';

/** A `terraform` that notes its arguments and says what the real one says of a run. */
function stubTerraform(host: string, planStatus: number): { folder: string; log: string } {
  const folder = temporaryFolder();
  const log = path.join(folder, 'arguments');
  const script = `#!/bin/sh
echo "$*" >> '${log}'
[ "$1" = plan ] || exit 0
echo 'Running plan in HCP Terraform. Output will stream here.'
echo 'To view this run in a browser, visit:'
echo 'https://${host}/app/my-org/validibot-prod/runs/run-abc123'
[ ${planStatus} = 0 ] || echo 'Error: no worker' >&2
exit ${planStatus}
`;
  fs.writeFileSync(path.join(folder, 'terraform'), script, { mode: 0o755 });
  return { folder, log };
}

async function review(
  answers: Answers,
  { planStatus = 0, args = [] as string[] } = {},
): Promise<Outcome & { asked: string[]; terraform: string }> {
  const hcp = await startHcp('https', answers);
  try {
    const { folder, log } = stubTerraform(hcp.host, planStatus);
    const { PATH = '' } = process.env;
    const env = bareEnvironment({
      PATH: `${folder}${path.delimiter}${PATH}`,
      HOME: temporaryFolder(),
      GCP_PROJECT_ID: 'my-project',
      TF_CLOUD_ORGANIZATION: 'my-org',
      TF_CLOUD_HOSTNAME: hcp.host,
      CDKTF_OUTDIR: temporaryFolder(),
      NODE_EXTRA_CA_CERTS: hcp.certificate,
      [`TF_TOKEN_${hcp.host.replaceAll('.', '_')}`]: TOKEN,
    });
    const outcome = await runOps(env, ['review', 'prod', ...args]);
    return { ...outcome, asked: hcp.asked, terraform: fs.readFileSync(log, 'utf8') };
  } finally {
    await hcp.close();
  }
}

it('plans speculatively, and reviews the plan without its sensitive values', async () => {
  const { status, stdout, asked, terraform } = await review({ redacted: REDACTED });
  expect(stdout).toBe(EXPECTED);
  expect(status).toBe(1);
  expect(terraform.split('\n')).toEqual([
    'init -input=false -no-color',
    'plan -input=false -no-color',
    '',
  ]);
  expect(asked).toEqual([
    '/api/v2/runs/run-abc123',
    '/api/v2/plans/plan-xyz',
    '/api/v2/plans/plan-xyz/json-output-redacted',
  ]);
});

it('keeps the plan for an apply when told', async () => {
  const { terraform } = await review({ redacted: REDACTED }, { args: ['--out', '/tmp/prod.plan'] });
  expect(terraform).toContain('plan -input=false -no-color -out=/tmp/prod.plan\n');
});

it('fails a plan that broke off before there was anything to read', async () => {
  const { status, stdout, stderr } = await review({ status: 'errored' }, { planStatus: 1 });
  expect(stdout).toContain('### validibot-prod: fails review');
  expect(stdout).toContain('Terraform could not finish this plan');
  expect(stderr).toContain('Error: no worker');
  expect(status).toBe(1);
});
