import { PROVIDER_LOCK, readProviderLock } from '../../stages/provider-lock';
import { GOOGLE_PROVIDER } from '../../stages/versions';
import { writeFiles } from '../support/files';
import { temporaryFolder } from '../support/temporary-folder';

function projectWith(lock: string): string {
  const root = temporaryFolder();
  writeFiles(root, { [PROVIDER_LOCK]: lock });
  return root;
}

function lockOf(version: string): string {
  return `# Comment
provider "registry.terraform.io/hashicorp/google" {
  version     = "${version}"
  constraints = "${version}"
  hashes = [
    "h1:abc=",
  ]
}
`;
}

it('is none in a project without the file', () => {
  expect(readProviderLock(temporaryFolder(), {})).toBeUndefined();
});

it('is used outside sandboxes', () => {
  const text = lockOf(GOOGLE_PROVIDER);
  const root = projectWith(text);
  expect(readProviderLock(root, {})).toEqual({ text, isUsed: true, mistakes: [] });
  expect(readProviderLock(root, { SANDBOX_URL: 'http://127.0.0.1:1' })?.isUsed).toBe(false);
});

it.each([
  ['another version', lockOf('6.0.0'), '"6.0.0"'],
  ['another provider', lockOf(GOOGLE_PROVIDER).replace('/google', '/aws'), '"without google"'],
])('rejects a lock of %s, and names the command that writes it', (_, text, given) => {
  expect(readProviderLock(projectWith(text), {})?.mistakes).toEqual([
    `Invalid ${PROVIDER_LOCK} ${given}: the stacks pin google ${GOOGLE_PROVIDER}. ` +
      'Fix: run npm run lock-provider, and commit the file.',
  ]);
});
