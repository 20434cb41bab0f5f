import { jobName } from '../../stages/naming';
import { TASK_NAMES } from '../../stages/jobs';
import { ACCOUNT, afterAttempt, jobBody, PARENT, PROJECT } from '../sandbox/client';
import { describeWithProvider } from '../support/terraform';
import { startCloud } from './sandbox';

jest.setTimeout(120_000);

const JOBS = `/v1/${PARENT}/jobs`;
const NAMES = TASK_NAMES.map((task) => jobName('validibot', task, 'dev'));
const ALL_JOBS = [...NAMES].sort();
const CLEAR_SESSIONS = nameOf('clear-sessions');

function nameOf(task: string): string {
  return jobName('validibot', task, 'dev');
}

describeWithProvider()('the dev stage, with the real terraform and google provider', () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;

  beforeAll(async () => {
    cloud = await startCloud();
    await cloud.synth('dev');
  });
  afterAll(() => cloud.close());

  const get = async (name: string) => (await cloud.call('GET', `${JOBS}/${name}`)).body;
  const jobNames = async (): Promise<string[]> => {
    const { body } = await cloud.call('GET', JOBS);
    return (body.jobs ?? []).map(({ name }) => name.split('/').at(-1) ?? '');
  };
  const applied = async (): Promise<void> => {
    expect(await cloud.apply('dev')).toMatchObject({ status: 0 });
  };
  const expectEmptyPlan = async (): Promise<void> => {
    const { status, output } = await cloud.plan('dev');
    expect(output).toContain('No changes. Your infrastructure matches the configuration.');
    expect(status).toBe(0);
  };

  describe('once deployed', () => {
    beforeAll(async () => {
      await cloud.reset();
      await applied();
    });

    it('has the six jobs', async () => {
      expect(await jobNames()).toEqual(ALL_JOBS);
    });

    it.each([true, false])(
      'has an empty plan, with an Authorization header on read: %p',
      async (authorizationOnRead) => {
        await cloud.call('POST', '/_sandbox/settings', { authorizationOnRead });
        await expectEmptyPlan();
      },
    );

    it('runs a job with a valid token', async () => {
      await cloud.call('POST', `${JOBS}/${CLEAR_SESSIONS}:run`, {});
      expect((await afterAttempt(cloud, CLEAR_SESSIONS)).status).toEqual({});
      const { log } = cloud.sandbox.world;
      expect([...log.entries()].at(-1)?.httpRequest).toEqual({ status: 200 });
    });

    it("keeps an operator's pause, even in a deploy that changes the job", async () => {
      await cloud.call('POST', `${JOBS}/${CLEAR_SESSIONS}:pause`, {});
      await expectEmptyPlan();
      await cloud.call('PATCH', `${JOBS}/${CLEAR_SESSIONS}`, { schedule: '0 5 * * *' });
      await applied();
      const { state, schedule } = await get(CLEAR_SESSIONS);
      expect([state, schedule]).toEqual(['PAUSED', '0 2 * * *']);
    });

    it('plans one change if one job has drifted', async () => {
      await cloud.call('PATCH', `${JOBS}/${CLEAR_SESSIONS}`, { schedule: '0 5 * * *' });
      const { status, output } = await cloud.plan('dev');
      expect(output).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
      expect(status).toBe(2);
      await cloud.call('PATCH', `${JOBS}/${CLEAR_SESSIONS}`, { schedule: '0 2 * * *' });
    });

    it('recreates a job that was deleted by hand', async () => {
      await cloud.call('DELETE', `${JOBS}/${CLEAR_SESSIONS}`);
      const { output } = await cloud.apply('dev');
      expect(output).toContain('1 added, 0 changed, 0 destroyed.');
      expect(await jobNames()).toEqual(ALL_JOBS);
    });

    it('destroys no account, API, unmanaged job or other stage', async () => {
      await cloud.call('POST', JOBS, jobBody(cloud.sandbox, 'unmanaged'));
      await cloud.call('POST', JOBS, jobBody(cloud.sandbox, 'validibot-clear-sessions-staging'));

      const { status } = await cloud.terraform('dev', 'destroy', '-auto-approve', '-no-color');

      expect(status).toBe(0);
      expect(await jobNames()).toEqual(['unmanaged', 'validibot-clear-sessions-staging']);
      const api = `/v1/projects/${PROJECT}/services/cloudscheduler.googleapis.com`;
      expect((await cloud.call('GET', api)).body.state).toBe('ENABLED');
      const account = `/v1/projects/${PROJECT}/serviceAccounts/${ACCOUNT}`;
      expect((await cloud.call('GET', account)).status).toBe(200);
    });
  });

  describe('in an empty project', () => {
    beforeEach(() => cloud.reset());

    it('fails the plan and creates nothing if the worker is missing, and names it', async () => {
      await cloud.call('POST', '/_sandbox/faults', { fault: 'worker-missing', stage: 'dev' });
      const { status, output } = await cloud.apply('dev');
      expect(status).toBe(1);
      expect(output).toContain('/services/validibot-worker-dev not found');
      expect(output).not.toContain('Creating...');
      expect(await jobNames()).toEqual([]);
    });

    it('fails the plan and creates nothing if the account is missing, and names it', async () => {
      await cloud.call('POST', '/_sandbox/faults', { fault: 'account-missing', stage: 'dev' });
      const { status, output } = await cloud.apply('dev');
      expect(status).toBe(1);
      expect(output.replace(/[\s│]+/g, ' ')).toContain(ACCOUNT);
      expect(output).not.toContain('Creating...');
      expect(await jobNames()).toEqual([]);
    });

    it('enables a disabled API', async () => {
      const api = 'cloudscheduler.googleapis.com';
      await cloud.call('POST', '/_sandbox/faults', { fault: 'api-disabled', api });
      await applied();
      expect(await jobNames()).toEqual(ALL_JOBS);
    });

    it('recovers from 503s during apply, with at most one more deploy', async () => {
      const fault = { fault: 'call', code: 503, method: 'POST', path: '/jobs', times: 3 };
      await cloud.call('POST', '/_sandbox/faults', fault);
      if ((await cloud.apply('dev')).status !== 0) await applied();
      expect(cloud.sandbox.world.faults).toEqual([]);
      expect(await jobNames()).toEqual(ALL_JOBS);
      await expectEmptyPlan();
    });

    it('recovers from a 403 during apply, with one more deploy', async () => {
      const fault = { fault: 'call', code: 403, path: `${CLEAR_SESSIONS}:resume`, times: 1 };
      await cloud.call('POST', '/_sandbox/faults', fault);
      expect((await cloud.apply('dev')).status).toBe(1);
      await applied();
      expect(await jobNames()).toEqual(ALL_JOBS);
      await expectEmptyPlan();
    });
  });
});
