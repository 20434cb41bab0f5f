import { createContext } from '../../../ops/context';
import { missingChannels, requireChannels } from '../../../ops/terraform/alert-channels';
import { OpsSandbox, PROJECT } from '../support';

let sandbox: OpsSandbox;
beforeAll(async () => {
  sandbox = await OpsSandbox.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

function contextWith(ALERT_CHANNELS: string) {
  const env = { ...sandbox.env, ALERT_CHANNELS };
  const { signal } = new AbortController();
  return createContext({ root: '', env, terminal: {} as never, signal, retryDelay: 1 }, false);
}

async function create(): Promise<string> {
  const channel = { type: 'email', labels: { email_address: 'a@example.com' } };
  const path = `/v3/projects/${PROJECT}/notificationChannels`;
  const { name } = await sandbox.call('POST', path, channel);
  return String(name);
}

it.each([`projects/${PROJECT}/notificationChannels/1`, 'projects/other/notificationChannels/2'])(
  'rejects %s, which the project does not have',
  async (missing) => {
    await expect(requireChannels(contextWith(`${await create()},${missing}`))).rejects.toThrow(
      `Nothing was changed: ALERT_CHANNELS names notification channels that ${PROJECT} does not have: ${missing}.\n` +
        `Fix: gcloud beta monitoring channels list --project=${PROJECT}, then set ALERT_CHANNELS`,
    );
  },
);

it('accepts the channel that the list of the fix shows', async () => {
  const name = await create();
  const path = `/v3/projects/${PROJECT}/notificationChannels`;
  const { notificationChannels } = await sandbox.call('GET', path);
  expect(notificationChannels).toMatchObject([{ name }]);
  await requireChannels(contextWith(name));
  await requireChannels(contextWith(name.replace(PROJECT, '123456789')));
});

it('leaves it to Google if the channels cannot be read', async () => {
  await sandbox.fault({ fault: 'call', code: 403, path: '/notificationChannels' });
  const context = contextWith(`projects/${PROJECT}/notificationChannels/1`);
  expect(await missingChannels(context)).toBeUndefined();
});
