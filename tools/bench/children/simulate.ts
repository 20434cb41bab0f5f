import fastify from 'fastify';
import http from 'node:http';
import { runProcess } from '../../../lib/run-process';
import { startLocalCloud } from '../../../stages/local-cloud';

const STAGE = 'dev';
const DAY = 86_400;
/** The log's size when `entries:list` is measured. */
const ENTRIES = 22_000;
const CALLS = 200;

/**
 * Sets a stage up in a sandbox, with its alerts, and advances the clock day by day: every attempt is a request
 * over HTTP with a signed token. Prints as JSON what an attempt and a call of `entries:list` cost, next to calls
 * of an empty route, all in seconds of CPU time, which other processes change little, and the largest resident memory in MB.
 *
 *   simulate.ts DAYS
 */
async function main([days = '90']: readonly string[]): Promise<void> {
  const empty = fastify();
  empty.post('/', () => ({}));
  const baseline = await empty.listen({ host: '127.0.0.1', port: 0 });
  const sandbox = await startLocalCloud();
  const { url, env, world, projectId } = sandbox;
  try {
    const setup = ['lib/launch/main.js', 'ops/start.ts', 'setup', STAGE];
    const { status, stderr } = await runProcess('node', setup, { env });
    if (status !== 0) throw new Error(stderr);
    const [job = ''] = [...world.jobs.keys()].map((name) => name.split('/').at(-1));
    const call = { attempt: 0, list: 0, empty: 0 };
    let [attempts, empties] = [0, 0];
    for (let n = 0; n < Number(days); n += 1) {
      const day = await timed(`${url}/_sandbox/advance`, { seconds: DAY });
      call.attempt += day.seconds;
      attempts += (day.answer as { attempts: number }).attempts;
      // In between, so that a slow minute slows both.
      for (let i = 0; i < CALLS; i += 1) call.empty += (await timed(baseline, {})).seconds;
      empties += CALLS;
      if (call.list > 0 || world.log.length < ENTRIES) continue;
      const list = {
        resourceNames: [`projects/${projectId}`],
        filter: `resource.type="cloud_scheduler_job" AND resource.labels.job_id="${job}" AND severity>=ERROR`,
        orderBy: 'timestamp desc',
        pageSize: 1,
      };
      for (let i = 0; i < CALLS; i += 1) {
        call.list += (await timed(`${url}/v2/entries:list`, list)).seconds / CALLS;
      }
    }
    call.attempt /= attempts;
    call.empty /= empties;
    const megabytes = process.resourceUsage().maxRSS / 1000;
    console.log(JSON.stringify({ attempts, ...call, megabytes }));
  } finally {
    await sandbox.close();
    await empty.close();
  }
}

async function timed(url: string, body: object): Promise<{ seconds: number; answer: unknown }> {
  const start = process.cpuUsage();
  const answer = await post(url, JSON.stringify(body));
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, answer: JSON.parse(answer) as unknown };
}

/** On a new connection, as jobs call a user's own server. */
function post(url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer any' };
    const request = http.request(url, { method: 'POST', headers, agent: false });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(text));
      });
    });
    request.end(body);
  });
}

void main(process.argv.slice(2));
