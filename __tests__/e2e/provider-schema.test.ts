import fs from 'node:fs';
import path from 'node:path';
import { createApp } from '../../stages/app';
import { stackName } from '../../stages/naming';
import { STAGE_NAMES } from '../../stages/stages';
import { GOOGLE_PROVIDER } from '../../stages/versions';
import { EVERY_BRANCH } from '../support/settings';
import { temporaryFolder } from '../support/temporary-folder';
import { describeWithProvider, terraform } from '../support/terraform';
import { GOOGLE_6, pinGoogle } from './pin';

// The bindings are of google 6.50 and only render JSON: this is what they render, for each version.

jest.mock('../../stages/versions', () => ({
  ...jest.requireActual<object>('../../stages/versions'),
}));
jest.setTimeout(120_000);

/** What every resource may have, whatever its provider. */
const META_ARGUMENTS = ['//', 'depends_on', 'lifecycle', 'provider', 'count', 'for_each'];

interface Attribute {
  readonly deprecated?: boolean;
  readonly optional?: boolean;
  readonly required?: boolean;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

type Schemas = Readonly<Record<string, { readonly block: Block }>>;
type Values = Readonly<Record<string, unknown>>;

/** The arguments of a block that its schema lacks, that cannot be set, or that are deprecated. */
function problemsIn(values: Values, schema: Block | undefined, at: string): string[] {
  if (schema === undefined) return [`${at} does not exist`];
  return Object.entries(values).flatMap(([name, value]) => {
    const place = `${at}.${name}`;
    const attribute = schema.attributes?.[name];
    if (attribute?.deprecated === true) return [`${place} is deprecated`];
    if (attribute !== undefined) {
      const canBeSet = attribute.optional === true || attribute.required === true;
      return canBeSet ? [] : [`${place} cannot be set`];
    }
    const inner = schema.block_types?.[name]?.block;
    const blocks = (Array.isArray(value) ? value : [value]) as Values[];
    return inner === undefined
      ? [`${place} does not exist`]
      : blocks.flatMap((block) => problemsIn(block, inner, place));
  });
}

function withoutMeta(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => !META_ARGUMENTS.includes(name)),
  );
}

function problemsOfAll(
  resources: Readonly<Record<string, Readonly<Record<string, Values>>>>,
  schemas: Schemas,
): string[] {
  return Object.entries(resources).flatMap(([type, named]) =>
    Object.values(named).flatMap((values) =>
      problemsIn(withoutMeta(values), schemas[type]?.block, type),
    ),
  );
}

describe.each([GOOGLE_PROVIDER, GOOGLE_6])('the stacks, with google %s', (version) => {
  describeWithProvider('terraform', version)('and its schema', () => {
    let resources: Schemas;
    let data: Schemas;
    let provider: Block;

    beforeAll(() => {
      pinGoogle(version);
      const folder = temporaryFolder();
      const google = { source: 'hashicorp/google', version };
      const configuration = { terraform: { required_providers: { google } } };
      fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(configuration));
      terraform(folder, {}, 'init', '-input=false');
      const { stdout } = terraform(folder, {}, 'providers', 'schema', '-json');
      const { provider_schemas: all } = JSON.parse(stdout) as {
        provider_schemas: Record<
          string,
          {
            provider: { block: Block };
            resource_schemas: Schemas;
            data_source_schemas: Schemas;
          }
        >;
      };
      const [schema] = Object.values(all);
      if (schema === undefined) throw new Error('terraform printed no schema');
      resources = schema.resource_schemas;
      data = schema.data_source_schemas;
      provider = schema.provider.block;
    });

    it.each(Object.entries(EVERY_BRANCH))('have only what it knows: %s', (_, env) => {
      const outdir = temporaryFolder();
      createApp(env, outdir).synth();
      for (const stage of STAGE_NAMES) {
        const file = path.join(outdir, 'stacks', stackName(stage), 'cdk.tf.json');
        const stack = JSON.parse(fs.readFileSync(file, 'utf8')) as {
          resource: Parameters<typeof problemsOfAll>[0];
          data: Parameters<typeof problemsOfAll>[0];
          provider: { google: Values[] };
        };
        expect(problemsOfAll(stack.resource, resources)).toEqual([]);
        expect(problemsOfAll(stack.data, data)).toEqual([]);
        const [google = {}] = stack.provider.google;
        expect(problemsIn(google, provider, 'provider')).toEqual([]);
      }
    });

    it('would find an argument that it does not know', () => {
      const job = { nme: 'x', http_target: { url: 'x' }, id: 'x', state: 'x' };
      expect(problemsOfAll({ google_cloud_scheduler_job: { job } }, resources)).toEqual([
        'google_cloud_scheduler_job.nme does not exist',
        'google_cloud_scheduler_job.http_target.url does not exist',
        'google_cloud_scheduler_job.state cannot be set',
      ]);
    });
  });
});
