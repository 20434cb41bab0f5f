import { CALLS, type Call } from '../../../ci/access/calls';

/** The entry of the table for a call; undefined if it is not in the table. */
export function findCall(method: string, path: string): Call | undefined {
  return CALLS.find((call) => call.method === method && patternOf(call.path).test(path));
}

function patternOf(path: string): RegExp {
  const parts = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**', '.+')
    // A colon begins a method's name: `jobs/*` is not `jobs/x:pause`. Domain-scoped ids have one, too.
    .replaceAll(/(?<!\.)\*(?=\/)/g, '[^/]+')
    .replaceAll(/(?<!\.)\*/g, '[^/:]+');
  return new RegExp(`^${parts}$`);
}
