import Fastify, { type FastifyInstance } from 'fastify';
import fs from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { temporaryFolder } from '../../support/temporary-folder';
import { planFile } from '../plan-review/support/plans';

/**
 * HCP Terraform as far as a review asks it. Its answers are shaped after its documentation and
 * terraform's own client; the real one was not at hand.
 */
export interface Hcp {
  readonly host: string;
  /** The file of its certificate. */
  readonly certificate?: string;
  readonly asked: string[];
  close(): Promise<void>;
}

export interface Answers {
  readonly status?: string;
  /** What `json-output-redacted` and `json-output` answer; undefined is 404. */
  readonly redacted?: string;
  readonly whole?: string;
}

export const TOKEN = 'hcp-test-token';
const JSON_TYPE = 'application/json';

/** Starts one on https, as it is, or on http, which takes no certificate. */
export async function startHcp(
  protocol: 'http' | 'https',
  { status = 'finished', redacted, whole }: Answers,
): Promise<Hcp> {
  const asked: string[] = [];
  const pems =
    protocol === 'https' ? await generate(SUBJECT, { extensions: EXTENSIONS }) : undefined;
  const app =
    pems === undefined
      ? Fastify()
      : (Fastify({ https: { key: pems.private, cert: pems.cert } }) as unknown as FastifyInstance);
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
  const close = async (): Promise<void> => {
    await Promise.all([app.close(), archive.close()]);
  };
  return { host: `127.0.0.1:${port}`, certificate: pems && fileOf(pems.cert), asked, close };
}

const SUBJECT = [{ name: 'commonName', value: '127.0.0.1' }];
const EXTENSIONS = [
  { name: 'basicConstraints' as const, cA: true, critical: true },
  { name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip: '127.0.0.1' }] },
];

function fileOf(certificate: string): string {
  const file = path.join(temporaryFolder(), 'certificate.pem');
  fs.writeFileSync(file, certificate);
  return file;
}

/** A plan as HCP Terraform gives it without its sensitive values: the version has another name. */
const { format_version: version, ...rest } = JSON.parse(
  fs.readFileSync(planFile('paused'), 'utf8'),
) as Record<string, unknown>;
export const REDACTED = JSON.stringify({ plan_format_version: version, ...rest });
/** The same plan, with all that is in it. */
export const WHOLE = fs.readFileSync(planFile('paused'), 'utf8');
/** Its review. */
export const EXPECTED = fs.readFileSync(planFile('paused').replace(/json$/, 'md'), 'utf8');
