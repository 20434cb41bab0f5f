import { originOf } from '../../constructs/core/uri';
import { WORKER_SETTINGS, type TokenRejection } from '../../stages/worker';
import { deployWorker, edit, either, inOrder, manual, recipe, when, type Fix } from '../fixes/fix';
import type { Job } from '../google/scheduler';
import type { Advice } from './advice';
import { describeDifference, differences, isHiddenFromTerraform, type Difference } from './compare';
import { rejectionIn, type Rejection } from './rejection';
import type { Result } from './result';
import type { TableJob } from './table';
import type { WorkerLog } from './worker-log';

/** What an attempt that failed in the worker is explained by. */
export interface Evidence {
  readonly log: WorkerLog;
  readonly live: Job | undefined;
  /** The origins that the worker's service has; empty if it could not be read. */
  readonly origins: readonly string[];
  /** The origin that the stage's jobs must call, if known. */
  readonly workerUrl: string | undefined;
}

/** Whether the worker's log can tell why an attempt ended like that. */
export function isExplainedByLog({ kind }: Result): boolean {
  return kind === 'unauthenticated' || kind === 'failed' || kind === 'refused';
}

/** Explains a 401, or a failure of the task itself, by the worker's own log; undefined for any other result. */
export function explain(result: Result, table: TableJob, evidence: Evidence): Advice | undefined {
  if (result.kind === 'unauthenticated') return explainRejection(table, evidence);
  return isExplainedByLog(result) ? explainFailure(result, table, evidence) : undefined;
}

function explainFailure({ kind }: Result, table: TableJob, evidence: Evidence): Advice {
  const what =
    kind === 'failed' ? 'the task failed in the worker' : 'the worker does not take the request';
  const cause = `${what}${inLog(evidence.log)}`;
  const drift = requestDrift(table, evidence);
  const isHidden = drift.some(isHiddenFromTerraform);
  const differs = drift.map((each) => `; the job's ${describeDifference(each)}`).join('');
  if (isHidden) return { cause: `${cause}${differs}`, fix: recipe('doctor', table.stage) };
  if (drift.length > 0) {
    const fix = inOrder(recipe('setup', table.stage), rerunOf(table));
    return { cause: `${cause}${differs}`, fix };
  }
  const rerun = when('when the task is fixed', rerunOf(table));
  return { cause, fix: inOrder(recipe('logs', table.name, '--failed', '--worker'), rerun) };
}

function inLog(log: WorkerLog): string {
  if (log.kind === 'unreadable') return `; its log could not be read: ${log.why}`;
  const line = log.lines.find(({ isException }) => isException) ?? log.lines.at(-1);
  return line === undefined ? '; its log says nothing about it' : `; its log says: ${line.text}`;
}

/** What the job sends that the table does not. */
function requestDrift(table: TableJob, { live, workerUrl }: Evidence): Difference[] {
  if (live === undefined) return [];
  return differences(live, table, workerUrl).filter(({ field }) => REQUEST.test(field));
}

const REQUEST = /^(uri|httpMethod|headers|headers\..*|body)$/;

interface Token {
  readonly audience: string;
  readonly account: string;
}

function explainRejection(table: TableJob, evidence: Evidence): Advice {
  const { live, log } = evidence;
  const target = live?.httpTarget;
  const token = {
    audience: target?.oidcToken?.audience ?? target?.uri ?? '',
    account: target?.oidcToken?.serviceAccountEmail ?? '',
  };
  const lines = log.kind === 'read' ? log.lines.toReversed() : [];
  for (const { text } of lines) {
    const found = rejectionIn(text);
    if (found !== undefined) return ADVICE[found.reason](found.values, table, evidence, token);
  }
  return unexplained(table, evidence, token, lines[0]?.text);
}

type Explain = (
  values: Rejection['values'],
  table: TableJob,
  evidence: Evidence,
  token: Token,
) => Advice;

const rerunOf = ({ name }: TableJob): Fix => recipe('run', name);

const ADVICE: Readonly<Record<TokenRejection, Explain>> = {
  audience: ({ audience = '', expected = '' }, table, { origins, workerUrl }, token) => {
    const cause = `the token's audience is ${audience}, and the worker expects ${expected}: its ${WORKER_SETTINGS.audience}`;
    const setup = inOrder(recipe('setup', table.stage), rerunOf(table));
    if (token.audience === expected)
      return { cause: `${cause}; the job has that now`, fix: rerunOf(table) };
    if (expected === workerUrl) return { cause, fix: setup };
    const inWorker = changeWorker(table, `set WORKER_URL to ${token.audience}`);
    if (!origins.includes(expected)) return { cause, fix: inWorker };
    return { cause, fix: either(inOrder(useUrl(table, expected), setup), inWorker) };
  },
  account: ({ account = '' }, table, _evidence, token) => {
    const cause = `${account} is not in the worker's allow-list: its ${WORKER_SETTINGS.allowList}`;
    const { serviceAccountEmail: expected } = table.propsWith('');
    if (token.account !== expected) {
      return { cause, fix: inOrder(recipe('setup', table.stage), rerunOf(table)) };
    }
    return { cause, fix: changeWorker(table, `add ${expected} to the allow-list`) };
  },
  expired: ({ expiry, now }, table) => ({
    cause: `the token had expired when the worker checked it (${expiry} < ${now}): it came more than an hour late, or the worker's clock is ahead`,
    fix: rerunOf(table),
  }),
  early: ({ issued, now }, table) => ({
    cause: `the token was not valid yet when the worker checked it (${now} < ${issued}): the worker's clock is behind`,
    fix: rerunOf(table),
  }),
  certificates: (_values, table) => ({
    cause:
      "the worker could not fetch Google's certificates from www.googleapis.com, so it could verify no token",
    fix: inOrder(
      manual(
        'let the worker reach www.googleapis.com (its VPC egress: Private Google Access, or a NAT)',
      ),
      rerunOf(table),
    ),
  }),
  signature: (_values, table) => ({
    cause: "the token's signature did not match Google's certificates",
    fix: rerunOf(table),
  }),
  missing: (_values, table) => ({
    cause: 'the request had no token',
    fix: inOrder(recipe('setup', table.stage), rerunOf(table)),
  }),
  unconfigured: (_values, table) => ({
    cause: `the worker lacks its ${WORKER_SETTINGS.audience}, or its ${WORKER_SETTINGS.allowList}`,
    fix: changeWorker(table, 'set both'),
  }),
};

/** The worker's log does not say why: what it expects cannot be read, but compared. */
function unexplained(
  table: TableJob,
  { log, origins, workerUrl }: Evidence,
  { audience, account }: Token,
  line: string | undefined,
): Advice {
  if (workerUrl !== undefined && audience !== table.propsWith(workerUrl).audience) {
    const urls = origins.join(' and ') || 'unknown';
    return {
      cause: `the token's audience is ${audience}; the worker's URLs are ${urls}`,
      fix: inOrder(recipe('setup', table.stage), rerunOf(table)),
    };
  }
  const why =
    log.kind === 'unreadable'
      ? `its log could not be read: ${log.why}`
      : line === undefined
        ? 'its log does not say why'
        : `its log says: ${line}`;
  const urls = origins.join(' or ') || 'unknown';
  const cause =
    `the token was rejected; ${why}. What the worker expects is in a secret that it mounts, which is not read ` +
    `here: as audience one of its URLs (${urls}; the job has ${audience}), and ${account} in its ` +
    WORKER_SETTINGS.allowList;
  const setup = inOrder(recipe('setup', table.stage), rerunOf(table));
  const inWorker = changeWorker(table, `set WORKER_URL to ${audience}, and allow ${account}`);
  const other = origins.find((origin) => origin !== originOf(audience));
  if (other === undefined) return { cause, fix: inWorker, isGuess: true };
  return {
    cause,
    isGuess: true,
    fix: either(
      when("if the worker's audience is its other URL", inOrder(useUrl(table, other), setup)),
      inWorker,
    ),
  };
}

function useUrl({ stage }: TableJob, url: string): Fix {
  return edit('stages/stages.ts', `set workerUrl of ${stage} to ${url}`);
}

/** A change of the worker's secret, which takes effect with its next deploy. */
function changeWorker(table: TableJob, change: string): Fix {
  return inOrder(
    manual(`in the worker's settings, ${change}`),
    deployWorker(table.stage),
    rerunOf(table),
  );
}
