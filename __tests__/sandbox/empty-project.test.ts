import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { runProcess } from '../../lib/run-process';
import { emptyProject } from '../../sandbox/empty-project';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { listen } from './listener';

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

  it('has a default project and region', () => {
    expect(scheduledJobsSandbox(...script).output).toBe('sandbox-project us-central1\n');
    const given = ['--project=example.com:my-project', '--region=europe-west1'];
    expect(scheduledJobsSandbox(...given, ...script).output).toBe(
      'example.com:my-project europe-west1\n',
    );
  });

  it.each([
    ['--project=X', 'Invalid --project "X": '],
    ['--region=mars', 'Invalid --region "mars": '],
    [
      '--service=Reports=http://127.0.0.1:1',
      'Invalid --service "Reports=http://127.0.0.1:1": service name must be 1-49 lower-case letters, ' +
        'digits or hyphens, starting with a letter. Fix: write the name as in worker=http://127.0.0.1:8000.\n',
    ],
    [
      '--service=reports',
      'Invalid --service "reports": URL must be http on this machine. ' +
        'Fix: write --service reports=http://127.0.0.1:8000.\n',
    ],
    ['--server=reports', 'Fix: write --server reports=http://127.0.0.1:8000.\n'],
    ['--service=reports=http://example.com', 'URL must be http on this machine.'],
    ['--worker=dev=http://127.0.0.1:1', "unknown option '--worker"],
  ])('exits with 2 given %s', (option, message) => {
    const { status, output } = scheduledJobsSandbox(option, ...script);
    expect(output).toContain(message);
    expect(status).toBe(2);
  });
});

it('has your own server behind a service that is created, and can inject its faults', async () => {
  const server = await listen();
  const services = '$SANDBOX_URL/v2/projects/sandbox-project/locations/us-central1/services';
  const script = `call() { curl --silent --header 'Authorization: Bearer x' --data "$2" "$1"; }
    call "${services}?serviceId=reports" '{"template": {"containers": [{"image": "a"}]}}' > /dev/null
    call "${services}/reports:setIamPolicy" \
      '{"policy": {"bindings": [{"role": "roles/run.invoker", "members": ["allUsers"]}]}}' > /dev/null
    url=$(curl --silent "$SANDBOX_URL/_sandbox" | sed -E 's/.*"name":"reports"[^}]*"url":"([^"]*)".*/\\1/')
    status() { curl --silent --output /dev/null --write-out '%{http_code} ' "$url/daily"; }
    status; call "$SANDBOX_URL/_sandbox/faults" '{"fault": "worker-failing", "stage": "reports"}' > /dev/null; status`;
  const args = [`--server=reports=${server.url}`, 'exec', '--', 'sh', '-c', script];
  const { stdout } = await runProcess(process.execPath, [bin, ...args]);
  server.close();
  expect(stdout).toBe('204 500 ');
  expect(server.requests.map(({ url }) => url)).toEqual(['/daily']);
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

  it('has services that respond with 200, and one account that they run as', async () => {
    expect([...sandbox.world.accounts.keys()]).toEqual([
      'scheduler@my-project.example.com.iam.gserviceaccount.com',
    ]);
    expect([await statusOf('reports'), await statusOf('mails')]).toEqual([200, 200]);
  });

  it('can inject faults by the name of a service', async () => {
    expect(await fault('worker')).toContain('stage must be one of: reports, mails.');
    await fault('reports');
    expect([await statusOf('reports'), await statusOf('mails')]).toEqual([404, 200]);
  });
});
