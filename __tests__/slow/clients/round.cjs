/* eslint-disable -- the client's types are not installed in this project */
const { CloudSchedulerClient } = require('@google-cloud/scheduler');
const { PassThroughClient } = require('google-auth-library');
const assert = require('node:assert');
const { hostname, port } = new URL(process.env.SANDBOX_URL);
const parent = `projects/${process.env.GCP_PROJECT_ID}/locations/${process.env.GCP_REGION}`;
const name = `${parent}/jobs/node`;
const client = new CloudSchedulerClient({
  fallback: true,
  protocol: 'http',
  apiEndpoint: hostname,
  port: Number(port),
  projectId: process.env.GCP_PROJECT_ID,
  authClient: new PassThroughClient(),
});
(async () => {
  const [job] = await client.createJob({
    parent,
    job: {
      name,
      schedule: '0 2 * * *',
      httpTarget: { uri: 'http://127.0.0.1:9/', httpMethod: 'PUT' },
    },
  });
  assert.equal(job.httpTarget.httpMethod, 'PUT');
  assert.equal((await client.getJob({ name }))[0].name, name);
  assert.deepEqual(
    (await client.listJobs({ parent }))[0].map((each) => each.name),
    [name],
  );
  const [changed] = await client.updateJob({
    job: { name, description: 'changed' },
    updateMask: { paths: ['description'] },
  });
  assert.equal(changed.description, 'changed');
  assert.equal((await client.pauseJob({ name }))[0].state, 'PAUSED');
  assert.equal((await client.resumeJob({ name }))[0].state, 'ENABLED');
  assert.equal((await client.runJob({ name }))[0].name, name);
  await client.deleteJob({ name });
  await assert.rejects(client.getJob({ name }));
  console.log('done');
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
