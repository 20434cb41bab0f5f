/** What a bucket answers. */
export interface BucketAnswer {
  readonly status: number;
  readonly content: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

interface StoredObject {
  readonly content: Buffer;
  readonly generation: number;
}

/**
 * A bucket, as far as terraform's gcs backend uses one: objects are listed, read, written with a condition
 * on their generation, and deleted.
 */
export class Bucket {
  readonly objects = new Map<string, StoredObject>();
  private generation = 1;

  /** The path in the JSON API. Clients read content at the XML API's `/BUCKET/OBJECT`. */
  restPath(path: string, bucket: string): string {
    const xml = `/${bucket}/`;
    return bucket !== '' && path.startsWith(xml)
      ? `/storage/v1/b/${bucket}/o/${path.slice(xml.length)}`
      : path;
  }

  answer(method: string, path: string, url: URL, body: Buffer): BucketAnswer {
    const name = /\/o\/(.+)$/.exec(path)?.[1];
    if (method === 'POST') return this.write(url, body);
    if (name === undefined) return this.list(url.searchParams.get('prefix') ?? '');
    const found = this.objects.get(name);
    if (found === undefined) return json(404, { error: { code: 404, message: 'Not Found' } });
    if (method === 'DELETE') {
      this.objects.delete(name);
      return { status: 204, content: '' };
    }
    const isContent = url.searchParams.get('alt') === 'media' || !url.pathname.includes('/o/');
    if (!isContent) return json(200, describe(name, found));
    const headers = { 'x-goog-generation': String(found.generation), 'x-goog-metageneration': '1' };
    return { status: 200, content: found.content, headers };
  }

  private list(prefix: string): BucketAnswer {
    const items = [...this.objects].filter(([name]) => name.startsWith(prefix));
    return json(200, { items: items.map(([name, object]) => describe(name, object)) });
  }

  private write(url: URL, body: Buffer): BucketAnswer {
    const { name, content } = readMultipart(body);
    const expected = url.searchParams.get('ifGenerationMatch');
    const current = this.objects.get(name)?.generation ?? 0;
    if (expected !== null && Number(expected) !== current) {
      return json(412, { error: { code: 412, message: 'Precondition Failed' } });
    }
    this.generation += 1;
    const stored = { content, generation: this.generation };
    this.objects.set(name, stored);
    return json(200, describe(name, stored));
  }
}

/** Splits a multipart upload: the object's metadata, then its content. */
function readMultipart(body: Buffer): { name: string; content: Buffer } {
  const text = body.toString('latin1');
  const boundary = text.slice(0, text.indexOf('\r\n'));
  const [, metadata = '', content = ''] = text
    .split(boundary)
    .map((part) => part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, ''));
  const { name } = JSON.parse(metadata) as { name: string };
  return { name, content: Buffer.from(content, 'latin1') };
}

function describe(name: string, { content, generation }: StoredObject): object {
  return {
    kind: 'storage#object',
    name,
    generation: String(generation),
    metageneration: '1',
    size: String(content.length),
  };
}

function json(status: number, value: object): BucketAnswer {
  return { status, content: JSON.stringify(value) };
}
