import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { emptyProject } from '../../sandbox/empty-project';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

jest.setTimeout(60_000);

const bin = path.join(__dirname, '..', '..', 'sandbox', 'bin.js');

function scheduledJobsSandbox(...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

describe('scheduled-jobs-sandbox', () => {
  const script = ['exec', '--', 'sh', '-c', 'echo $GCP_PROJECT_ID $GCP_REGION'];

  it('has a project and a region of its own, unless they are given', () => {
    expect(scheduledJobsSandbox(...script).output).toBe('sandbox-project us-central1\n');
    const given = ['--project=example.com:my-project', '--region=europe-west1'];
    expect(scheduledJobsSandbox(...given, ...script).output).toBe(
      'example.com:my-project europe-west1\n',
    );
  });

  it.each([
    ['--project=X', 'Expected: 6 to 30'],
    ['--region=mars', 'Expected: names such as'],
    ['--service=Reports=http://127.0.0.1:1', 'Allowed names: 1-49 lower-case letters'],
    ['--service=reports', 'Expected: http on this machine, like reports=http://127.0.0.1:8000'],
    ['--service=reports=http://example.com', 'Expected: http on this machine'],
    ['--worker=dev=http://127.0.0.1:1', "unknown option '--worker"],
  ])('%s is refused with status 2', (option, message) => {
    const { status, output } = scheduledJobsSandbox(option, ...script);
    expect(output).toContain(message);
    expect(status).toBe(2);
  });
});

describe('an empty project', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({
      seed: emptyProject({ projectId: 'example.com:my-project', services: ['reports', 'mails'] }),
    });
    for (const service of sandbox.world.services.values()) {
      const bindings = [{ role: 'roles/run.invoker', members: ['allUsers'] }];
      service.policy = { ...service.policy, bindings };
    }
  });
  afterAll(() => sandbox.close());

  const statusOf = async (name: string): Promise<number> => {
    const response = await fetch(`${sandbox.world.services.get(name)?.urls[0] ?? ''}/any/path`);
    return response.status;
  };
  const fault = async (stage: string): Promise<string> => {
    const body = JSON.stringify({ fault: 'worker-missing', stage });
    const response = await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', body });
    return response.text();
  };

  it('has one account, which its services run as, and services that answer 200', async () => {
    expect([...sandbox.world.accounts.keys()]).toEqual([
      'scheduler@my-project.example.com.iam.gserviceaccount.com',
    ]);
    expect([await statusOf('reports'), await statusOf('mails')]).toEqual([200, 200]);
  });

  it('has faults by the name of a service', async () => {
    expect(await fault('worker')).toContain('stage must be one of: reports, mails.');
    await fault('reports');
    expect([await statusOf('reports'), await statusOf('mails')]).toEqual([404, 200]);
  });
});
