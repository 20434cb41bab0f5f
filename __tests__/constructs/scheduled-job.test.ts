import { CloudSchedulerJob } from '@cdktf/provider-google/lib/cloud-scheduler-job';
import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { TerraformOutput, type TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { HTTP_METHODS } from '../../constructs/core/http-methods';
import { ScheduledJob } from '../../constructs/scheduled-job';
import {
  configurationOf,
  foreignStack,
  jobWith,
  mistakesOf,
  PROPS,
  rendered,
} from '../support/scheduled-job';

describe('with the required props alone', () => {
  it('renders every default, and leaves out what has none', () => {
    expect(rendered()).toEqual({
      name: 'job',
      schedule: '30 9 * * *',
      time_zone: 'Australia/Sydney',
      attempt_deadline: '600s',
      retry_config: {
        retry_count: 0,
        min_backoff_duration: '5s',
        max_backoff_duration: '3600s',
        max_doublings: 5,
        max_retry_duration: '0s',
      },
      http_target: {
        uri: 'https://worker.example.com/tasks/tidy/?all=1',
        http_method: 'POST',
        oidc_token: {
          service_account_email: 'scheduler@my-project.iam.gserviceaccount.com',
          audience: 'https://worker.example.com',
        },
      },
      lifecycle: { ignore_changes: ['http_target[0].headers["Authorization"]'] },
    });
  });

  it('undefined is the same as left out', () => {
    const optional = {
      audience: undefined,
      jobName: undefined,
      description: undefined,
      httpMethod: undefined,
      headers: undefined,
      body: undefined,
      attemptDeadlineSeconds: undefined,
      retryCount: undefined,
      minBackoffSeconds: undefined,
      maxBackoffSeconds: undefined,
      maxDoublings: undefined,
      maxRetryDurationSeconds: undefined,
      paused: undefined,
      region: undefined,
      project: undefined,
      importId: undefined,
      dependsOn: undefined,
    };

    expect(rendered(optional)).toEqual(rendered());
  });
});

describe('renders', () => {
  it.each([
    ['schedule', '0 9 * JAN-JUN MON-FRI', { schedule: '0 9 * JAN-JUN MON-FRI' }],
    ['timeZone', 'Asia/Kolkata', { time_zone: 'Asia/Kolkata' }],
    ['jobName', 'Other_name-2', { name: 'Other_name-2' }],
    ['description', 'What it does', { description: 'What it does' }],
    ['attemptDeadlineSeconds', 15, { attempt_deadline: '15s' }],
    ['attemptDeadlineSeconds', 1800, { attempt_deadline: '1800s' }],
    ['paused', true, { paused: true }],
    ['paused', false, { paused: false }],
    ['region', 'europe-west12', { region: 'europe-west12' }],
    ['project', 'example.com:my-project', { project: 'example.com:my-project' }],
  ])('%s %j', (prop, value, expected) => {
    expect(rendered({ [prop]: value })).toEqual({ ...rendered(), ...expected });
  });

  it.each([
    ['retryCount', 5, { retry_count: 5 }],
    ['minBackoffSeconds', 0, { min_backoff_duration: '0s' }],
    ['maxBackoffSeconds', 5, { max_backoff_duration: '5s' }],
    ['maxDoublings', 0, { max_doublings: 0 }],
    ['maxRetryDurationSeconds', 90, { max_retry_duration: '90s' }],
  ])('%s %d among all five retry fields', (prop, value, expected) => {
    expect(rendered({ [prop]: value }).retry_config).toEqual({
      retry_count: 0,
      min_backoff_duration: '5s',
      max_backoff_duration: '3600s',
      max_doublings: 5,
      max_retry_duration: '0s',
      ...expected,
    });
  });

  it('a backoff of zero to zero', () => {
    expect(rendered({ minBackoffSeconds: 0, maxBackoffSeconds: 0 }).retry_config).toMatchObject({
      min_backoff_duration: '0s',
      max_backoff_duration: '0s',
    });
  });

  it.each(HTTP_METHODS)('httpMethod %s', (httpMethod) => {
    expect(rendered({ httpMethod }).http_target).toMatchObject({ http_method: httpMethod });
  });

  it('headers as they are', () => {
    const headers = { 'Content-Type': 'text/plain', 'x-trace': 'a=b; c', 'X-Googly': '1' };

    expect(rendered({ headers }).http_target).toMatchObject({ headers });
  });

  it.each(['POST', 'PUT', 'PATCH'])('a body with %s, encoded', (httpMethod) => {
    const body = '{"grüße": "${not a token}"}';
    const { body: encoded } = rendered({ body, httpMethod }).http_target as { body: string };

    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe(body);
  });

  it.each([
    ['https://Worker.Example.com:443/a/b?c=d', 'https://worker.example.com'],
    ['https://worker.example.com:8443/', 'https://worker.example.com:8443'],
    ['HTTPS://worker.example.com/', 'https://worker.example.com'],
    ['http://localhost:8080/x', 'http://localhost:8080'],
    ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080/x', 'http://[::1]:8080'],
  ])('for the uri %s its origin as audience', (uri, audience) => {
    expect(rendered({ uri }).http_target).toMatchObject({ uri, oidc_token: { audience } });
  });

  it('an audience of one’s own', () => {
    expect(rendered({ audience: 'my-client-id' }).http_target).toMatchObject({
      oidc_token: { audience: 'my-client-id' },
    });
  });

  it('dependsOn as depends_on', () => {
    const dependsOn = (stack: TerraformStack): { dependsOn: ProjectService[] } => ({
      dependsOn: [new ProjectService(stack, 'api', { service: 'x.googleapis.com' })],
    });

    expect(rendered(dependsOn)).toMatchObject({ depends_on: ['google_project_service.api'] });
  });

  it('importId as an import block to its own address', () => {
    const importId = 'projects/my-project/locations/europe-west1/jobs/job';
    const stack = foreignStack();
    const job = jobWith({ importId }, stack);

    expect(job.node.validate()).toEqual([]);
    expect(configurationOf(stack).import).toEqual([
      { id: importId, to: 'google_cloud_scheduler_job.job' },
    ]);
  });
});

describe('tokens', () => {
  it.each(['schedule', 'timeZone', 'uri', 'serviceAccountEmail', 'audience', 'jobName'] as const)(
    'pass in %s, whole and within a text',
    (prop) => {
      const variable = (stack: TerraformStack): string =>
        new TerraformVariable(stack, 'given', { type: 'string' }).stringValue;
      const audience = 'https://worker.example.com';

      const whole = rendered((stack) => ({ audience, [prop]: variable(stack) }));
      const within = rendered((stack) => ({ audience, [prop]: `% ${variable(stack)} %` }));

      expect(JSON.stringify(whole)).toContain('"${var.given}"');
      expect(JSON.stringify(within)).toContain('"% ${var.given} %"');
    },
  );

  it.each(['description', 'httpMethod', 'region', 'project', 'importId'] as const)(
    'pass in %s',
    (prop) => {
      const stack = foreignStack();
      const value = new TerraformVariable(stack, 'given', { type: 'string' }).stringValue;

      expect(jobWith({ [prop]: value }, stack).node.validate()).toEqual([]);
      expect(Testing.synth(stack)).toContain('"${var.given}"');
    },
  );

  it.each([
    ['attemptDeadlineSeconds', 'attempt_deadline', '${var.n}s'],
    ['retryCount', 'retry_count', '${var.n}'],
    ['minBackoffSeconds', 'min_backoff_duration', '${var.n}s'],
    ['maxBackoffSeconds', 'max_backoff_duration', '${var.n}s'],
    ['maxDoublings', 'max_doublings', '${var.n}'],
    ['maxRetryDurationSeconds', 'max_retry_duration', '${var.n}s'],
  ])('pass in %s, as a number', (prop, attribute, expected) => {
    const block = rendered((stack) => ({
      [prop]: new TerraformVariable(stack, 'n', { type: 'number' }).numberValue,
    }));

    expect({ ...block, ...(block.retry_config as object) }).toMatchObject({
      [attribute]: expected,
    });
  });

  it('a body is encoded by Terraform', () => {
    const block = rendered((stack) => {
      const variable = new TerraformVariable(stack, 'who', { type: 'string' });
      return { body: `Hello ${variable.stringValue}!` };
    });

    expect(block.http_target).toMatchObject({ body: '${base64encode("Hello ${var.who}!")}' });
  });

  it('a body passes with a method that Terraform knows alone', () => {
    const block = rendered((stack) => ({
      body: 'x',
      httpMethod: new TerraformVariable(stack, 'method', { type: 'string' }).stringValue,
    }));

    expect(block.http_target).toMatchObject({ body: 'eA==', http_method: '${var.method}' });
  });

  it('headers pass, one value or all of them', () => {
    const one = rendered((stack) => ({
      headers: { 'X-Key': new TerraformVariable(stack, 'key', { type: 'string' }).stringValue },
    }));
    const all = rendered((stack) => ({
      headers: Token.asStringMap(
        new TerraformVariable(stack, 'all', { type: 'map(string)' }).value,
      ),
    }));

    expect(one.http_target).toMatchObject({ headers: { 'X-Key': '${var.key}' } });
    expect(all.http_target).toMatchObject({ headers: '${var.all}' });
  });

  it('a uri that is one needs an audience', () => {
    const mistakes = mistakesOf((stack) => ({
      uri: `${new TerraformVariable(stack, 'url', { type: 'string' }).stringValue}/tasks/tidy/`,
    }));

    expect(mistakes).toEqual([
      'Invalid audience "": it cannot be derived, since uri is known to Terraform alone. ' +
        'Expected: what the service behind uri expects, as a rule its origin. ' +
        'Fix: set audience, for example to the uri attribute of the Cloud Run service.',
    ]);
  });
});

describe('the construct', () => {
  it('is addressed by its id, without a hash', () => {
    const stack = foreignStack();
    new ScheduledJob(stack, 'clear-sessions', { ...PROPS, jobName: 'other' });

    expect(Object.keys(configurationOf(stack).resource?.google_cloud_scheduler_job ?? {})).toEqual([
      'clear-sessions',
    ]);
  });

  it('has its name, its full id and its resource', () => {
    const stack = foreignStack();
    const job = jobWith({ jobName: 'other' }, stack);
    new TerraformOutput(stack, 'id', { value: job.id });

    expect(job.name).toBe('other');
    expect(configurationOf(stack).output).toEqual({
      id: { value: '${google_cloud_scheduler_job.job.id}' },
    });
    expect(job.resource).toBeInstanceOf(CloudSchedulerJob);
  });

  it('takes overrides on its resource', () => {
    const stack = foreignStack();
    jobWith({}, stack).resource.addOverride('http_target.uri', 'https://other.example.com/');

    expect(
      configurationOf(stack).resource?.google_cloud_scheduler_job?.job?.http_target,
    ).toMatchObject({ uri: 'https://other.example.com/', http_method: 'POST' });
  });
});
