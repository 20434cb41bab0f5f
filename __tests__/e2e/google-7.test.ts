import fs from 'node:fs';
import path from 'node:path';
import { describeWithProvider } from '../support/terraform';
import { newestGoogle7, pinGoogle } from './pin';
import { startCloud } from './sandbox';

// Follows docs/provider-versions.md: change one constant, then deploy.

jest.mock('../../stages/versions', () => ({
  ...jest.requireActual<object>('../../stages/versions'),
}));
jest.setTimeout(120_000);

/** Not the pin itself, so that the upgrade is still tested after the pin has been raised. */
const OLD = '6.50.0';
const NEW = newestGoogle7();

describeWithProvider('terraform', NEW)(`dev, upgraded from google ${OLD} to ${NEW}`, () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;
  beforeAll(async () => {
    cloud = await startCloud();
    pinGoogle(OLD);
    await cloud.synth('dev');
    await applied();
    expect(state()).toContain('"Authorization"');
  });
  afterAll(() => cloud.close());

  const applied = async (): Promise<void> => {
    expect(await cloud.apply('dev')).toMatchObject({ status: 0 });
  };
  const expectEmptyPlan = async (): Promise<void> => {
    const { status, output } = await cloud.plan('dev');
    expect(output).toContain('No changes. Your infrastructure matches the configuration.');
    expect(status).toBe(0);
  };
  const state = (): string => {
    const folder = path.join(cloud.sandbox.directory, 'state');
    return fs.readFileSync(path.join(folder, 'terraform.validibot-dev.tfstate'), 'utf8');
  };
  const usedProvider = async (): Promise<string> =>
    (await cloud.terraform('dev', 'version')).output;

  it('keeps the old provider until init -upgrade', async () => {
    pinGoogle(NEW);
    await expect(cloud.synth('dev')).rejects.toThrow('terraform init -upgrade');
    expect(await cloud.terraform('dev', 'init', '-upgrade')).toMatchObject({ status: 0 });
    expect(await usedProvider()).toContain(`/hashicorp/google v${NEW}\n`);
  });

  it.each([true, false])(
    'has an empty plan, with authorizationOnRead: %p',
    async (authorizationOnRead) => {
      await cloud.call('POST', '/_sandbox/settings', { authorizationOnRead });
      await expectEmptyPlan();
    },
  );

  it('has no token in the state after a deploy', async () => {
    await cloud.call('POST', '/_sandbox/settings', { authorizationOnRead: true });
    await applied();
    expect(state()).not.toContain('"Authorization"');
    await expectEmptyPlan();
  });

  it('can be deployed from scratch, after which the plan is empty', async () => {
    await cloud.reset();
    await applied();
    await expectEmptyPlan();
  });

  it('retries a job that is rejected with 409 because of a concurrent change', async () => {
    await cloud.reset();
    const fault = { fault: 'call', code: 409, method: 'POST', path: '/jobs', times: 1 };
    await cloud.call('POST', '/_sandbox/faults', fault);
    await applied();
    expect(cloud.sandbox.world.faults).toEqual([]);
  });
});
