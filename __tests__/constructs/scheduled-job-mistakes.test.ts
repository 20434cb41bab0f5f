import { TerraformVariable, Testing } from 'cdktf';
import { ScheduledJob } from '../../constructs/scheduled-job';
import { emptyStack, jobWith, mistakesOf, PROPS } from '../support/scheduled-job';

describe('schedule', () => {
  it('is checked by checkCron', () => {
    expect(mistakesOf({ schedule: '60 * * * *' })).toEqual([
      'Invalid schedule "60 * * * *": minute "60" must be 0-59. Fix: use 0-59.',
    ]);
  });

  it.each(['0 0 2 * * *', '@daily', '0 0 31 2 *', '*/0 * * * *', '30-10 * * * *', '0 0 L * *'])(
    'rejects %s',
    (schedule) => {
      expect(mistakesOf({ schedule })).toEqual([
        expect.stringMatching(/^Invalid schedule ".*": .+\. Fix: .+\.$/),
      ]);
    },
  );
});

it.each([
  ['schedule', 'write it like 0 2 * * *'],
  ['timeZone', 'write it like Australia/Sydney'],
  ['uri', 'write it like https://worker.example.com/path/'],
  ['serviceAccountEmail', 'write it like scheduler@my-project.iam.gserviceaccount.com'],
  ['jobName', 'omit it'],
])('rejects a %s that is not a string', (prop, fix) => {
  expect(mistakesOf({ [prop]: 7, audience: 'https://worker.example.com' })).toEqual([
    `Invalid ${prop} 7: must be a string. Fix: ${fix}.`,
  ]);
});

it('rejects missing required props', () => {
  const nothing = { schedule: undefined, timeZone: undefined, serviceAccountEmail: undefined };

  expect(mistakesOf(nothing)).toEqual([
    'schedule is required (string). Fix: set schedule, for example to 0 2 * * *.',
    'timeZone is required (string). Fix: set timeZone, for example to Australia/Sydney.',
    'serviceAccountEmail is required (string). ' +
      'Fix: set serviceAccountEmail, for example to scheduler@my-project.iam.gserviceaccount.com.',
  ]);
  expect(mistakesOf({ uri: undefined })).toContain(
    'uri is required (string). Fix: set uri, for example to https://worker.example.com/path/.',
  );
});

it.each([
  ['Australia/Sidney', 'is not a time zone', 'Australia/Sydney'],
  ['australia/sydney', 'is not a time zone', 'Australia/Sydney'],
  ['UTC+10', 'is an offset, not a time zone', 'Australia/Sydney'],
])('rejects timeZone %s', (timeZone, wrong, suggestion) => {
  expect(mistakesOf({ timeZone })).toEqual([
    `Invalid timeZone "${timeZone}": ${wrong}. ` +
      `Expected: a tz database name (Area/Location) or UTC. Fix: use a name such as ${suggestion}.`,
  ]);
});

describe('uri', () => {
  it.each([
    ['', 'is not a URL'],
    ['/tasks/tidy/', 'is not a URL'],
    ['worker.example.com/tasks/', 'is not a URL'],
    ['https://', 'is not a URL'],
    ['https://worker.example.com/a b', 'is not a URL'],
    ['ftp://worker.example.com/', 'must use https'],
    ['http://worker.example.com/', 'must use https'],
    ['http://localhost.example.com/', 'must use https'],
    ['http://127.0.0.1.example.com/', 'must use https'],
    ['http://0.0.0.0/', 'must use https'],
  ])('rejects %j', (uri, wrong) => {
    expect(mistakesOf({ uri })).toEqual([
      `Invalid uri "${uri}": ${wrong}. ` +
        'Expected: an https URL, or http on localhost, 127.0.0.1 or [::1]. ' +
        'Fix: write it like https://worker.example.com/path/.',
    ]);
  });

  it('rejects a fragment', () => {
    expect(mistakesOf({ uri: 'https://worker.example.com/#top' })).toEqual([
      'Invalid uri "https://worker.example.com/#top": must not have a fragment, which is never sent. ' +
        'Fix: remove # and the rest.',
    ]);
  });

  it('rejects 2084 characters, but not 2083', () => {
    const start = 'https://worker.example.com/';
    const of = (length: number): string => start.padEnd(length, 'x');

    expect(mistakesOf({ uri: of(2083) })).toEqual([]);
    expect(mistakesOf({ uri: of(2084) })).toEqual([
      `Invalid uri "${of(60)}…": must have at most 2083 characters. Fix: shorten it.`,
    ]);
  });

  it.each([
    ['https://user:hunter2@host.example/', '"https://…@host.example/"'],
    ['https://hunter2@host.example/', '"https://…@host.example/"'],
    ['https://user:p@hunter2@host.example/', '"https://…@host.example/"'],
    ['https:user:hunter2@host.example/', '"https:…@host.example/"'],
  ])('rejects credentials without printing them: %s', (uri, shown) => {
    expect(mistakesOf({ uri })).toEqual([
      `Invalid uri ${shown}: must not contain credentials, which would be logged. Fix: remove them.`,
    ]);
  });

  it.each([
    'https://user:pass/hunter2@host.example/',
    'https://user:hunter2@host.example /',
    'ftp://user:hunter2@host.example/',
    'https:\\\\user:hunter2@host.example/',
    '//user:hunter2@host.example/',
    'user:hunter2@host.example',
  ])('prints no credentials of an otherwise invalid uri: %s', (uri) => {
    const mistakes = mistakesOf({ uri, audience: uri });

    expect(mistakes).not.toEqual([]);
    expect(mistakes.join('\n')).not.toContain('hunter2');
  });
});

describe('serviceAccountEmail', () => {
  it.each([
    '',
    'scheduler',
    'someone@gmail.com',
    'scheduler@gserviceaccount.com',
    '@my-project.iam.gserviceaccount.com',
    'scheduler@my-project.iam.gserviceaccount.com.example.com',
    'serviceAccount:a b@my-project.iam.gserviceaccount.com',
  ])('rejects %j', (serviceAccountEmail) => {
    expect(mistakesOf({ serviceAccountEmail })).toEqual([
      `Invalid serviceAccountEmail "${serviceAccountEmail}": is not the email of a service account. ` +
        'Expected: NAME@PROJECT.iam.gserviceaccount.com. ' +
        'Fix: run `gcloud iam service-accounts list` and use an EMAIL.',
    ]);
  });

  it.each([
    '123-compute@developer.gserviceaccount.com',
    'my-project@appspot.gserviceaccount.com',
    'scheduler@my-project.example.com.iam.gserviceaccount.com',
  ])('accepts %s', (serviceAccountEmail) => {
    expect(mistakesOf({ serviceAccountEmail })).toEqual([]);
  });
});

it.each([
  ['', 'must not be empty'],
  ['two words', 'must not contain spaces'],
])('rejects audience %j', (audience, wrong) => {
  expect(mistakesOf({ audience })).toEqual([
    `Invalid audience "${audience}": ${wrong}. Fix: ` +
      'set audience to what the service expects, for example the uri attribute of the Cloud Run service.',
  ]);
});

describe('jobName', () => {
  const message = (shown: string): string =>
    `Invalid jobName ${shown}: must be 1-500 letters, digits, _ or -. ` +
    'Fix: use only A-Z, a-z, 0-9, _ and -.';

  it.each(['', 'a b', 'a.b', 'a/b', 'größe', 'a\n'])('rejects %j', (jobName) => {
    expect(mistakesOf({ jobName })).toEqual([message(JSON.stringify(jobName))]);
  });

  it('rejects 501 characters, but not 500', () => {
    expect(mistakesOf({ jobName: 'x'.repeat(500) })).toEqual([]);
    expect(mistakesOf({ jobName: 'x'.repeat(501) })).toEqual([message(`"${'x'.repeat(60)}…"`)]);
  });

  it('is also checked when it defaults to the construct’s id', () => {
    expect(new ScheduledJob(emptyStack(), 'a.b', PROPS).node.validate()).toEqual([
      message('"a.b"'),
    ]);
  });

  it('must be unique in its stack, but not across stacks', () => {
    const stack = emptyStack();
    const first = jobWith({ jobName: 'same' }, stack);
    const second = new ScheduledJob(stack, 'second', { ...PROPS, jobName: 'same' });
    const third = new ScheduledJob(stack, 'same', PROPS);
    const elsewhere = jobWith({ jobName: 'same' });
    const message =
      'Invalid jobName "same": must be unique in its stack, but stack/job has the same name. ' +
      'Fix: rename one of the two jobs.';

    expect(first.node.validate()).toEqual([]);
    expect(second.node.validate()).toEqual([message]);
    expect(third.node.validate()).toEqual([message]);
    expect(elsewhere.node.validate()).toEqual([]);
  });
});

it('rejects a description of 501 characters, but not of 500', () => {
  expect(mistakesOf({ description: 'x'.repeat(500) })).toEqual([]);
  expect(mistakesOf({ description: 'x'.repeat(501) })).toEqual([
    `Invalid description "${'x'.repeat(60)}…": must have at most 500 characters, has 501. ` +
      'Fix: shorten it.',
  ]);
});

it('counts the characters of a description, not their UTF-16 units', () => {
  expect(mistakesOf({ description: '😀'.repeat(500) })).toEqual([]);
  expect(mistakesOf({ description: '😀'.repeat(501) })).toEqual([
    expect.stringContaining('must have at most 500 characters, has 501. Fix: shorten it.'),
  ]);
});

it.each(['post', 'TRACE', ''])('rejects httpMethod %j', (httpMethod) => {
  expect(mistakesOf({ httpMethod })).toEqual([
    `Invalid httpMethod "${httpMethod}": ` +
      'must be one of POST, GET, HEAD, PUT, DELETE, PATCH, OPTIONS. ' +
      'Fix: use one of these, or omit it to use POST.',
  ]);
});

describe('headers', () => {
  it.each([
    'Authorization',
    'authorization',
    'AUTHORIZATION',
    'Content-Length',
    'content-length',
    'Host',
    'hOST',
    'User-Agent',
    'X-Google-Apps-Metadata',
    'x-google-anything',
    'X-AppEngine-QueueName',
    'x-appengine-country',
    'X-CloudScheduler',
    'x-cloudscheduler-jobname',
  ])('rejects %s, which the API sets, without printing its value', (name) => {
    expect(mistakesOf({ headers: { Accept: 'hunter1', [name]: 'hunter2' } })).toEqual([
      `Invalid header "${name}": Cloud Scheduler sets this header itself. Fix: remove it.`,
    ]);
  });

  it.each(['', 'X Key', 'X-Key:', 'X-Kéy', 'X-Key\r\nHost'])('rejects the name %j', (name) => {
    expect(mistakesOf({ headers: { [name]: 'hunter2' } })).toEqual([
      `Invalid header ${JSON.stringify(name)}: is not a valid header name. ` +
        'Fix: correct the name, or remove the header.',
    ]);
  });

  it.each(['X-Authorization', 'X-Host', 'X-Googly', 'Hosts', 'Proxy-Authorization'])(
    'accepts %s',
    (name) => {
      expect(mistakesOf({ headers: { [name]: 'x' } })).toEqual([]);
    },
  );

  it.each(['X-Content-Length', 'My-X-Google-Key', 'my-x-google-key', 'X-X-AppEngine-Y', '%key'])(
    'rejects %s, which the provider drops',
    (name) => {
      expect(mistakesOf({ headers: { [name]: 'hunter2' } })).toEqual([
        `Invalid header "${name}": must not contain Content-Length, X-Google- or X-AppEngine-, ` +
          'nor start with %. Fix: rename it; the google provider drops headers with these names.',
      ]);
    },
  );

  it.each(['Content-Type', 'content-type'])(
    'rejects %s: application/octet-stream, which the provider drops',
    (name) => {
      expect(mistakesOf({ headers: { [name]: 'application/octet-stream' }, body: 'x' })).toEqual([
        `Invalid header "${name}": must not be application/octet-stream, which the google ` +
          'provider drops when it reads the job, so that every plan would set it again. Fix: ' +
          'remove it; a body without this header is sent as application/octet-stream anyway.',
      ]);
      expect(mistakesOf({ headers: { [name]: 'application/json' }, body: '{}' })).toEqual([]);
    },
  );

  it.each(['a\r\nHost: b', 'a\nb', '\u0000', '\u007F'])('rejects the value %j', (value) => {
    expect(mistakesOf({ headers: { 'X-Key': value } })).toEqual([
      'Invalid header "X-Key": value must not contain line breaks or control characters. ' +
        'Fix: remove them.',
    ]);
  });

  it('rejects names that differ only in case', () => {
    expect(mistakesOf({ headers: { 'X-Key': 'a', Accept: 'b', 'x-key': 'c' } })).toEqual([
      'Invalid header "x-key": is the same header as X-Key. Fix: remove one of the two.',
    ]);
  });

  it('rejects 80 KB in total, but not one byte less', () => {
    const of = (bytes: number): string[] =>
      mistakesOf({ headers: { 'X-A': 'ä'.repeat(20_000), 'X-B': 'x'.repeat(bytes - 40_006) } });

    expect(of(79_999)).toEqual([]);
    expect(of(80_000)).toEqual([
      'Invalid size of headers 80000: must be less than 80000 bytes. Fix: shorten headers.',
    ]);
  });

  it('accepts values that only Terraform knows', () => {
    expect(
      mistakesOf((stack) => ({
        headers: { 'Content-Type': new TerraformVariable(stack, 'type', {}).stringValue },
      })),
    ).toEqual([]);
  });

  it('prints no values in other mistakes of the job', () => {
    const mistakes = mistakesOf({
      schedule: '',
      timeZone: '',
      uri: '',
      serviceAccountEmail: '',
      jobName: '',
      httpMethod: 'GET',
      body: 'hunter3',
      headers: { 'X-Key': 'hunter1', Authorization: 'Bearer hunter2' },
    });

    expect(mistakes).toHaveLength(7);
    expect(mistakes.join('\n')).not.toMatch(/hunter/);
  });
});

describe('body', () => {
  it('must not be empty', () => {
    expect(mistakesOf({ body: '' })).toEqual([
      'Invalid body "": must not be empty. Fix: omit body.',
    ]);
  });

  it('is rejected with more than a megabyte, without being printed', () => {
    expect(mistakesOf({ body: 'ä'.repeat(500_000) })).toEqual([]);
    expect(mistakesOf({ body: `${'ä'.repeat(500_000)}x` })).toEqual([
      'Invalid size of body 1000001: must be at most 1000000 bytes. Fix: shorten body.',
    ]);
  });

  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('is rejected with %s', (httpMethod) => {
    expect(mistakesOf({ body: 'x', httpMethod })).toEqual([
      `Invalid httpMethod "${httpMethod}": must be one of POST, PUT, PATCH when body is set. ` +
        'Fix: use POST, or omit body.',
    ]);
  });
});

describe('numbers', () => {
  const PROPS_FROM_ZERO = ['minBackoffSeconds', 'maxBackoffSeconds', 'maxRetryDurationSeconds'];
  const message = (prop: string, shown: unknown, rule: string, range: string): string =>
    `Invalid ${prop} ${String(shown)}: must be ${rule}. Fix: use ${range}, or omit it to use the default.`;

  it.each([
    ['attemptDeadlineSeconds', 0, '15-1800'],
    ['attemptDeadlineSeconds', 14, '15-1800'],
    ['attemptDeadlineSeconds', 1801, '15-1800'],
    ['attemptDeadlineSeconds', -600, '15-1800'],
    ['retryCount', -1, '0-5'],
    ['retryCount', 6, '0-5'],
    ['maxDoublings', -1, '1 or more'],
    ['maxDoublings', 0, '1 or more'],
    ['minBackoffSeconds', -1, '0 or more'],
    ['maxRetryDurationSeconds', -1, '0 or more'],
  ])('rejects %s %d', (prop, value, range) => {
    expect(mistakesOf({ [prop]: value })).toEqual([message(prop, value, range, range)]);
  });

  const nonIntegers = [NaN, Infinity, -Infinity, 0.5, 20.5, 2 ** 53, '20', true];
  const ranges = {
    attemptDeadlineSeconds: '15-1800',
    retryCount: '0-5',
    maxDoublings: '1 or more',
    ...Object.fromEntries(PROPS_FROM_ZERO.map((prop) => [prop, '0 or more'])),
  };
  it.each(
    Object.entries(ranges).flatMap(([prop, range]) =>
      nonIntegers.map((value) => [prop, value, range] as const),
    ),
  )('rejects %s %p', (prop, value, range) => {
    const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);

    expect(mistakesOf({ [prop]: value })).toContain(
      message(prop, shown, `an integer, ${range}`, range),
    );
  });

  it('rejects maxBackoffSeconds -1', () => {
    expect(mistakesOf({ maxBackoffSeconds: -1, minBackoffSeconds: 0 })).toContain(
      message('maxBackoffSeconds', -1, '0 or more', '0 or more'),
    );
  });

  it.each([
    [60, 59],
    [1, 0],
  ])('rejects minBackoffSeconds %d with maxBackoffSeconds %d', (min, max) => {
    expect(mistakesOf({ minBackoffSeconds: min, maxBackoffSeconds: max })).toEqual([
      `Invalid minBackoffSeconds ${min}: must not be greater than maxBackoffSeconds (${max}). ` +
        'Fix: lower minBackoffSeconds or raise maxBackoffSeconds.',
    ]);
  });

  it('compares the backoff with the default of the other prop', () => {
    expect(mistakesOf({ minBackoffSeconds: 3601 })).toEqual([
      'Invalid minBackoffSeconds 3601: must not be greater than maxBackoffSeconds (3600). ' +
        'Fix: lower minBackoffSeconds or raise maxBackoffSeconds.',
    ]);
    expect(mistakesOf({ maxBackoffSeconds: 4 })).toEqual([
      'Invalid minBackoffSeconds 5: must not be greater than maxBackoffSeconds (4). ' +
        'Fix: lower minBackoffSeconds or raise maxBackoffSeconds.',
    ]);
  });
});

it.each(['Australia-Southeast1', 'sydney', 'australia-southeast1-a', ''])(
  'rejects region %j',
  (region) => {
    expect(mistakesOf({ region })).toEqual([
      `Invalid region "${region}": is not a region. Expected: a name such as australia-southeast1. ` +
        'Fix: run `gcloud scheduler locations list` and use one of them.',
    ]);
  },
);

it.each(['My-Project', 'short', '1project', 'project-', 'x'.repeat(31), 'example:my-project', ''])(
  'rejects project %j',
  (project) => {
    expect(mistakesOf({ project })).toEqual([
      `Invalid project "${project}": is not a project id. ` +
        'Expected: 6-30 lower-case letters, digits or hyphens, starting with a letter; ' +
        'or domain-scoped, example.com:my-project. ' +
        'Fix: run `gcloud projects list` and use a PROJECT_ID.',
    ]);
  },
);

describe('importId', () => {
  it.each(['', 'job', 'projects/p/locations/r/jobs/', 'projects/p/jobs/job', '//x/job'])(
    'rejects %j',
    (importId) => {
      expect(mistakesOf({ importId })).toEqual([
        `Invalid importId "${importId}": is not the full id of a job. ` +
          'Expected: projects/PROJECT/locations/REGION/jobs/NAME. ' +
          'Fix: use the name that `gcloud scheduler jobs describe` prints.',
      ]);
    },
  );

  it('rejects the id of another job', () => {
    expect(mistakesOf({ importId: 'projects/p/locations/r/jobs/not-job' })).toEqual([
      'Invalid importId "projects/p/locations/r/jobs/not-job": ' +
        'must have the jobName job, or the imported job would be replaced. ' +
        'Fix: set jobName to the one in the id, or correct the id.',
    ]);
  });

  it('rejects the id of a job in another region or project', () => {
    const props = { region: 'europe-west1', project: 'my-project' };
    const importId = 'projects/my-other/locations/us-central1/jobs/job';
    const message = (prop: 'region' | 'project'): string =>
      `Invalid importId "${importId}": ` +
      `must have the ${prop} ${props[prop]}, or the imported job would be replaced. ` +
      `Fix: set ${prop} to the one in the id, or correct the id.`;

    expect(mistakesOf({ ...props, importId })).toEqual([message('region'), message('project')]);
    expect(mistakesOf({ importId })).toEqual([]);
    expect(
      mistakesOf({ ...props, importId: 'projects/my-project/locations/europe-west1/jobs/job' }),
    ).toEqual([]);
  });
});

describe('CDKTF’s own validation', () => {
  it('reports all mistakes of all jobs of a stack in one error, with their paths', () => {
    const stack = emptyStack();
    jobWith({ schedule: '@daily', timeZone: 'EST', retryCount: 9 }, stack);
    new ScheduledJob(stack, 'other', { ...PROPS, description: 'x'.repeat(501) });

    const [schedule, timeZone, retryCount, description] = [
      /\[stack\/job\] Invalid schedule "@daily": /,
      /\[stack\/job\] Invalid timeZone "EST": /,
      /\[stack\/job\] Invalid retryCount 9: /,
      /\[stack\/other\] Invalid description "x+…": /,
    ];
    const synth = (): string => Testing.fullSynth(stack);
    expect(synth).toThrow(schedule);
    expect(synth).toThrow(timeZone);
    expect(synth).toThrow(retryCount);
    expect(synth).toThrow(description);
  });

  it('throws nothing before synth, whatever the props', () => {
    const stack = emptyStack();
    const props = Object.fromEntries(Object.keys(PROPS).map((prop) => [prop, null]));

    expect(() => jobWith(props, stack)).not.toThrow();
    expect(() => Testing.fullSynth(stack)).toThrow(/Invalid schedule null: must be a string/);
  });

  it('synthesizes a stack without mistakes', () => {
    expect(() => Testing.fullSynth(stackWithJob())).not.toThrow();
  });
});

function stackWithJob(): ReturnType<typeof emptyStack> {
  const stack = emptyStack();
  jobWith({}, stack);
  return stack;
}
