import fs from 'node:fs';
import path from 'node:path';
import { runProcess } from '../../lib/run-process';
import { PLACE, ROOT, runOps } from '../ops/support';
import { skipped } from '../support/skipped';
import { temporaryFolder } from '../support/temporary-folder';
import { Otf, otfServer } from './otf';

// Each step plans, and the first applies, with the real provider.
jest.setTimeout(300_000);

const server = otfServer();
const describeWithOtf =
  server === undefined
    ? skipped('OTF_HOST, OTF_TOKEN and OTF_CA are not set; see docs/otf.md.')
    : describe;

/** The shell commands in a section of the document. */
function linesOf(heading: string): string {
  const document = fs.readFileSync(path.join(ROOT, 'docs', 'moving-state.md'), 'utf8');
  const section = document.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  return [...section.matchAll(/^```bash\n([^]*?)^```$/gm)].map(([, lines]) => lines).join('\n');
}

describeWithOtf('docs/moving-state.md', () => {
  let otf: Otf;
  beforeAll(async () => {
    if (server !== undefined) otf = await Otf.start(server);
  });
  afterAll(() => otf.close());

  /** Runs the document's commands, with the test's own settings. */
  async function move(from: NodeJS.ProcessEnv, to: Record<string, string>): Promise<void> {
    const settings = ['TF_CLOUD_ORGANIZATION', 'TF_CLOUD_HOSTNAME', 'TF_STATE_DIR'];
    const change = [
      `unset ${settings.join(' ')}`,
      ...Object.entries(to).map(([variable, value]) => `export ${variable}='${value}'`),
    ];
    const script = [linesOf('1.'), ...change, linesOf('3.')]
      .join('\n')
      .replaceAll('cdktf.out', from.CDKTF_OUTDIR ?? '');
    const { status, stdout, stderr } = await runProcess(
      'bash',
      ['-euo', 'pipefail', '-c', script],
      { cwd: ROOT, env: from },
    );
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
  }

  it('moves states from files to HCP Terraform and back', async () => {
    const inHcp = otf.env();
    const { TF_CLOUD_ORGANIZATION = '', TF_CLOUD_HOSTNAME = '', ...rest } = inHcp;
    const local = { ...rest, TF_STATE_DIR: temporaryFolder() };
    expect((await runOps(local, ['setup', 'dev'])).status).toBe(0);

    const refused = await runOps(inHcp, ['setup', 'dev']);
    expect(refused.stderr).toContain('The state of validibot-dev was last in a local file');
    expect(refused.stderr).toContain('docs/moving-state.md');
    expect(refused.status).toBe(1);

    await move(local, { TF_CLOUD_ORGANIZATION, TF_CLOUD_HOSTNAME });
    expect((await runOps(inHcp, ['setup', 'dev'])).stdout).toBe(`dev is up to date in ${PLACE}.\n`);

    const elsewhere = { ...rest, TF_STATE_DIR: temporaryFolder() };
    await move(inHcp, { TF_STATE_DIR: elsewhere.TF_STATE_DIR });
    expect((await runOps(elsewhere, ['setup', 'dev'])).stdout).toBe(
      `dev is up to date in ${PLACE}.\n`,
    );
  });
});
