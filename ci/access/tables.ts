import { CALLS, type Call } from './calls';
import { KINDS, type Kind } from './identities';

/** The tables in docs/hcp-terraform.md, by name: cells in Markdown, the head first. */
export const ACCESS_TABLES: Readonly<Record<string, () => string[][]>> = {
  access: () => [
    ['Call', 'Permissions', 'On', ...KINDS, 'Why'],
    ...CALLS.map((call) => [
      code(`${call.method} ${call.path}`),
      permissionsIn(call).join(', '),
      Object.keys(call.needs).join(', '),
      ...KINDS.map((kind: Kind) => (call.by.includes(kind) ? 'yes' : '')),
      call.why,
    ]),
  ],
};

function permissionsIn({ needs }: Call): string[] {
  return Object.values(needs).flatMap((permissions) => permissions.map(code));
}

function code(text: string): string {
  return `\`${text}\``;
}
