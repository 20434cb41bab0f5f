import { failureOf, withoutColors } from '../../../ops/terraform/output';

it('removes colors, but no control character that could hide something', () => {
  expect(withoutColors('\u001B[1;31mred\u001B[0m\u0007 a\tb\r\nc\u001B[2J')).toBe(
    'red\u0007 a\tb\nc\u001B[2J',
  );
});

// From otf 0.6: the output of the remote terraform, in color, and its error repeated on one line.
const REMOTE = `Running plan in HCP Terraform. Output will stream here.

\u001B[31m╷\u001B[0m
\u001B[31m│\u001B[0m \u001B[1m\u001B[31mError: \u001B[0m\u001B[1mResource precondition failed\u001B[0m
\u001B[31m│\u001B[0m
\u001B[31m│\u001B[0m the precondition says no.
\u001B[31m╵\u001B[0m

\u001B[91mError: \u001B[0mexecuting plan: exit status 1: Error: Resource precondition failed
`;

it('finds the errors of the remote terraform on stdout', () => {
  expect(failureOf({ stdout: REMOTE, stderr: '' })).toBe(
    '╷\n│ Error: Resource precondition failed\n│\n│ the precondition says no.\n╵',
  );
});

it('leaves out warnings', () => {
  const warning = '╷\n│ Warning: Deprecated\n╵\n';
  expect(failureOf({ stdout: `${warning}${REMOTE}`, stderr: '' })).not.toContain('Deprecated');
});

it('finds errors without boxes, as terraform prints them for structured logs', () => {
  const stdout = 'Waiting …\n\nError: Unsupported block type\n\n  on main.tf line 1\n';
  expect(failureOf({ stdout, stderr: '' })).toBe(
    'Error: Unsupported block type\n\n  on main.tf line 1',
  );
});

it('shows which policy failed', () => {
  const stdout = 'Plan: 1 to add\n\nOrganization Policy Check:\n\nSentinel Result: false\n';
  const stderr = '\nError: Organization Policy Check hard failed.\n\n';
  expect(failureOf({ stdout, stderr })).toBe(
    'Error: Organization Policy Check hard failed.\nOrganization Policy Check:\n\nSentinel Result: false',
  );
});

it('shows which run task failed', () => {
  // As terraform's internal/cloud/backend_taskStage_taskResults.go writes it.
  const stdout = `Plan: 1 to add

Post-plan Tasks:

All tasks completed! 0 passed, 1 failed

│ cost-guard ⸺   Failed (Mandatory)
│ Too expensive

Error: the run failed because the run task, cost-guard, is required to succeed
`;
  const failure = failureOf({ stdout, stderr: '\nError: Task Stage failed.\n' });
  expect(failure).toContain('cost-guard ⸺   Failed (Mandatory)');
  expect(failure.match(/required to succeed/g)).toHaveLength(1);
});
