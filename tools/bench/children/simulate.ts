import { runProcess } from '../../../lib/run-process';
import { startLocalCloud } from '../../../stages/local-cloud';

const STAGE = 'dev';
const DAY = 86_400;

/**
 * Sets a stage up in a sandbox, with its alerts, and advances the clock: every attempt is a request over HTTP
 * with a signed token. Prints what that cost this process, as JSON.
 *
 *   simulate.ts DAYS
 */
async function main([days = '30']: readonly string[]): Promise<void> {
  const sandbox = await startLocalCloud();
  const { url, env } = sandbox;
  try {
    const setup = ['lib/launch/main.js', 'ops/start.ts', 'setup', STAGE];
    const { status, stderr } = await runProcess('node', setup, { env });
    if (status !== 0) throw new Error(stderr);
    const before = process.cpuUsage();
    const start = performance.now();
    let attempts = 0;
    for (let day = 0; day < Number(days); day += 1) {
      const answer = await call('/_sandbox/advance', { seconds: DAY });
      attempts += (answer as { attempts: number }).attempts;
    }
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    const rss = process.memoryUsage().rss / 2 ** 20;
    const maxRss = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ days, attempts, seconds, cpu: (user + system) / 1e6, rss, maxRss, entries: (sandbox.world.log as unknown as {length:number}).length }));
  } finally {
    await sandbox.close();
  }

  async function call(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer any' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }
}

void main(process.argv.slice(2));
