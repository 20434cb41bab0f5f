import { CloudSchedulerJob } from '@cdktf/provider-google/lib/cloud-scheduler-job';
import { ProjectService } from '@cdktf/provider-google/lib/project-service';
import { TerraformOutput, type TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import { HTTP_METHODS } from '../../constructs/core/http-methods';
import { ScheduledJob } from '../../constructs/scheduled-job';
import {
  configurationOf,
  emptyStack,
  jobWith,
  mistakesOf,
  PROPS,
  rendered,
} from '../support/scheduled-job';

describe('with only the required props', () => {
  it('renders every default, and omits props without one', () => {
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

  it('treats an undefined prop as omitted', () => {
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

describe('rendering', () => {
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
  ])('renders %s %j', (prop, value, expected) => {
    expect(rendered({ [prop]: value })).toEqual({ ...rendered(), ...expected });
  });

  it.each([
    ['retryCount', 5, { retry_count: 5 }],
    ['minBackoffSeconds', 0, { min_backoff_duration: '0s' }],
    ['maxBackoffSeconds', 5, { max_backoff_duration: '5s' }],
    ['maxDoublings', 1, { max_doublings: 1 }],
    ['maxRetryDurationSeconds', 90, { max_retry_duration: '90s' }],
  ])('renders %s %d with all five retry fields', (prop, value, expected) => {
    expect(rendered({ [prop]: value }).retry_config).toEqual({
      retry_count: 0,
      min_backoff_duration: '5s',
      max_backoff_duration: '3600s',
      max_doublings: 5,
      max_retry_duration: '0s',
      ...expected,
    });
  });

  it('renders a backoff of zero', () => {
    expect(rendered({ minBackoffSeconds: 0, maxBackoffSeconds: 0 }).retry_config).toMatchObject({
      min_backoff_duration: '0s',
      max_backoff_duration: '0s',
    });
  });

  it.each(HTTP_METHODS)('renders httpMethod %s', (httpMethod) => {
    expect(rendered({ httpMethod }).http_target).toMatchObject({ http_method: httpMethod });
  });

  it('renders headers unchanged', () => {
    const headers = { 'Content-Type': 'text/plain', 'x-trace': 'a=b; c', 'X-Googly': '1' };

    expect(rendered({ headers }).http_target).toMatchObject({ headers });
  });

  it.each(['POST', 'PUT', 'PATCH'])('encodes a body with %s', (httpMethod) => {
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
  ])('uses the origin of the uri %s as audience', (uri, audience) => {
    expect(rendered({ uri }).http_target).toMatchObject({ uri, oidc_token: { audience } });
  });

  it('renders a given audience', () => {
    expect(rendered({ audience: 'my-client-id' }).http_target).toMatchObject({
      oidc_token: { audience: 'my-client-id' },
    });
  });

  it('renders dependsOn as depends_on', () => {
    const dependsOn = (stack: TerraformStack): { dependsOn: ProjectService[] } => ({
      dependsOn: [new ProjectService(stack, 'api', { service: 'x.googleapis.com' })],
    });

    expect(rendered(dependsOn)).toMatchObject({ depends_on: ['google_project_service.api'] });
  });

  it('renders importId as an import block for its own address', () => {
    const importId = 'projects/my-project/locations/europe-west1/jobs/job';
    const stack = emptyStack();
    const job = jobWith({ importId }, stack);

    expect(job.node.validate()).toEqual([]);
    expect(configurationOf(stack).import).toEqual([
      { id: importId, to: 'google_cloud_scheduler_job.job' },
    ]);
  });
});

describe('tokens', () => {
  it.each(['schedule', 'timeZone', 'uri', 'serviceAccountEmail', 'audience', 'jobName'] as const)(
    'are accepted in %s, as the whole value or within a string',
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
    'are accepted in %s',
    (prop) => {
      const stack = emptyStack();
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
  ])('are accepted in %s as numbers', (prop, attribute, expected) => {
    const block = rendered((stack) => ({
      [prop]: new TerraformVariable(stack, 'n', { type: 'number' }).numberValue,
    }));

    expect({ ...block, ...(block.retry_config as object) }).toMatchObject({
      [attribute]: expected,
    });
  });

  it('let Terraform encode a body', () => {
    const block = rendered((stack) => {
      const variable = new TerraformVariable(stack, 'who', { type: 'string' });
      return { body: `Hello ${variable.stringValue}!` };
    });

    expect(block.http_target).toMatchObject({
      body: '${base64encode(join("", [base64decode("SGVsbG8g"), var.who, base64decode("IQ==")]))}',
    });
  });

  it('allow a body with a method that only Terraform knows', () => {
    const block = rendered((stack) => ({
      body: 'x',
      httpMethod: new TerraformVariable(stack, 'method', { type: 'string' }).stringValue,
    }));

    expect(block.http_target).toMatchObject({ body: 'eA==', http_method: '${var.method}' });
  });

  it('are accepted as one header or all headers', () => {
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

  it('require an audience when uri is a token', () => {
    const mistakes = mistakesOf((stack) => ({
      uri: `${new TerraformVariable(stack, 'url', { type: 'string' }).stringValue}/tasks/tidy/`,
    }));

    expect(mistakes).toEqual([
      'audience is required: it cannot be derived from uri, which only Terraform knows. Fix: ' +
        'set audience to what the service expects, for example the uri attribute of the Cloud Run service.',
    ]);
  });
});

describe('the construct', () => {
  it('has its id as its address, without a hash', () => {
    const stack = emptyStack();
    new ScheduledJob(stack, 'clear-sessions', { ...PROPS, jobName: 'other' });

    expect(Object.keys(configurationOf(stack).resource?.google_cloud_scheduler_job ?? {})).toEqual([
      'clear-sessions',
    ]);
  });

  it('exposes its name, full id and resource', () => {
    const stack = emptyStack();
    const job = jobWith({ jobName: 'other' }, stack);
    new TerraformOutput(stack, 'id', { value: job.id });

    expect(job.name).toBe('other');
    expect(configurationOf(stack).output).toEqual({
      id: { value: '${google_cloud_scheduler_job.job.id}' },
    });
    expect(job.resource).toBeInstanceOf(CloudSchedulerJob);
  });

  it('allows overrides on its resource', () => {
    const stack = emptyStack();
    jobWith({}, stack).resource.addOverride('http_target.uri', 'https://other.example.com/');

    expect(
      configurationOf(stack).resource?.google_cloud_scheduler_job?.job?.http_target,
    ).toMatchObject({ uri: 'https://other.example.com/', http_method: 'POST' });
  });
});
