import fs from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { stackName } from '../../stages/naming';
import { STAGE_NAMES, type StageName } from '../../stages/stages';
import { OpsSandbox, runOps } from '../ops/support';
import { terraform } from '../support/terraform';

/** A real otf server; docs/otf.md says how to start one. */
export interface OtfServer {
  readonly host: string;
  readonly token: string;
  /** The file with the certificate of its authority. */
  readonly ca: string;
}

/** The server in the environment variables, if they are set. */
export function otfServer(): OtfServer | undefined {
  const { OTF_HOST: host, OTF_TOKEN: token, OTF_CA: ca } = process.env;
  return host && token && ca ? { host, token, ca } : undefined;
}

/** The properties of a run that tests check. */
export interface OtfRun {
  readonly id: string;
  readonly status: string;
  readonly isSpeculative: boolean;
  readonly isConfirmable: boolean;
}

/**
 * A sandbox as Google Cloud, and a new organization in otf with a workspace for each stage, whose runs
 * use that sandbox.
 */
export class Otf {
  private constructor(
    private readonly server: OtfServer,
    readonly sandbox: OpsSandbox,
    readonly organization: string,
  ) {}

  /** Call `close` when done. */
  static async start(server: OtfServer): Promise<Otf> {
    const otf = new Otf(
      server,
      await OpsSandbox.start(runOps),
      `validibot-test-${Date.now().toString(36)}`,
    );
    await otf.post('organizations', 'organizations', {
      name: otf.organization,
      email: 'test@example.com',
    });
    for (const stage of STAGE_NAMES) await otf.createWorkspace(stage);
    return otf;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await this.call('DELETE', `organizations/${this.organization}`);
  }

  /** The environment for a command that uses it. */
  env(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const { host, token, ca } = this.server;
    // TF_CLI_ARGS_init is for other kinds of state; HCP Terraform does not allow its options.
    const { TF_CLI_ARGS_init: _, TF_DATA_DIR: __, ...env } = this.sandbox.env;
    return {
      ...env,
      CHECKPOINT_DISABLE: '1',
      TF_CLOUD_ORGANIZATION: this.organization,
      TF_CLOUD_HOSTNAME: host,
      [`TF_TOKEN_${host}`]: token,
      SSL_CERT_FILE: ca,
      ...more,
    };
  }

  /** The runs of a stage, the newest first. */
  async runs(stage: StageName): Promise<OtfRun[]> {
    const workspace = await this.workspace(stage);
    const { data } = (await this.call('GET', `workspaces/${workspace}/runs`)) as {
      data: {
        id: string;
        attributes: {
          status: string;
          'plan-only': boolean;
          actions: { 'is-confirmable': boolean };
        };
      }[];
    };
    return data.map(({ id, attributes }) => ({
      id,
      status: attributes.status,
      isSpeculative: attributes['plan-only'],
      isConfirmable: attributes.actions['is-confirmable'],
    }));
  }

  /** The newest run of a stage. */
  async lastRun(stage: StageName): Promise<OtfRun> {
    const [last] = await this.runs(stage);
    if (last === undefined) throw new Error(`There is no run of ${stage}.`);
    return last;
  }

  async setExecutionMode(stage: StageName, mode: 'local' | 'remote'): Promise<void> {
    const path = `organizations/${this.organization}/workspaces/${stackName(stage)}`;
    await this.send('PATCH', path, 'workspaces', { 'execution-mode': mode });
  }

  private async createWorkspace(stage: StageName): Promise<void> {
    const { stdout } = terraform('.', {}, 'version', '-json');
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version: string };
    const workspace = await this.post(
      `organizations/${this.organization}/workspaces`,
      'workspaces',
      {
        name: stackName(stage),
        'execution-mode': 'remote',
        'terraform-version': version,
      },
    );
    const variables = Object.entries(this.sandbox.env).filter(([key]) => key.startsWith('GOOGLE_'));
    for (const [key, value] of variables) {
      await this.post(`workspaces/${workspace}/vars`, 'vars', { key, value, category: 'env' });
    }
  }

  private async workspace(stage: StageName): Promise<string> {
    const path = `organizations/${this.organization}/workspaces/${stackName(stage)}`;
    return ((await this.call('GET', path)) as { data: { id: string } }).data.id;
  }

  private post(path: string, type: string, attributes: object): Promise<string> {
    return this.send('POST', path, type, attributes);
  }

  private async send(
    method: string,
    path: string,
    type: string,
    attributes: object,
  ): Promise<string> {
    const answer = (await this.call(method, path, { data: { type, attributes } })) as {
      data: { id: string };
    };
    return answer.data.id;
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const { host, token, ca } = this.server;
    const { status, content } = await new Promise<{ status: number; content: string }>(
      (resolve, reject) => {
        const headers = {
          authorization: `Bearer ${token}`,
          'content-type': 'application/vnd.api+json',
        };
        const options = { method, headers, ca: fs.readFileSync(ca) };
        request(`https://${host}/api/v2/${path}`, options, (response) => {
          text(response).then((answer) => {
            resolve({ status: response.statusCode ?? 0, content: answer });
          }, reject);
        })
          .on('error', reject)
          .end(body && JSON.stringify(body));
      },
    );
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${content}`);
    return content === '' ? undefined : JSON.parse(content);
  }
}
