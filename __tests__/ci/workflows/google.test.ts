import { deployerOf, DOCTOR, PLAN, type Identity } from '../../../ci/access/identities';
import { identityEmail } from '../../../ci/access/steps';
import { STAGE_NAMES } from '../../../stages/stages';
import { Google, type Claims } from './google';
import { BUCKET_INPUTS, HCP_INPUTS } from './inputs';

/** A token of a job of the branch main, except for what is given. */
const claims = (given: Partial<Claims>): Claims => ({
  repository: 'acme/jobs',
  repository_id: '42',
  event_name: 'push',
  ref: 'refs/heads/main',
  ...given,
});
const PULL_REQUEST = { event_name: 'pull_request', ref: 'refs/pull/7/merge' };
const [FIRST = 'dev'] = STAGE_NAMES;

/** Whether a job with a token may act as an identity. */
async function mayActAs(identity: Identity, given: Partial<Claims>, inputs = BUCKET_INPUTS) {
  const google = await Google.start(inputs, 'http://127.0.0.1:9');
  try {
    google.signIn(claims(given), identityEmail(inputs, identity));
    return true;
  } catch {
    return false;
  } finally {
    await google.close();
  }
}

describe('lets act', () => {
  it.each<[string, Identity, Partial<Claims>]>([
    ['a pull request as plan', PLAN, { environment: 'plan', ...PULL_REQUEST }],
    ['the plan before an approval as plan', PLAN, { environment: 'plan' }],
    ['the morning check as doctor', DOCTOR, { environment: 'doctor', event_name: 'schedule' }],
    ["a stage's environment as its deployer", deployerOf(FIRST), { environment: FIRST }],
  ])('%s', async (_, identity, given) => {
    expect(await mayActAs(identity, given)).toBe(true);
  });

  it("GitHub's deploys as plan, and not as deployer, when HCP Terraform applies", async () => {
    const given = { environment: FIRST };
    expect(await mayActAs(PLAN, given, HCP_INPUTS)).toBe(true);
    expect(await mayActAs(deployerOf(FIRST), given, HCP_INPUTS)).toBe(false);
  });
});

describe('does not let act', () => {
  it.each<[string, Identity, Partial<Claims>]>([
    ['a pull request as doctor', DOCTOR, { environment: 'doctor', ...PULL_REQUEST }],
    ['a pull request as deployer', deployerOf(FIRST), { environment: FIRST, ...PULL_REQUEST }],
    [
      'pull_request_target, which runs on main',
      deployerOf(FIRST),
      { environment: FIRST, event_name: 'pull_request_target' },
    ],
    ['another branch as plan', PLAN, { environment: 'plan', ref: 'refs/heads/other' }],
    [
      'another branch as deployer, whatever its environment lets',
      deployerOf(FIRST),
      { environment: FIRST, ref: 'refs/heads/other' },
    ],
    ['a tag named main', deployerOf(FIRST), { environment: FIRST, ref: 'refs/tags/main' }],
    ["one stage's environment as another's deployer", deployerOf('prod'), { environment: 'dev' }],
    ['the environment plan as deployer', deployerOf(FIRST), { environment: 'plan' }],
    ["a stage's environment as doctor", DOCTOR, { environment: FIRST }],
    [
      'a repository that took the name of this one',
      deployerOf(FIRST),
      { environment: FIRST, repository_id: '43' },
    ],
    ['a fork', PLAN, { environment: 'plan', repository: 'evil/jobs', ...PULL_REQUEST }],
    ['a job outside an environment', PLAN, {}],
  ])('%s', async (_, identity, given) => {
    expect(await mayActAs(identity, given)).toBe(false);
  });
});
