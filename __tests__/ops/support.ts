import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { runProcess, type Outcome } from '../../lib/run-process';
import { main } from '../../ops/main';
import { sandboxVariables } from '../../sandbox/environment';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { jobProps } from '../../stages/job-props';
import { jobName, serviceAccountEmail, stackName, workerServiceName } from '../../stages/naming';
import { createSeed } from '../../stages/seed';
import { jobsOfStage, STAGES, type StageName } from '../../stages/stages';
import { temporaryFolder } from '../support/temporary-folder';

// Some commands run in their own process, and the machine may be busy.
jest.setTimeout(60_000);

export const ROOT = path.resolve(__dirname, '..', '..');
export const PROJECT = 'validibot-sandbox';
export const REGION = 'australia-southeast1';
/** As messages name them. */
export const PLACE = `${PROJECT} (${REGION})`;
export const APP = 'validibot';
const PARENT = `projects/${PROJECT}/locations/${REGION}`;

/** The environment of a command, without this machine's settings. */
export function bareEnvironment(variables: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ...variables };
}

/** Where operations run terraform for a stage. */
export function stackFolder({ CDKTF_OUTDIR = '' }: NodeJS.ProcessEnv, stage: StageName): string {
  return path.join(CDKTF_OUTDIR, 'ops', stage, 'stacks', stackName(stage));
}

/** The names of a stage's jobs, in the order of the table. */
export function namesInTable(stage: StageName): string[] {
  return jobsOfStage(STAGES[stage]).map(({ task }) => jobName(APP, task, stage));
}

/** Runs a command of the operations in its own process, as the recipes do. */
export function runOps(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  started?: (child: ChildProcess) => void,
): Promise<Outcome> {
  const command = ['lib/launch/main.js', 'ops/start.ts', ...args];
  return runProcess('node', command, { cwd: ROOT, env, started });
}

/** A command that runs in this process. */
export interface Call {
  /** Its progress and errors. */
  readonly errors: Writable;
  /** Does what Ctrl-C does. */
  readonly interrupt: () => void;
}

/**
 * Runs a command of the operations in this process, without a terminal.
 *
 * @param retryDelay - milliseconds before the first retry of a call
 */
export async function callOps(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  started: (call: Call) => void = () => undefined,
  retryDelay = 1,
): Promise<Outcome> {
  const interruption = new AbortController();
  const output = recorder();
  const errors = recorder();
  started({
    errors: errors.stream,
    interrupt: () => {
      interruption.abort();
    },
  });
  const status = await main(args, {
    root: ROOT,
    env,
    // Without `isTTY`, which is all that commands read of it.
    terminal: { input: new PassThrough(), output: output.stream, errors: errors.stream } as never,
    signal: interruption.signal,
    retryDelay,
  });
  return { status, stdout: output.text(), stderr: errors.text() };
}

/** A stream that keeps what is written to it, and emits it as `data`. */
function recorder(): { stream: Writable; text: () => string } {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      text += chunk;
      stream.emit('data', chunk);
      done();
    },
  });
  return { stream, text: () => text };
}

/** A sandbox, and what tests do with it. */
export class OpsSandbox {
  /** The environment of a command in this sandbox. */
  readonly env: NodeJS.ProcessEnv;
  readonly url: string;

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly run: (env: NodeJS.ProcessEnv, args: readonly string[]) => Promise<Outcome>,
  ) {
    this.url = sandbox.url;
    const variables = sandboxVariables(sandbox);
    this.env = bareEnvironment({ ...variables, CDKTF_OUTDIR: temporaryFolder() });
  }

  /**
   * Starts a sandbox on a free port. It must be closed.
   *
   * @param run - runs the commands; `runOps` runs each in its own process
   */
  static async start(run: OpsSandbox['run'] = callOps): Promise<OpsSandbox> {
    return new OpsSandbox(await startSandbox({ seed: createSeed(APP) }), run);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  /** Runs a command of the operations in this sandbox. */
  ops(...args: string[]): Promise<Outcome> {
    return this.run(this.env, args);
  }

  /** Runs a command, and returns its JSON. */
  async json<T>(...args: string[]): Promise<T> {
    const { stdout, stderr } = await this.ops(...args, '--json');
    try {
      return JSON.parse(stdout) as T;
    } catch {
      throw new Error(`No JSON: ${stdout}${stderr}`);
    }
  }

  async call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Makes something go wrong, by /_sandbox/faults. */
  async fault(fault: object): Promise<void> {
    await this.call('POST', '/_sandbox/faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.call('DELETE', '/_sandbox/faults');
  }

  /** Resets everything to its initial state. */
  async reset(): Promise<void> {
    await this.call('POST', '/_sandbox/reset', {});
  }

  async advance(seconds: number): Promise<void> {
    await this.call('POST', '/_sandbox/advance', { seconds });
  }

  job(name: string): Promise<Record<string, unknown>> {
    return this.call('GET', `/v1/${PARENT}/jobs/${name}`);
  }

  async createJob(job: { name: string } & Record<string, unknown>): Promise<void> {
    await this.call('POST', `/v1/${PARENT}/jobs`, { ...job, name: `${PARENT}/jobs/${job.name}` });
  }

  async patchJob(name: string, job: object, mask: string): Promise<void> {
    await this.call('PATCH', `/v1/${PARENT}/jobs/${name}?updateMask=${mask}`, job);
  }

  async deleteJob(name: string): Promise<void> {
    await this.call('DELETE', `/v1/${PARENT}/jobs/${name}`);
  }

  async pauseJob(name: string): Promise<void> {
    await this.call('POST', `/v1/${PARENT}/jobs/${name}:pause`, {});
  }

  /** Creates an alert policy on failed runs, and returns its name. */
  async createAlert(displayName: string): Promise<string> {
    const { name } = await this.call('POST', `/v3/projects/${PROJECT}/alertPolicies`, {
      displayName,
      combiner: 'OR',
      conditions: [
        {
          displayName: 'failed',
          conditionMatchedLog: { filter: 'resource.type="cloud_scheduler_job" severity>=ERROR' },
        },
      ],
      alertStrategy: { notificationRateLimit: { period: '3600s' } },
    });
    return String(name);
  }

  /** The names of all jobs. */
  async jobNames(): Promise<string[]> {
    const { jobs = [] } = (await this.call('GET', `/v1/${PARENT}/jobs?pageSize=500`)) as {
      jobs?: { name: string }[];
    };
    return jobs.map(({ name }) => path.basename(name));
  }

  /** The URLs of a Cloud Run service. */
  async urlsOf(service: string): Promise<string[]> {
    const { urls } = await this.call('GET', `/v2/${PARENT}/services/${service}`);
    return urls as string[];
  }

  /** Creates a stage's grant and jobs, as a deploy does, without Terraform. */
  async deploy(stage: StageName): Promise<void> {
    const service = workerServiceName(APP, stage);
    const email = serviceAccountEmail(APP, stage, PROJECT);
    await this.grant(stage);
    const [workerUrl = ''] = await this.urlsOf(service);
    const settings = { appName: APP, timeZone: 'Australia/Sydney' };
    for (const job of jobsOfStage(STAGES[stage])) {
      const props = jobProps(settings, stage, job, { workerUrl, serviceAccountEmail: email });
      await this.createJob({
        name: props.jobName,
        description: props.description,
        schedule: props.schedule,
        timeZone: props.timeZone,
        attemptDeadline: '600s',
        retryConfig: {
          minBackoffDuration: '5s',
          maxBackoffDuration: '3600s',
          maxDoublings: 5,
          maxRetryDuration: '0s',
        },
        httpTarget: {
          uri: props.uri,
          httpMethod: 'POST',
          oidcToken: { serviceAccountEmail: email, audience: props.audience },
        },
      });
    }
  }

  /** Replaces a stage's jobs by those of the table. */
  async redeploy(stage: StageName): Promise<void> {
    const ours = namesInTable(stage);
    for (const name of await this.jobNames()) {
      if (ours.includes(name)) await this.deleteJob(name);
    }
    await this.deploy(stage);
  }

  /** Grants a stage's account the right to invoke its worker. */
  async grant(stage: StageName): Promise<void> {
    const service = workerServiceName(APP, stage);
    const members = [`serviceAccount:${serviceAccountEmail(APP, stage, PROJECT)}`];
    await this.call('POST', `/v2/${PARENT}/services/${service}:setIamPolicy`, {
      policy: { bindings: [{ role: 'roles/run.invoker', members }] },
    });
  }
}
