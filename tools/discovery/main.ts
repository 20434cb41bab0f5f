import fs from 'node:fs';
import path from 'node:path';
import { describeApi, type Document } from './describe-api';
import { SERVED } from './served';

const OUTPUT = path.join('sandbox', 'protocol', 'discovery', 'facts.ts');

const HEADER = `import type { ApiFacts } from './discovery';

/** Made by \`npm run discovery\` from Google's discovery documents of these revisions. */
`;

/**
 * Extracts from Google's discovery documents what the sandbox and its tests need: parameters of the
 * methods that it serves, and the fields of their responses.
 */
function main(folder: string | undefined): void {
  if (folder === undefined) {
    console.error(
      'Usage: npm run discovery -- FOLDER\n' +
        'FOLDER has the discovery documents as cloudscheduler.v1.json and so on. Google publishes them at\n' +
        'https://www.googleapis.com/discovery/v1/apis, and in the Python package google-api-python-client\n' +
        'as googleapiclient/discovery_cache/documents.',
    );
    process.exitCode = 2;
    return;
  }
  const apis = Object.entries(SERVED).map(([name, methods]) => {
    const text = fs.readFileSync(path.join(folder, `${name}.json`), 'utf8');
    return [name, describeApi(JSON.parse(text) as Document, methods)] as const;
  });
  const data = JSON.stringify(Object.fromEntries(apis), null, 2);
  fs.writeFileSync(
    OUTPUT,
    `${HEADER}export const FACTS: Readonly<Record<string, ApiFacts>> = ${data};\n`,
  );
}

main(process.argv[2]);
