import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { ScheduledJob, type ScheduledJobProps } from '../../constructs/scheduled-job';
import { temporaryFolder } from './temporary-folder';

/** The four required props: valid, and without a warning. */
export const PROPS = {
  schedule: '30 9 * * *',
  timeZone: 'Australia/Sydney',
  uri: 'https://worker.example.com/tasks/tidy/?all=1',
  serviceAccountEmail: 'scheduler@my-project.iam.gserviceaccount.com',
} as const satisfies ScheduledJobProps;

/** An empty stack, in an app that runs CDKTF's own validation. */
export function emptyStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app({ outdir: temporaryFolder() }), 'stack');
  new GoogleProvider(stack, 'google');
  return stack;
}

/** Props of any type, as without a type checker. */
export type AnyProps = Partial<Record<keyof ScheduledJobProps, unknown>>;

/** A job `stack/job` with the required props and others. */
export function jobWith(
  props: AnyProps | ((stack: TerraformStack) => AnyProps) = {},
  stack = emptyStack(),
): ScheduledJob {
  const more = typeof props === 'function' ? props(stack) : props;
  return new ScheduledJob(stack, 'job', { ...PROPS, ...more } as ScheduledJobProps);
}

/** What a job's validation reports. */
export function mistakesOf(props: Parameters<typeof jobWith>[0]): string[] {
  return jobWith(props).node.validate();
}

/** The Terraform configuration of a stack. */
export function configurationOf(stack: TerraformStack): Configuration {
  return JSON.parse(Testing.synth(stack)) as Configuration;
}

/** The `google_cloud_scheduler_job` that a job renders. Its props must have no mistakes. */
export function rendered(props: Parameters<typeof jobWith>[0] = {}): Block {
  const job = jobWith(props);
  expect(job.node.validate()).toEqual([]);
  const stack = TerraformStack.of(job);
  return configurationOf(stack).resource?.google_cloud_scheduler_job?.job ?? {};
}

/** A block of Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>;

export interface Configuration {
  readonly terraform?: Block;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly variable?: Readonly<Record<string, Block>>;
  readonly output?: Readonly<Record<string, Block>>;
  readonly import?: readonly Block[];
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}
