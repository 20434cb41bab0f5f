import fs from 'node:fs';
import path from 'node:path';
import { GOOGLE_PROVIDER } from '../../stages/versions';
import { describeWithProvider } from '../support/terraform';
import { GOOGLE_6, pinGoogle } from './pin';
import { startCloud } from './sandbox';

// Follows docs/provider-versions.md with terraform alone: change one constant, then deploy.

jest.mock('../../stages/versions', () => ({
  ...jest.requireActual<object>('../../stages/versions'),
}));
jest.setTimeout(120_000);

const PINNED = GOOGLE_PROVIDER;

describeWithProvider('terraform', GOOGLE_6)(`dev, with google ${GOOGLE_6}`, () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;
  beforeAll(async () => {
    cloud = await startCloud();
    pinGoogle(GOOGLE_6);
    await cloud.synth('dev');
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
  const expectEmptyPlans = async (): Promise<void> => {
    for (const authorizationOnRead of [true, false]) {
      await cloud.call('POST', '/_sandbox/settings', { authorizationOnRead });
      await expectEmptyPlan();
    }
    await cloud.call('POST', '/_sandbox/settings', { authorizationOnRead: true });
  };
  const state = (): string => {
    const folder = path.join(cloud.sandbox.directory, 'state');
    return fs.readFileSync(path.join(folder, 'terraform.validibot-dev.tfstate'), 'utf8');
  };
  const usedProvider = async (): Promise<string> =>
    (await cloud.terraform('dev', 'version')).output;
  const upgraded = async (version: string): Promise<void> => {
    pinGoogle(version);
    await expect(cloud.synth('dev')).rejects.toThrow('terraform init -upgrade');
    expect(await cloud.terraform('dev', 'init', '-upgrade')).toMatchObject({ status: 0 });
    expect(await usedProvider()).toContain(`/hashicorp/google v${version}\n`);
  };

  it('can be deployed, after which the plan is empty', async () => {
    await applied();
    await expectEmptyPlans();
  });

  it('stores the token that the API adds on read', async () => {
    await applied();
    expect(state()).toContain('"Authorization"');
  });

  describeWithProvider('terraform', PINNED)(`raised to google ${PINNED}`, () => {
    it('needs init -upgrade, and plans empty', async () => {
      await upgraded(PINNED);
      await expectEmptyPlans();
    });

    it('has no token in the state after a deploy', async () => {
      await applied();
      expect(state()).not.toContain('"Authorization"');
      await expectEmptyPlan();
    });

    it('can be deployed from scratch, after which the plan is empty', async () => {
      await cloud.reset();
      await applied();
      await expectEmptyPlan();
      expect(state()).not.toContain('"Authorization"');
    });

    it('retries a job that is rejected with 409 because of a concurrent change', async () => {
      await cloud.reset();
      const fault = { fault: 'call', code: 409, method: 'POST', path: '/jobs', times: 1 };
      await cloud.call('POST', '/_sandbox/faults', fault);
      await applied();
      expect(cloud.sandbox.world.faults).toEqual([]);
    });

    it('plans empty when it goes back', async () => {
      await upgraded(GOOGLE_6);
      await expectEmptyPlan();
    });
  });
});
