import Fastify, { type FastifyInstance } from 'fastify';
import fs from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { runIn } from '../../review/planning/hcp-terraform';
import { bareEnvironment, runOps, type Outcome } from '../ops/support';
import { temporaryFolder } from '../support/temporary-folder';
import { planFile } from './support/plans';

/**
 * HCP Terraform as far as a review asks it. Its answers are shaped after its documentation and
 * terraform's own client; the real one was not at hand.
 */
interface Hcp {
  readonly host: string;
  readonly certificate: string;
  readonly asked: string[];
  close(): Promise<void>;
}

interface Answers {
  readonly status?: string;
  /** What `json-output-redacted` and `json-output` answer; undefined is 404. */
  readonly redacted?: string;
  readonly whole?: string;
}

const TOKEN = 'hcp-test-token';
const JSON_TYPE = 'application/json';

async function startHcp({ status = 'finished', redacted, whole }: Answers): Promise<Hcp> {
  const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  const asked: string[] = [];
  const app = Fastify({
    https: { key: pems.private, cert: pems.cert },
  }) as unknown as FastifyInstance;
  app.addHook('onRequest', (request, reply, done) => {
    asked.push(request.url);
    if (request.headers.authorization === `Bearer ${TOKEN}`) done();
    else void reply.code(401).send({ errors: [{ status: '401' }] });
  });
  app.get('/api/v2/runs/run-abc123', () => ({
    data: { relationships: { plan: { data: { id: 'plan-xyz', type: 'plans' } } } },
  }));
  app.get('/api/v2/plans/plan-xyz', () => ({ data: { attributes: { status } } }));
  const missing = { errors: [{ status: '404', title: 'not found' }] };
  app.get('/api/v2/plans/plan-xyz/json-output-redacted', (_, reply) =>
    redacted === undefined ? reply.code(404).send(missing) : reply.type(JSON_TYPE).send(redacted),
  );
  // The whole plan lies on another host, to which the token must not go.
  const archive = Fastify();
  archive.get('/archive', ({ headers }, reply) => {
    asked.push(`archive, token: ${headers.authorization ?? 'none'}`);
    return reply.type(JSON_TYPE).send(whole);
  });
  const archiveUrl = await archive.listen({ host: '127.0.0.1', port: 0 });
  app.get('/api/v2/plans/plan-xyz/json-output', (_, reply) =>
    whole === undefined ? reply.code(404).send(missing) : reply.redirect(`${archiveUrl}/archive`),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const certificate = path.join(temporaryFolder(), 'certificate.pem');
  fs.writeFileSync(certificate, pems.cert);
  const close = async (): Promise<void> => {
    await Promise.all([app.close(), archive.close()]);
  };
  return { host: `127.0.0.1:${port}`, certificate, asked, close };
}

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
  { token = TOKEN, planStatus = 0, args = [] as string[] } = {},
): Promise<Outcome & { asked: string[]; terraform: string }> {
  const hcp = await startHcp(answers);
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
      [`TF_TOKEN_${hcp.host.replaceAll('.', '_')}`]: token,
    });
    const outcome = await runOps(env, ['review', 'prod', ...args]);
    return { ...outcome, asked: hcp.asked, terraform: fs.readFileSync(log, 'utf8') };
  } finally {
    await hcp.close();
  }
}

const { format_version: version, ...rest } = JSON.parse(
  fs.readFileSync(planFile('paused'), 'utf8'),
) as Record<string, unknown>;
const REDACTED = JSON.stringify({ plan_format_version: version, ...rest });
const WHOLE = fs.readFileSync(planFile('paused'), 'utf8');
const EXPECTED = fs.readFileSync(planFile('paused').replace(/json$/, 'md'), 'utf8');

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

it('takes the whole plan where there is no other, and keeps the token to itself', async () => {
  const { stdout, asked } = await review({ whole: WHOLE });
  expect(stdout).toBe(EXPECTED);
  expect(asked.slice(-2)).toEqual(['/api/v2/plans/plan-xyz/json-output', 'archive, token: none']);
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

it('fails a plan that broke off with what there is of it', async () => {
  const { stdout } = await review({ status: 'errored', redacted: REDACTED }, { planStatus: 1 });
  expect(stdout).toContain('Terraform could not finish this plan');
  expect(stdout).toContain('Pauses `validibot-process-purge-retries`');
});

it('says what to do when the plan is hidden from the token', async () => {
  const { status, stderr } = await review({});
  expect(stderr).toContain('give the token\'s team the permission "Plan" on the workspace');
  expect(status).toBe(1);
});

it('says what to do when the token is refused, without showing it', async () => {
  const { status, stderr } = await review({ redacted: REDACTED }, { token: 'wrong-token' });
  expect(stderr).toContain('refuses the token. To mend it: terraform login');
  expect(stderr).not.toContain('wrong-token');
  expect(status).toBe(1);
});

it('finds the run that terraform names', () => {
  const url = 'https://app.terraform.io/app/my-org/validibot-dev/runs/run-CZcmD7eagjhyX0vN';
  expect(runIn(`visit:\n${url}\n`)).toEqual({
    host: 'app.terraform.io',
    id: 'run-CZcmD7eagjhyX0vN',
  });
  expect(runIn('Plan: 1 to add')).toBeUndefined();
});
