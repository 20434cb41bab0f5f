import { ABSENT, checksOf, type Call, type Check, type Place } from './checks';

/** A field of a response that differs from the sandbox's. */
export interface Difference {
  readonly check: string;
  readonly field: string;
  readonly sandbox: string;
  readonly answer: string;
}

export interface Outcome {
  readonly checks: number;
  readonly differences: readonly Difference[];
  /** Why the checks ended early, or the job could not be deleted. */
  readonly problems: readonly string[];
}

/** Runs every check, and deletes the job whatever happens. */
export async function runChecks(call: Call, place: Place): Promise<Outcome> {
  const checks = checksOf(place);
  const differences: Difference[] = [];
  const problems: string[] = [];
  let done = 0;
  try {
    for (const check of checks) {
      differences.push(...(await run(call, check)));
      done++;
    }
  } catch (error) {
    problems.push(`${checks[done]?.what ?? ''}: ${describe(error)}`);
  } finally {
    problems.push(...(await cleanUp(call, place)));
  }
  return { checks: done, differences, problems };
}

async function run(
  call: Call,
  { what, method, path, body, anonymous, status, fields = {} }: Check,
): Promise<Difference[]> {
  const answer = await call(method, path, body, { anonymous });
  const expected = Object.entries({ 'HTTP status': status, ...fields });
  return expected.flatMap(([field, value]) => {
    const got = field === 'HTTP status' ? answer.status : read(answer.body, field);
    if (matches(value, got)) return [];
    return [{ check: what, field, sandbox: show(value), answer: show(got) }];
  });
}

async function cleanUp(call: Call, { parent, job }: Place): Promise<string[]> {
  try {
    const left: string[] = [];
    for (const id of [job, `${job}-rejected`]) {
      const { status } = await call('DELETE', `/v1/${parent}/jobs/${id}`);
      if (status !== 200 && status !== 404)
        left.push(`${id} was not deleted: HTTP status ${status}`);
    }
    return left;
  } catch (error) {
    return [`${job} may not be deleted: ${describe(error)}`];
  }
}

/** The value at a path such as `httpTarget.uri`; `length` is that of a list. */
function read(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null && part in value
          ? (value as Record<string, unknown>)[part]
          : undefined,
      body,
    );
}

function matches(expected: unknown, got: unknown): boolean {
  if (expected === ABSENT) return got === undefined;
  if (expected instanceof RegExp) return typeof got === 'string' && expected.test(got);
  return expected === got;
}

function show(value: unknown): string {
  if (value === ABSENT || value === undefined) return 'none';
  if (value instanceof RegExp) return 'a timestamp';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
