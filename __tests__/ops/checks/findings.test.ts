import fs from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../../lib/run-process';
import { markdownTable } from '../../../lib/markdown-table';
import { checkAll, checkInJson } from '../../../ops/checks';
import { FINDINGS, type FindingId } from '../../../ops/checks/findings';
import { describeWithGcloud } from '../../support/gcloud';
import { OpsSandbox, ROOT } from '../support';
import { requireSafe } from '../fixes/safe';
import { PROOFS, undoEdits, type Proof, type StepInJson } from './proofs';

jest.setTimeout(60_000);

interface Finding {
  readonly finding?: string;
  readonly subject: string;
  readonly fix?: string;
  readonly steps?: readonly StepInJson[];
}

const PAGE = path.join(ROOT, 'docs', 'findings.md');

/** The fix of each finding, as the doctor printed it. */
const fixes = new Map<string, string>();

let sandbox: OpsSandbox;
beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());
afterEach(undoEdits);

const cases = (Object.entries(PROOFS) as [FindingId, Proof][]).filter(([, { unit }]) => !unit);

const alone = (Object.entries(PROOFS) as [FindingId, Proof][]).flatMap(([id, { unit }]) =>
  unit === undefined ? [] : [[id, unit] as const],
);

it.each(alone)('%s is found where the sandbox cannot be', async (id, snapshot) => {
  const found = checkAll([snapshot]).find(({ finding }) => finding === id);
  const { fix = '', steps = [] } = found === undefined ? {} : checkInJson(found);
  fixes.set(id, fix);
  expect(fix).not.toBe('');
  for (const step of steps) await requireSafe(step);
});

describeWithGcloud()('a finding is gone once its fix is carried out:', () => {
  it.each(cases)('%s', async (id, proof) => {
    const job = `validibot-${proof.task ?? 'clear-sessions'}-dev`;
    if (!proof.undeployed) await sandbox.deploy('dev');
    await proof.breakIt?.(sandbox, job);
    const found = (await findings()).find(({ finding }) => finding === id);
    expect(found).toMatchObject({ fix: expect.any(String) as string });
    const { subject = '', fix = '', steps = [] } = found ?? {};
    fixes.set(id, fix);
    for (const step of steps) await requireSafe(step);
    if (proof.notCarriedOut === undefined) {
      for (const step of ways(steps, proof)) await carryOut(step, proof, job);
    } else {
      await sandbox.clearFaults();
      if (id === 'app-recipe-ran' || id === 'alerts-missing') return;
    }
    const left = (await findings()).filter(
      (each) => each.finding === id && each.subject === subject,
    );
    expect(left).toEqual([]);
  });

  it('docs/findings.md lists every finding, its fix and how that is tested', () => {
    const text = page();
    const { snapshotState } = expect.getState() as unknown as {
      snapshotState: { _updateSnapshot: string };
    };
    const { _updateSnapshot: update } = snapshotState;
    if (update === 'all') fs.writeFileSync(PAGE, text);
    const known = fs.existsSync(PAGE) ? fs.readFileSync(PAGE, 'utf8') : '';
    // Fix: npm run accept:findings
    expect(unaligned(known)).toBe(unaligned(text));
  });
});

async function findings(): Promise<Finding[]> {
  return (await sandbox.json<{ findings: Finding[] }>('doctor', 'dev')).findings;
}

/** The steps to take: the first of several ways, and those whose condition is met. */
function ways(steps: readonly StepInJson[], { isMet = () => true }: Proof): StepInJson[] {
  const other = steps.findIndex(({ alternative }) => alternative);
  const first = other === -1 ? steps : steps.slice(0, other);
  return first.filter((step) => step.when === undefined || isMet(step));
}

async function carryOut(step: StepInJson, { edit }: Proof, job: string): Promise<void> {
  if (step.kind === 'edit') {
    expect(fs.existsSync(path.join(ROOT, step.file ?? ''))).toBe(true);
    edit?.(job);
    return;
  }
  const { command = '' } = step;
  // Terraform does it in e2e/fixes.test.ts.
  if (command === 'just gcp-scheduler-setup dev') return sandbox.redeploy('dev');
  const [, verb = '', rest = ''] = /^just gcp-scheduler-([a-z-]+) ?(.*)$/.exec(command) ?? [];
  if (verb !== '') {
    const { status, stderr } = await sandbox.ops(verb, ...rest.split(' '));
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return;
  }
  const env = { ...sandbox.env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' };
  const { status, stdout, stderr } = await runProcess('sh', ['-c', command], { cwd: ROOT, env });
  if (status !== 0) throw new Error(`${command}: ${stdout}${stderr}`);
}

function page(): string {
  const rows = (Object.entries(FINDINGS) as [FindingId, (typeof FINDINGS)[FindingId]][]).map(
    ([id, { check, status, means }]) => [
      `\`${id}\``,
      check === '' ? 'any' : `\`${check}\``,
      status,
      means,
      quoted(fixes.get(id)),
      testOf(PROOFS[id]),
    ],
  );
  const head = ['Finding', 'Check', '', 'Means', 'Fix, as an example', 'Carried out by'];
  return `# What the doctor finds

Written by \`npm run accept:findings\`, which makes each finding happen in the sandbox, does what its fix says, and sees
that it is gone; a test fails when this page is out of date. \`e2e\` does it with Terraform and the real provider as well.

${markdownTable(head, rows)}
`;
}

function quoted(fix: string | undefined): string {
  if (fix === undefined) return '';
  const known = fix
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://WORKER')
    .replace(/alertPolicies\/[\w-]+/g, 'alertPolicies/ID');
  return `\`${known}\``;
}

function testOf({ notCarriedOut, byTerraform, unit }: Proof): string {
  const tests = [
    ...(unit ? ['`findings.test.ts`, the check alone'] : []),
    ...(notCarriedOut === undefined ? ['`findings.test.ts`'] : []),
    ...(byTerraform ? ['`e2e/fixes.test.ts`'] : []),
  ];
  const reason = notCarriedOut === undefined || byTerraform ? '' : `not: ${notCarriedOut}`;
  return [...tests, reason].filter((part) => part !== '').join(', ');
}

/** Without the padding that oxfmt gives tables. */
function unaligned(text: string): string {
  return text.replace(/ +/g, ' ').replace(/-{2,}/g, '--');
}
