import http from 'node:http';
import type { AddressInfo } from 'node:net';
import vm from 'node:vm';
import type { Call, Place } from '../../../ci/access/calls';
import { findCall } from '../access/find-call';
import type { Inputs } from '../../../ci/access/inputs';
import { stepsFor, type Step } from '../../../ci/access/steps';
import { Bucket } from './bucket';

/** What GitHub says of a job in its token. */
export interface Claims {
  readonly repository: string;
  readonly repository_id: string;
  readonly environment?: string;
  readonly event_name: string;
  readonly ref: string;
}

/** A call that reached Google, or was denied. */
export interface Answered {
  readonly email: string;
  readonly method: string;
  readonly path: string;
  /** Its entry in the table of calls. */
  readonly call: Call | undefined;
  readonly allowed: boolean;
}

interface Grant {
  readonly member: string;
  readonly role: string;
  readonly on: string;
  readonly condition: string | undefined;
}

/** What a permission is asked for: the resource that has the grants, and what conditions see of it. */
interface Resource {
  readonly on: string;
  readonly name?: string;
  readonly listPrefix?: string;
}

const PREDEFINED: Readonly<Record<string, readonly string[]>> = {
  'roles/storage.objectViewer': ['storage.objects.get', 'storage.objects.list'],
  'roles/storage.objectUser': ['get', 'list', 'create', 'delete', 'update'].map(
    (verb) => `storage.objects.${verb}`,
  ),
};

const OWNER = 'owner@example.com';

const PROJECT_NUMBER = '123456789';

/**
 * Google Cloud as the workflows meet it: tokens are exchanged by the providers' conditions, and each call
 * needs the permissions of the table of calls, by the roles that the access script grants. Behind that is
 * a sandbox, and a bucket for the state.
 */
export class Google {
  readonly calls: Answered[] = [];
  private readonly tokens = new Map<string, string>();
  private readonly bucket: Bucket;
  private readonly roles = new Map<string, readonly string[]>(Object.entries(PREDEFINED));
  private readonly grants: Grant[] = [];
  private readonly providers: { mapping: string; condition: string }[] = [];
  private readonly server = http.createServer((request, response) => {
    void this.answer(request, response);
  });

  private constructor(
    private readonly inputs: Inputs,
    private readonly sandbox: string,
  ) {
    this.bucket = new Bucket();
    const numbers = { projectNumber: PROJECT_NUMBER, repositoryId: inputs.repositoryId ?? '' };
    for (const step of stepsFor(inputs, numbers)) this.run(step);
  }

  /** Starts it in front of a sandbox, after the access script has run. */
  static async start(inputs: Inputs, sandbox: string): Promise<Google> {
    const google = new Google(inputs, sandbox);
    await new Promise<void>((resolve) => google.server.listen(0, '127.0.0.1', resolve));
    return google;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /**
   * Exchanges a job's token for one of a service account, as google-github-actions/auth does.
   *
   * @throws Error if the provider's condition rejects the token, or it may not act as the account
   */
  signIn(claims: Claims, email: string): string {
    const { mapping, condition } = this.providers[0] ?? { mapping: '', condition: 'false' };
    // A job outside an environment has no such claim, which is an error in CEL.
    if (claims.environment === undefined || evaluate(condition, { assertion: claims }) !== true) {
      throw new Error('The given credential is rejected by the attribute condition.');
    }
    const [, attribute = '', expression = ''] = /attribute\.(\w+)=(.*)$/.exec(mapping) ?? [];
    const value = String(evaluate(expression, { assertion: claims }));
    const member = new RegExp(`/workloadIdentityPools/[^/]+/attribute\\.${attribute}/(.*)$`);
    const isAllowed = this.grants.some(
      (grant) =>
        grant.on === `account:${email}` &&
        grant.role === 'roles/iam.workloadIdentityUser' &&
        member.exec(grant.member)?.[1] === value,
    );
    if (!isAllowed) {
      throw new Error("Permission 'iam.serviceAccounts.getAccessToken' denied.");
    }
    const token = `token-${this.tokens.size}`;
    this.tokens.set(token, email);
    return token;
  }

  /** A token of an owner of the project, who may do everything. */
  ownersToken(): string {
    this.tokens.set('token-owner', OWNER);
    return 'token-owner';
  }

  /** Does what a gcloud command of the access script does. */
  private run({ command }: Step): void {
    const flag = (name: string): string =>
      command.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
    const words = command.filter((arg) => !arg.startsWith('--'));
    const line = words.join(' ');
    const target = words.at(-1) ?? '';
    if (line.startsWith('iam roles create')) {
      const { projectId } = this.inputs;
      this.roles.set(`projects/${projectId}/roles/${target}`, flag('permissions').split(','));
    } else if (line.includes('providers create-oidc')) {
      const mapping = flag('attribute-mapping');
      this.providers.push({ mapping, condition: flag('attribute-condition') });
    } else if (line.includes('add-iam-policy-binding')) {
      const [, condition] = /;expression=(.*)$/.exec(flag('condition')) ?? [];
      const on = resourceOf(line, target);
      this.grants.push({ member: flag('member'), role: flag('role'), on, condition });
    }
  }

  private async answer(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const { method = 'GET' } = request;
    const url = new URL((request.url ?? '/').replace(/^\/v1\/v1\//, '/v1/'), this.url);
    const path = this.bucket.restPath(decodeURIComponent(url.pathname), this.bucketName);
    const body = await readBody(request);
    const email = this.tokens.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
    const reply = (status: number, content: string | Buffer, headers = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(content);
    };
    if (email === undefined) {
      reply(401, errorOf(401, 'UNAUTHENTICATED', 'Invalid token.'));
      return;
    }
    const call = findCall(method, path);
    const denied = call === undefined ? ['(no entry)'] : this.missing(email, call, url, path, body);
    const allowed = denied.length === 0;
    this.calls.push({ email, method, path, call, allowed });
    if (!allowed) {
      const message = `Permission '${denied.join()}' denied for ${email} on ${method} ${path}.`;
      reply(403, errorOf(403, 'PERMISSION_DENIED', message));
      return;
    }
    if (Object.hasOwn(call?.needs ?? {}, 'bucket')) {
      const { status, content, headers } = this.bucket.answer(method, path, url, body);
      reply(status, content, headers);
      return;
    }
    const forwarded = await fetch(`${this.sandbox}${url.pathname}${url.search}`, {
      method,
      headers: { authorization: 'Bearer checked', 'content-type': 'application/json' },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    reply(forwarded.status, await forwarded.text());
  }

  private get bucketName(): string {
    const { state } = this.inputs;
    return state.kind === 'gcs' ? state.bucket : '';
  }

  /** The permissions of a call that an account does not have. */
  private missing(email: string, call: Call, url: URL, path: string, body: Buffer): string[] {
    return Object.entries(call.needs).flatMap(([place, permissions]) => {
      const resource = this.resourceOfCall(place as Place, url, path, body);
      return permissions.filter((permission) => !this.has(email, permission, resource));
    });
  }

  private resourceOfCall(place: Place, url: URL, path: string, body: Buffer): Resource {
    switch (place) {
      case 'project':
        return { on: 'project' };
      case 'service':
        return { on: `service:${/\/services\/([^/:]+)/.exec(path)?.[1] ?? ''}` };
      case 'account': {
        const [, email = accountIn(body)] = /\/serviceAccounts\/([^/]+)$/.exec(path) ?? [];
        return { on: `account:${email}` };
      }
      case 'bucket': {
        const object = /\/o\/(.+)$/.exec(path)?.[1] ?? url.searchParams.get('name') ?? '';
        const root = `projects/_/buckets/${this.bucketName}`;
        return {
          on: 'bucket',
          name: object === '' ? root : `${root}/objects/${object}`,
          listPrefix: url.searchParams.get('prefix') ?? '',
        };
      }
    }
  }

  private has(email: string, permission: string, { on, name, listPrefix }: Resource): boolean {
    if (email === OWNER) return true;
    return this.grants.some((grant) => {
      if (grant.member !== `serviceAccount:${email}`) return false;
      if (grant.on !== on && (grant.on !== 'project' || on === 'bucket')) return false;
      if (this.roles.get(grant.role)?.includes(permission) !== true) return false;
      if (grant.condition === undefined) return true;
      const api = { getAttribute: () => listPrefix };
      return evaluate(grant.condition, { resource: { name }, api }) === true;
    });
  }
}

/** What a binding is on: `service:validibot-worker`. */
function resourceOf(line: string, target: string): string {
  if (line.startsWith('run services')) return `service:${target}`;
  if (line.startsWith('iam service-accounts')) return `account:${target}`;
  return line.startsWith('storage buckets') ? 'bucket' : 'project';
}

/** The account of a job that a call creates or changes. */
function accountIn(body: Buffer): string {
  const job = JSON.parse(body.toString()) as {
    httpTarget?: { oidcToken?: { serviceAccountEmail?: string } };
  };
  return job.httpTarget?.oidcToken?.serviceAccountEmail ?? '';
}

/** Evaluates CEL. What the access script uses of it is JavaScript, but for `in`. */
function evaluate(expression: string, variables: object): unknown {
  const script = expression.replace(/(assertion\.\w+) in (\[[^\]]*\])/g, '$2.includes($1)');
  return vm.runInNewContext(script, variables) as unknown;
}

function errorOf(code: number, status: string, message: string): string {
  return JSON.stringify({ error: { code, status, message } });
}

async function readBody(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
