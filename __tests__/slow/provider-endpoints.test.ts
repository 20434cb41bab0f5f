import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROVIDER_ENDPOINTS } from '../../sandbox/provider-endpoints';
import { skipped } from '../support/skipped';

const PROVIDERS = path.join(
  os.homedir(),
  '.terraform.d/plugins/registry.terraform.io/hashicorp/google',
);

const binaries = fs.existsSync(PROVIDERS)
  ? fs
      .readdirSync(PROVIDERS, { recursive: true, encoding: 'utf8' })
      .filter((file) => path.basename(file).startsWith('terraform-provider-google'))
  : [];

const describeBinaries =
  binaries.length > 0 ? describe : skipped(`there is no google provider in ${PROVIDERS}`);

/** An endpoint that is not in the list would lead terraform to Google. */
describeBinaries('the endpoints that the sandbox sets', () => {
  it.each(binaries)('are all that the binary %s reads', async (file) => {
    const found = new Set<string>();
    let rest = '';
    for await (const chunk of fs.createReadStream(path.join(PROVIDERS, file), 'latin1')) {
      const text = rest + String(chunk);
      for (const [, name = ''] of text.matchAll(/GOOGLE_([A-Z0-9_]{2,60}?)_CUSTOM_ENDPOINT/g)) {
        found.add(name.replace(/^.*GOOGLE_/, ''));
      }
      // A name may be in two chunks.
      rest = text.slice(-100);
    }
    expect(found.size).toBeGreaterThan(100);
    expect([...found].filter((name) => !PROVIDER_ENDPOINTS.includes(name))).toEqual([]);
  });
});
