import Fastify, { type FastifyInstance } from 'fastify';
import fs from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { temporaryFolder } from '../../../support/temporary-folder';
import { planFile } from '../../plan-review/support/plans';

/**
 * HCP Terraform for tests: enough of its API for the terraform command and for reviews. Its responses
 * follow recordings of a real otf server, and, where that differs from HCP Terraform (redirects, 204,
 * 409, policies), terraform's client and HashiCorp's documentation.
 */
export interface StandIn {
  readonly host: string;
  /** The file of its certificate. */
  readonly certificate: string;
  /** The requests that it received, in order: `GET runs/run-1`. */
  readonly asked: string[];
  /** The current status of a run, by default of the newest. */
  statusOf(id?: string): string;
  close(): Promise<void>;
}

export interface Answers {
  /** The final status of the plan. @default 'finished' */
  readonly planStatus?: 'finished' | 'errored' | 'canceled';
  /** Whether the plan has changes. @default true */
  readonly hasChanges?: boolean;
  /** What the remote terraform prints. @default - nothing */
  readonly log?: string;
  /** The result of a policy check. @default - there is no policy */
  readonly policy?: 'hard_failed' | 'soft_failed';
  /** The execution mode of the workspace. @default 'remote' */
  readonly executionMode?: string;
  /**
   * The responses of `json-output-redacted` and `json-output`: '' is 204, undefined is 404. Other
   * values are served through a redirect to another host, as in HCP Terraform.
   */
  readonly redacted?: string;
  readonly whole?: string;
  /** The status of the existing run, `run-abc123`. @default 'planned_and_saved' */
  readonly runStatus?: string;
  /** How often a run must be polled until its planning or cancellation ends. @default 0 */
  readonly looks?: number;
  /** Responses to send before the real one: a status, or a broken connection. */
  readonly first?: readonly (Failure | 'reset')[];
  /** Actions that are rejected with 403, as for a token without the permission. */
  readonly mayNot?: readonly ('discard' | 'cancel')[];
}

interface Failure {
  readonly status: number;
  readonly retryAfter?: string;
}

interface Run {
  status: string;
  isSpeculative: boolean;
  looks: number;
  /** Its status once it has been polled often enough. */
  then?: string;
}

export const TOKEN = 'hcp-test-token';
/** A run that exists from the start. */
export const RUN = 'run-abc123';

const API_JSON = 'application/vnd.api+json';

export async function startStandIn(answers: Answers = {}): Promise<StandIn> {
  const { planStatus = 'finished', hasChanges = true, log = '', looks = 0, policy } = answers;
  const asked: string[] = [];
  const failures = [...(answers.first ?? [])];
  const initial = answers.runStatus ?? 'planned_and_saved';
  const runs = new Map<string, Run>([[RUN, newRun(initial, false, looks)]]);
  const uploads = new Map<string, boolean>();

  const pems = await (certificate ??= generate(SUBJECT, { extensions: EXTENSIONS }));
  const secure = { https: { key: pems.private, cert: pems.cert } };
  // The same instance; only its type mentions https.
  const app = Fastify({ ...secure, forceCloseConnections: true }) as unknown as FastifyInstance;
  const archive = Fastify({ ...secure, forceCloseConnections: true }) as unknown as FastifyInstance;
  let origin = '';

  function newRun(status: string, isSpeculative: boolean, toGo: number): Run {
    const goesOn = status === 'planning' || status === 'pending';
    return { status, isSpeculative, looks: toGo, ...(goesOn && { then: ended(isSpeculative) }) };
  }
  function ended(isSpeculative: boolean): string {
    if (planStatus !== 'finished') return planStatus;
    if (policy === 'hard_failed') return 'errored';
    if (policy === 'soft_failed') return isSpeculative ? 'policy_soft_failed' : 'policy_override';
    return isSpeculative || !hasChanges ? 'planned_and_finished' : 'planned_and_saved';
  }
  function look(id: string): Run | undefined {
    const run = runs.get(id);
    if (run?.then !== undefined) {
      if (run.looks === 0) [run.status, run.then] = [run.then, undefined];
      else run.looks -= 1;
    }
    return run;
  }
  const runJson = (id: string, run: Run) => ({
    id,
    type: 'runs',
    attributes: {
      status: run.status,
      'plan-only': run.isSpeculative,
      'has-changes': hasChanges && planStatus === 'finished',
      actions: actionsIn(run),
    },
    relationships: {
      plan: { data: { id: `plan-${id}`, type: 'plans' } },
      apply: { data: { id: `apply-${id}`, type: 'applies' } },
      workspace: { data: { id: 'ws-1', type: 'workspaces' } },
      'policy-checks': { data: policy ? [{ id: 'polchk-1', type: 'policy-checks' }] : [] },
    },
  });
  const workspace = {
    id: 'ws-1',
    type: 'workspaces',
    attributes: {
      name: 'validibot-prod',
      'execution-mode': answers.executionMode ?? 'remote',
      operations: answers.executionMode !== 'local',
      'terraform-version': '1.11.4',
      'structured-run-output-enabled': false,
      permissions: { 'can-update': true, 'can-queue-run': true, 'can-queue-apply': true },
    },
    relationships: { organization: { data: { id: 'my-org', type: 'organizations' } } },
  };

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => {
    done(null, body);
  });
  app.addHook('onRequest', (request, reply, done) => {
    void reply
      .type(API_JSON)
      .header('tfp-api-version', '2.6')
      .header('tfp-appname', 'HCP Terraform');
    const isApi = request.url.startsWith('/api/');
    const [address = ''] = request.url.split('?');
    if (isApi) asked.push(`${request.method} ${address.replace('/api/v2/', '')}`);
    const failure = isApi ? failures.shift() : undefined;
    if (failure === 'reset') {
      request.socket.destroy();
    } else if (failure !== undefined) {
      if (failure.retryAfter) void reply.header('retry-after', failure.retryAfter);
      void reply.code(failure.status).send({ errors: [{ status: String(failure.status) }] });
    } else if (!isApi || request.headers.authorization === `Bearer ${TOKEN}`) {
      done();
    } else {
      void reply.code(401).send({ errors: [{ status: '401', title: 'unauthorized' }] });
    }
  });
  const missing = { errors: [{ status: '404', title: 'not found' }] };
  app.setNotFoundHandler((_, reply) => reply.code(404).send(missing));

  app.get('/.well-known/terraform.json', (_, reply) =>
    reply.type('application/json').send({ 'tfe.v2': '/api/v2/', 'tfe.v2.1': '/api/v2/' }),
  );
  app.get('/api/v2/ping', (_, reply) => reply.code(204).send());
  app.get('/api/v2/organizations/my-org/entitlement-set', () => ({
    data: { id: 'org-1', type: 'entitlement-sets', attributes: { operations: true } },
  }));
  app.get('/api/v2/organizations/my-org/workspaces/:name', () => ({ data: workspace }));
  app.post('/api/v2/workspaces/ws-1/configuration-versions', (request, reply) => {
    const id = `cv-${uploads.size + 1}`;
    const { data } = JSON.parse(request.body as string) as { data: { attributes: object } };
    uploads.set(id, (data.attributes as { speculative?: boolean }).speculative === true);
    const attributes = { status: 'pending', 'upload-url': `${origin}/upload/${id}` };
    return reply.code(201).send({ data: { id, type: 'configuration-versions', attributes } });
  });
  app.put('/upload/:id', (_, reply) => reply.send());
  app.get<{ Params: { id: string } }>(
    '/api/v2/configuration-versions/:id',
    ({ params: { id } }) => ({
      data: { id, type: 'configuration-versions', attributes: { status: 'uploaded' } },
    }),
  );
  app.post('/api/v2/runs', (request, reply) => {
    const id = `run-${runs.size}`;
    const { data } = JSON.parse(request.body as string) as {
      data: { relationships: { 'configuration-version': { data: { id: string } } } };
    };
    const upload = data.relationships['configuration-version'].data.id;
    const run = newRun('pending', uploads.get(upload) === true, looks);
    runs.set(id, run);
    return reply.code(201).send({ data: runJson(id, run) });
  });
  app.get<{ Params: { id: string } }>('/api/v2/runs/:id', ({ params: { id } }, reply) => {
    const run = look(id);
    if (run === undefined) return reply.code(404).send(missing);
    const plan = { id: `plan-${id}`, type: 'plans', attributes: { status: planStatus } };
    return { data: runJson(id, run), included: [workspace, plan] };
  });
  app.get('/api/v2/runs/:id/run-events', () => ({ data: [] }));
  app.post<{ Params: { id: string; action: string } }>(
    '/api/v2/runs/:id/actions/:action',
    ({ params: { id, action } }, reply) => {
      const run = runs.get(id);
      if (run === undefined) return reply.code(404).send(missing);
      if (answers.mayNot?.some((refused) => refused === action))
        return reply.code(403).send(missing);
      const allowed = actionsIn(run);
      const isAllowed = {
        discard: 'is-discardable',
        cancel: 'is-cancelable',
        apply: 'is-confirmable',
      };
      const flag = isAllowed[action as keyof typeof isAllowed];
      if (!allowed[flag]) {
        return reply
          .code(409)
          .send({ errors: [{ status: '409', title: 'transition not allowed' }] });
      }
      if (action === 'discard') Object.assign(run, { status: 'discarded', then: undefined });
      else if (action === 'apply') run.status = 'applied';
      else Object.assign(run, { then: 'canceled', looks });
      return reply.code(202).send();
    },
  );
  app.get<{ Params: { id: string } }>('/api/v2/plans/:id', ({ params: { id } }) => ({
    data: {
      id,
      type: 'plans',
      attributes: {
        status: planStatus,
        'log-read-url': `${origin}/log`,
        'has-changes': hasChanges,
      },
    },
  }));
  app.get<{ Params: { id: string } }>('/api/v2/applies/:id', ({ params: { id } }) => ({
    data: {
      id,
      type: 'applies',
      attributes: { status: 'finished', 'log-read-url': `${origin}/log` },
    },
  }));
  app.get<{ Querystring: { offset: string } }>('/log', ({ query: { offset } }, reply) =>
    reply.type('text/plain').send(`\u0002${log}\u0003`.slice(Number(offset))),
  );
  app.get('/api/v2/policy-checks/polchk-1', () => ({
    data: {
      id: 'polchk-1',
      type: 'policy-checks',
      attributes: {
        scope: 'organization',
        status: policy,
        actions: { 'is-overridable': policy === 'soft_failed' },
        permissions: { 'can-override': false },
      },
    },
  }));
  app.get('/api/v2/policy-checks/polchk-1/output', (_, reply) =>
    reply.type('text/plain').send('Sentinel Result: false\n\n## Policy 1: no-pauses.sentinel'),
  );
  for (const [name, content] of [
    ['json-output-redacted', answers.redacted],
    ['json-output', answers.whole],
  ] as const) {
    app.get(`/api/v2/plans/:id/${name}`, (_, reply) => {
      if (content === undefined) return reply.code(404).send(missing);
      if (content === '') return reply.code(204).send();
      // The redirect is 307 for the redacted form, 302 for the complete one.
      const status = name === 'json-output' ? 302 : 307;
      return reply.redirect(`${archiveOrigin}/${name}`, status);
    });
    // Plans are stored on another host, which must not receive the token.
    archive.get(`/${name}`, ({ headers }, reply) => {
      asked.push(`archive ${name}, token: ${headers.authorization ?? 'none'}`);
      return reply.type('application/json').send(content);
    });
  }
  const listen = { host: '127.0.0.1', port: 0 };
  const archiveOrigin = await archive.listen(listen);
  origin = await app.listen(listen);
  const file = path.join(temporaryFolder(), 'certificate.pem');
  fs.writeFileSync(file, pems.cert);
  return {
    host: origin.replace('https://', ''),
    certificate: file,
    asked,
    statusOf: (id = [...runs.keys()].at(-1) ?? RUN) => runs.get(id)?.status ?? 'missing',
    close: async () => {
      await Promise.all([app.close(), archive.close()]);
    },
  };
}

function actionsIn({ status, then }: Run): Record<string, boolean> {
  const isWaiting = ['planned', 'planned_and_saved'].includes(status);
  const canCancel = ['planning', 'applying', 'pending'].includes(status) && then !== 'canceled';
  return {
    'is-confirmable': isWaiting,
    'is-discardable': isWaiting || ['pending', 'policy_override'].includes(status),
    'is-cancelable': canCancel,
    'is-force-cancelable': then === 'canceled',
  };
}

/** Shared, because generating it takes most of a second. */
let certificate: ReturnType<typeof generate> | undefined;

const SUBJECT = [{ name: 'commonName', value: '127.0.0.1' }];
const EXTENSIONS = [
  { name: 'basicConstraints' as const, cA: true, critical: true },
  { name: 'subjectAltName' as const, altNames: [{ type: 7 as const, ip: '127.0.0.1' }] },
];

/** A plan in HCP Terraform's redacted form, where the version has another key. */
const { format_version: version, ...rest } = JSON.parse(
  fs.readFileSync(planFile('paused'), 'utf8'),
) as Record<string, unknown>;
export const REDACTED = JSON.stringify({ plan_format_version: version, ...rest });
/** The same plan in the complete form. */
export const WHOLE = fs.readFileSync(planFile('paused'), 'utf8');
/** Its review. */
export const EXPECTED = fs.readFileSync(planFile('paused').replace(/json$/, 'md'), 'utf8');
