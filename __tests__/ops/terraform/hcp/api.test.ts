import { hcpApi } from '../../../../ops/terraform/hcp/api';
import { startStandIn, TOKEN, WHOLE } from './stand-in';
import { variables, withStandIn } from './support';

const DOCUMENT = 'plans/plan-run-abc123/json-output';

it('retries after 429, 5xx and a broken connection', async () => {
  const first = [{ status: 429, retryAfter: '0' }, { status: 503 }, 'reset'] as const;
  await withStandIn({ first }, async ({ api, hcp }) => {
    expect((await api.get('runs/run-abc123')).kind).toBe('json');
    expect(hcp.asked).toEqual(Array(4).fill('GET runs/run-abc123'));
  });
});

it('waits as long as Retry-After says', async () => {
  await withStandIn({ first: [{ status: 429, retryAfter: '1' }] }, async ({ api }) => {
    const start = Date.now();
    await api.get('runs/run-abc123');
    // Node's timers may be a millisecond early.
    expect(Date.now() - start).toBeGreaterThanOrEqual(990);
  });
});

it('gives up after ten attempts', async () => {
  const first = Array(20).fill({ status: 502 }) as { status: number }[];
  await withStandIn({ first }, async ({ api, hcp }) => {
    await expect(api.get('runs/run-abc123')).rejects.toThrow(`${hcp.host} returned 502`);
    expect(hcp.asked).toHaveLength(10);
  });
});

it('follows redirects without sending them the token', async () => {
  await withStandIn({ whole: WHOLE }, async ({ api, hcp }) => {
    expect(await api.get(DOCUMENT)).toEqual({ kind: 'json', value: JSON.parse(WHOLE) as unknown });
    expect(hcp.asked.at(-1)).toBe('archive json-output, token: none');
  });
});

it('distinguishes missing, empty and conflicting responses', async () => {
  await withStandIn({ whole: '', runStatus: 'applied' }, async ({ api }) => {
    expect(await api.get('runs/run-other')).toEqual({ kind: 'missing' });
    expect(await api.get(DOCUMENT)).toEqual({ kind: 'empty' });
    expect(await api.post('runs/run-abc123/actions/discard')).toEqual({ kind: 'conflict' });
  });
});

it('says what to do if the token is rejected, without showing it', async () => {
  const hcp = await startStandIn();
  const { [`TF_TOKEN_${hcp.host}`]: _, ...env } = variables(hcp);
  const token = { [`TF_TOKEN_${hcp.host}`]: `wrong-${TOKEN}` };
  const refused = hcpApi({ env: { ...env, ...token } }, hcp.host).get('runs/run-abc123');
  const { message } = (await refused.catch((error: unknown) => error)) as Error;
  await hcp.close();
  expect(message).toContain(`${hcp.host} rejects the token.`);
  expect(message).toContain(
    `terraform login ${hcp.host}, or add to ~/.terraformrc: credentials "${hcp.host}"`,
  );
  expect(message).not.toContain(TOKEN);
});

it('says how to trust the certificate of a private authority', async () => {
  const untrusting = { SSL_CERT_FILE: '' };
  await withStandIn(
    {},
    async ({ api }) => {
      await expect(api.get('runs/run-abc123')).rejects.toThrow(
        /not trusted: .*[^]*NODE_EXTRA_CA_CERTS/,
      );
    },
    untrusting,
  );
});

it('stops on Ctrl-C', async () => {
  const first = Array(20).fill({ status: 429, retryAfter: '60' }) as { status: number }[];
  await withStandIn({ first }, async ({ api }) => {
    const interruption = new AbortController();
    const asked = api.get('runs/run-abc123', interruption.signal);
    setTimeout(() => {
      interruption.abort();
    }, 50);
    await expect(asked).rejects.toThrow('Interrupted');
  });
});
