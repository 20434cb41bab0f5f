import fs from 'node:fs';
import path from 'node:path';
import type { Identity } from '../../../ci/access/identities';
import { identityEmail } from '../../../ci/access/steps';
import { runProcess, type Outcome } from '../../../lib/run-process';
import type { OpsSandbox } from '../../ops/support';
import { temporaryFolder } from '../../support/temporary-folder';
import type { Claims, Google } from './google';
import { BUCKET_INPUTS } from './inputs';
import { runStep, type ScriptOutcome } from './scripts';
import type { GitHub } from './support';

/** A job of a workflow: a token of GitHub, exchanged for the account that its environment names. */
export interface Job {
  readonly workflow: string;
  readonly claims: Pick<Claims, 'environment' | 'event_name' | 'ref'>;
  readonly identity: Identity;
}

/** GitHub Actions, with the state in a bucket. */
export class Runner {
  constructor(
    private readonly sandbox: OpsSandbox,
    private readonly google: Google,
    private readonly github: GitHub,
    /** The checkout. */
    readonly root: string,
  ) {}

  /**
   * Starts a job as GitHub does: on a new machine, signed in to Google.
   *
   * @returns runs the job's steps by their names
   */
  start(
    { workflow, claims, identity }: Job,
    variables: Record<string, string>,
  ): (step: string, more?: Record<string, string>) => Promise<ScriptOutcome> {
    const { repository, repositoryId: id = '' } = BUCKET_INPUTS;
    const email = identityEmail(BUCKET_INPUTS, identity);
    const token = this.google.signIn({ repository, repository_id: id, ...claims }, email);
    const env = { ...this.github.env, ...this.machine(token), ...variables };
    return (step, more = {}) => runStep(workflow, step, { ...env, ...more }, this.root);
  }

  /** Runs a command of the operations as an owner of the project, on their own machine. */
  ownersOps(...args: string[]): Promise<Outcome> {
    const command = ['lib/launch/main.js', 'ops/start.ts', ...args];
    const env = this.machine(this.google.ownersToken());
    return runProcess('node', command, { cwd: this.root, env });
  }

  private machine(token: string): NodeJS.ProcessEnv {
    return {
      ...this.cloud(),
      GOOGLE_OAUTH_ACCESS_TOKEN: token,
      CDKTF_OUTDIR: temporaryFolder(),
    };
  }

  /** The variables of the sandbox, with the guarded Google in its place and the state in the bucket. */
  private cloud(): NodeJS.ProcessEnv {
    const { TF_STATE_DIR: _, ...rest } = this.sandbox.env;
    const variables = Object.entries(rest).map(([name, value]) => [
      name,
      value?.replaceAll(this.sandbox.url, this.google.url),
    ]);
    return {
      ...(Object.fromEntries(variables) as NodeJS.ProcessEnv),
      TF_STATE_BUCKET: 'my-bucket',
      GOOGLE_STORAGE_CUSTOM_ENDPOINT: `${this.google.url}/storage/v1/`,
    };
  }

  /** Changes a source of the checkout, as a pull request does. */
  edit(file: string, pattern: RegExp | string, replacement: string): void {
    const place = path.join(this.root, file);
    const before = fs.readFileSync(place, 'utf8');
    const after = before.replace(pattern, replacement);
    if (after === before) throw new Error(`Nothing in ${file} matches ${String(pattern)}`);
    fs.writeFileSync(place, after);
  }
}
