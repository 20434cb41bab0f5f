import fs from 'node:fs';
import path from 'node:path';
import { OpsSandbox, PLACE, PROJECT, ROOT, runOps, stackFolder } from '../ops/support';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider } from '../support/terraform';

// Each step plans with the real provider.
jest.setTimeout(180_000);

/** The commands that the document tells to run, in order. */
function documented(): string[][] {
  const document = fs.readFileSync(path.join(ROOT, 'docs', 'recovering-state.md'), 'utf8');
  const section = document.split(/^## /m).find((part) => part.startsWith('Rebuild it')) ?? '';
  return [...section.matchAll(/^just gcp-scheduler-(.+)$/gm)].map(([, line = '']) =>
    line.split(' '),
  );
}

interface Changes {
  readonly changes: readonly { address: string; action: string; imported: boolean }[];
}

describeWithProvider()('docs/recovering-state.md', () => {
  let sandbox: OpsSandbox;
  beforeAll(async () => {
    sandbox = await OpsSandbox.start(runOps);
    sandbox.env.ALERT_EMAILS = 'a@example.com,b@example.com';
  });
  afterAll(() => sandbox.close());

  const stateFile = (stage: string) =>
    path.join(sandbox.env.TF_STATE_DIR ?? '', `terraform.validibot-${stage}.tfstate`);

  const readState = (stage: string) =>
    JSON.parse(fs.readFileSync(stateFile(stage), 'utf8')) as {
      resources: { mode: string; type: string }[];
    };

  /** The names of everything in the project that a deploy makes. */
  async function everything(): Promise<string[]> {
    const lists = await Promise.all([
      sandbox.call('GET', `/v3/projects/${PROJECT}/alertPolicies`),
      sandbox.call('GET', `/v3/projects/${PROJECT}/notificationChannels`),
      sandbox.call('GET', `/v2/projects/${PROJECT}/metrics`),
    ]);
    const items = lists.flatMap((list) => Object.values(list).flat()) as { name: string }[];
    return [...(await sandbox.jobNames()), ...items.map(({ name }) => name)].sort();
  }

  async function upToDate(stage: string): Promise<void> {
    const { status, stdout } = await sandbox.ops('setup', stage);
    expect(stdout).toBe(`${stage} is up to date in ${PLACE}.\n`);
    expect(status).toBe(0);
  }

  it('rebuilds a lost state, and doubles nothing', async () => {
    // Another stage has a channel for the same addresses.
    expect((await sandbox.ops('setup', 'staging')).status).toBe(0);
    expect((await sandbox.ops('setup', 'dev')).status).toBe(0);
    const before = await everything();
    const managed = readState('dev').resources.filter(({ mode }) => mode === 'managed').length;
    fs.rmSync(stateFile('dev'));

    const refused = await sandbox.ops('setup', 'dev');
    expect(refused.stderr).toContain('the state of validibot-dev is empty, but these exist');
    expect(refused.status).toBe(1);

    const shown = await sandbox.ops('import', 'dev');
    expect(shown.stderr).toContain(
      `The state of validibot-dev is empty. It was looked for in ${stateFile('dev')} (set by TF_STATE_DIR).`,
    );
    expect(shown.stdout).toContain('google_monitoring_notification_channel.email-a_at_example_dot');
    expect(shown.status).toBe(0);

    const asked = await sandbox.ops('import', 'dev', '--apply');
    expect(asked.stderr).toContain('Fix: pass --confirm validibot-dev.');
    expect(asked.status).toBe(2);
    expect(fs.existsSync(stateFile('dev'))).toBe(false);

    const [show, take, deploy, check] = documented();
    expect([show, deploy, check]).toEqual([
      ['import', 'dev'],
      ['setup', 'dev'],
      ['doctor', 'dev'],
    ]);
    const { changes } = await sandbox.json<Changes>(...(take ?? []));
    expect(changes.filter(({ imported }) => imported)).toHaveLength(managed);
    expect(changes.filter(({ imported }) => !imported)).toEqual([]);
    await upToDate('dev');
    await upToDate('staging');
    expect(await everything()).toEqual(before);
  });

  it('imports what a half-lost state does not have', async () => {
    const file = stateFile('dev');
    const state = readState('dev');
    const types = ['google_logging_metric', 'google_monitoring_alert_policy'];
    const rest = state.resources.filter(({ type }) => !types.includes(type));
    const lost = state.resources.length - rest.length;
    fs.writeFileSync(file, JSON.stringify({ ...state, resources: rest }));
    const before = await everything();

    const refused = await sandbox.ops('setup', 'dev');
    expect(refused.stderr).toContain('these exist, but Terraform does not manage them: ');
    expect(refused.stderr).toContain('validibot_dev_successful_runs');
    expect(refused.stderr).toContain('Fix: just gcp-scheduler-import dev\n');
    expect(refused.status).toBe(1);

    const imported = await sandbox.ops('import', 'dev', '--apply');
    expect(imported.stdout).toContain(`Imported ${lost} other resources of dev in ${PLACE}.\n`);
    await upToDate('dev');
    expect(await everything()).toEqual(before);
  });

  it('names the alerts that a second state made', async () => {
    const [policy] = (await sandbox.call('GET', `/v3/projects/${PROJECT}/alertPolicies`))
      .alertPolicies as { name: string; displayName: string }[];
    const { name, ...copy } = policy ?? { name: '', displayName: '' };
    const other = await sandbox.call('POST', `/v3/projects/${PROJECT}/alertPolicies`, copy);
    const stage = copy.displayName.includes('-staging') ? 'staging' : 'dev';
    const found = await sandbox.ops('doctor', stage);
    expect(found.stdout).toContain(`2 alert policies are named "${copy.displayName}": ${name} `);
    expect(found.stdout).toContain(String(other.name));

    const elsewhere = { ...sandbox.env, TF_STATE_DIR: temporaryFolder() };
    const refused = await runOps(elsewhere, ['import', stage]);
    expect(refused.stderr).toContain(`Nothing was changed: 2 alert policies are named`);
    expect(refused.status).toBe(1);
    await sandbox.call('DELETE', `/v3/${String(other.name)}`);
  });

  it('refuses a state of another project before anything is deleted', async () => {
    const before = await sandbox.jobNames();
    const other = { ...sandbox.env, GCP_PROJECT_ID: 'other-project' };
    for (const args of [
      ['delete-all', 'dev', '--confirm', 'validibot-dev'],
      ['setup', 'dev'],
    ]) {
      const { status, stderr } = await runOps(other, args);
      expect(stderr).toContain(
        `Nothing was changed: the state of validibot-dev is of ${PLACE}, ` +
          'but the settings are of other-project (australia-southeast1).',
      );
      expect(stderr).toContain(`${stateFile('dev')} (set by TF_STATE_DIR)`);
      expect(stderr).toContain(`Fix: export GCP_PROJECT_ID=${PROJECT}, or set TF_STATE_BUCKET`);
      expect(status).toBe(1);
    }
    expect(await sandbox.jobNames()).toEqual(before);
  });

  it('uses the state of the stage, whatever workspace was selected', async () => {
    const data = path.join(stackFolder(sandbox.env, 'dev'), sandbox.env.TF_DATA_DIR ?? '');
    fs.writeFileSync(path.join(data, 'environment'), 'team');
    await upToDate('dev');
  });
});
