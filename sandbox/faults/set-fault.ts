import { invalidArgument } from '../protocol/errors';
import { isObject, readMessage, type Fields, type Message } from '../protocol/fields';
import { withoutMember } from '../world/iam-policy';
import { stagesOf, workersOf } from '../world/seed';
import { deleteAccount } from '../world/account';
import { APIS } from '../world/apis';
import type { Fault } from '../world/fault';
import { shortNameOf, type Job } from '../world/job';
import { SCHEDULER_AGENT, SCHEDULER_AGENT_ROLE, servicesOf, type World } from '../world/world';
import { CALL_ERRORS } from './faults';

/** Every fault with its fields. Faults with `times` last until they are used up or cleared. */
const FAULTS = {
  'worker-missing': { stage: 'string' },
  'worker-slow': { stage: 'string', path: 'string', seconds: 'int32', times: 'int32' },
  'worker-failing': { stage: 'string', path: 'string', status: 'int32', times: 'int32' },
  'worker-in-web-mode': { stage: 'string' },
  'worker-rejects-token': { stage: 'string', path: 'string', reason: 'string', times: 'int32' },
  call: { code: 'int32', method: 'string', path: 'string', message: 'string', times: 'int32' },
  'grant-missing': { stage: 'string' },
  'account-missing': { stage: 'string' },
  'account-disabled': { stage: 'string' },
  'agent-role-missing': {},
  'update-failed': { job: 'string' },
  'api-disabled': { api: { enum: APIS } },
} as const satisfies Record<string, Fields>;

type FaultName = keyof typeof FAULTS;

/** Those that last until they are used up or cleared. The others change the world. */
const LASTING: readonly FaultName[] = [
  ...(['worker-missing', 'worker-slow', 'worker-failing'] as const),
  ...(['worker-in-web-mode', 'worker-rejects-token', 'call'] as const),
];

/** The values of fields that are required or limited. */
const VALUES: Readonly<Record<string, (given: Message, world: World) => unknown>> = {
  times: ({ times }) => (times === undefined ? undefined : positive('times', times)),
  stage: stageOf,
  seconds: ({ seconds }) => positive('seconds', seconds),
  status: statusOf,
  reason: reasonOf,
  code: codeOf,
};

/**
 * Injects a fault. One that does not last changes the world as a person would, so that the command that fixes the real
 * problem fixes it too.
 *
 * @returns its name
 * @throws ApiError INVALID_ARGUMENT if the fault is unknown or a field is wrong
 */
export function setFault(world: World, body: unknown): FaultName {
  if (!isObject(body)) throw invalidArgument('The body must be an object with the field fault.');
  const { fault: given, ...rest } = body;
  const name = (Object.keys(FAULTS) as FaultName[]).find((known) => known === given);
  if (name === undefined) {
    throw invalidArgument(`fault must be one of: ${Object.keys(FAULTS).join(', ')}.`);
  }
  const fields: Record<string, unknown> = { ...readMessage(FAULTS[name], rest, name) };
  for (const [field, valueOf] of Object.entries(VALUES)) {
    const value = field in FAULTS[name] ? valueOf(fields, world) : undefined;
    if (value !== undefined) fields[field] = value;
  }
  if (LASTING.includes(name)) world.faults.push({ ...fields, fault: name } as Fault);
  else changeWorld(world, name, fields);
  return name;
}

function changeWorld(world: World, name: FaultName, fields: Message): void {
  if (name === 'api-disabled') {
    if (typeof fields.api !== 'string') throw invalidArgument('api is required.');
    world.enabledApis.delete(fields.api);
    return;
  }
  if (name === 'update-failed') {
    const job = jobOf(world, fields);
    world.jobs.set(job.name, { ...job, state: 'UPDATE_FAILED' });
    return;
  }
  if (name === 'agent-role-missing') {
    const member = `serviceAccount:${SCHEDULER_AGENT}`;
    world.projectPolicy = withoutMember(world.projectPolicy, SCHEDULER_AGENT_ROLE, member);
    return;
  }
  for (const worker of workersOf(servicesOf(world), String(fields.stage))) {
    const { email } = worker.account;
    const account = world.accounts.get(email);
    const service = world.services.get(worker.name);
    if (name === 'account-missing' && account) deleteAccount(world, account);
    else if (name === 'account-disabled' && account) account.disabled = true;
    else if (service) {
      const member = `serviceAccount:${email}`;
      service.policy = withoutMember(service.policy, 'roles/run.invoker', member);
    }
  }
}

function stageOf({ stage }: Message, world: World): string {
  const known = stagesOf(servicesOf(world));
  if (typeof stage === 'string' && known.includes(stage)) return stage;
  throw invalidArgument(`stage must be one of: ${known.join(', ')}.`);
}

function reasonOf({ stage, reason }: Message, { seed }: World): string {
  const known = workersOf(seed, String(stage)).flatMap(({ rejections = {} }) =>
    Object.keys(rejections),
  );
  if (typeof reason === 'string' && known.includes(reason)) return reason;
  throw invalidArgument(
    `reason must be one of: ${known.join(', ') || 'none, as it rejects no token'}.`,
  );
}

function jobOf({ jobs }: World, { job: given }: Message): Job {
  const found = [...jobs.values()].find((job) => shortNameOf(job) === given);
  if (found !== undefined) return found;
  throw invalidArgument('job must be the name of a job that exists.');
}

function positive(field: string, value: unknown): number {
  if (typeof value === 'number' && value > 0) return value;
  throw invalidArgument(`${field} must be a positive integer.`);
}

function statusOf({ status = 500 }: Message): number {
  if (typeof status === 'number' && status >= 200 && status <= 599) return status;
  throw invalidArgument('status must be an HTTP status, 200-599.');
}

function codeOf({ code }: Message): number {
  if (typeof code === 'number' && code in CALL_ERRORS) return code;
  throw invalidArgument(`code must be one of: ${Object.keys(CALL_ERRORS).join(', ')}.`);
}
