import { CloudSchedulerJob } from '@cdktf/provider-google/lib/cloud-scheduler-job';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, LocalBackend, TerraformElement, TerraformStack } from 'cdktf';
import * as fs from 'node:fs';
import { ScheduledJob } from '../scheduled-job';

/**
 * Synthesizes a stack of COUNT jobs, with the construct or with only the binding and the same
 * attributes, and prints the seconds and the bytes of memory it took.
 *
 *   jobs.ts construct|binding COUNT OUTDIR
 */
function main([kind, count, outdir = '']: readonly string[]): void {
  const add = kind === 'construct' ? addConstruct : addBinding;
  const apps: App[] = [];
  const times = Math.ceil(MANY / Number(count));
  // A first run, so that loading and compiling are not measured.
  apps.push(synthesize(200, add, outdir));
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const start = process.cpuUsage();
  for (let time = 0; time < times; time += 1) apps.push(synthesize(Number(count), add, outdir));
  const { user, system } = process.cpuUsage(start);
  collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  // Keeps all apps alive until here.
  const constructs = apps[apps.length - 1]?.node.findAll().length;
  console.log(
    JSON.stringify({
      seconds: (user + system) / 1e6 / times,
      bytes: bytes / times,
      constructs,
    }),
  );
}

/** Small stacks are repeated until there are this many jobs: V8 keeps or drops 250 KiB at random. */
const MANY = 4000;

function synthesize(
  count: number,
  add: (stack: TerraformStack, index: number) => void,
  outdir: string,
): App {
  const app = new App({ outdir, stackTraces: false, skipValidation: true });
  const stack = new TerraformStack(app, 'stack');
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  new GoogleProvider(stack, 'google', { project: 'my-project' });
  for (let index = 0; index < count; index += 1) add(stack, index);
  // What an app validates before it synthesizes, except the terraform binary that CDKTF looks for.
  const mistakes = app.node
    .findAll()
    .filter((construct) => !TerraformElement.isTerraformElement(construct))
    .flatMap((construct) => construct.node.validate());
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  app.synth();
  fs.rmSync(outdir, { recursive: true });
  return app;
}

const URI = 'https://worker-abc123-ts.a.run.app';
const ACCOUNT = 'scheduler@my-project.iam.gserviceaccount.com';

/** Different schedules, as in a real table. */
function scheduleOf(index: number): string {
  return `${index % 60} ${index % 24} * * *`;
}

function addConstruct(stack: TerraformStack, index: number): void {
  new ScheduledJob(stack, `job-${index}`, {
    schedule: scheduleOf(index),
    timeZone: 'Australia/Sydney',
    uri: `${URI}/tasks/${index}/`,
    serviceAccountEmail: ACCOUNT,
    description: `The task ${index}`,
  });
}

function addBinding(stack: TerraformStack, index: number): void {
  new CloudSchedulerJob(stack, `job-${index}`, {
    name: `job-${index}`,
    description: `The task ${index}`,
    schedule: scheduleOf(index),
    timeZone: 'Australia/Sydney',
    attemptDeadline: '600s',
    retryConfig: {
      retryCount: 0,
      minBackoffDuration: '5s',
      maxBackoffDuration: '3600s',
      maxDoublings: 5,
      maxRetryDuration: '0s',
    },
    httpTarget: {
      uri: `${URI}/tasks/${index}/`,
      httpMethod: 'POST',
      oidcToken: { serviceAccountEmail: ACCOUNT, audience: URI },
    },
    lifecycle: { ignoreChanges: ['http_target[0].headers["Authorization"]'] },
  });
}

function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('Run with --expose-gc.');
  globalThis.gc();
}

main(process.argv.slice(2));
