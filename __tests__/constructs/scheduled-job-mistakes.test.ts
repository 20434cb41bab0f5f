import { Testing } from 'cdktf';
import { ScheduledJob } from '../../constructs/scheduled-job';
import { foreignStack, jobWith, mistakesOf, PROPS } from '../support/scheduled-job';

/** The parts of a message after the value, as they are for one subject. */
const rest = (wrong: string, allowed: string, fix: string): string =>
  `${wrong}. Expected: ${allowed}. Fix: ${fix}.`;

describe('schedule', () => {
  it('with the findings of checkCron', () => {
    expect(mistakesOf({ schedule: '60 * * * *' })).toEqual([
      'Invalid schedule "60 * * * *": minute "60" is out of range. Expected: 0-59. Fix: ' +
        'write only *, numbers, ranges such as 1-5, steps such as */10 or 1-31/2, and lists of these.',
    ]);
  });

  it.each(['0 0 2 * * *', '@daily', '0 0 31 2 *', '*/0 * * * *', '30-10 * * * *', '0 0 L * *'])(
    'refuses %s',
    (schedule) => {
      expect(mistakesOf({ schedule })).toEqual([
        expect.stringMatching(/^Invalid schedule ".*": .+\. Expected: .+\. Fix: .+\.$/),
      ]);
    },
  );
});

it.each(['schedule', 'timeZone', 'uri', 'serviceAccountEmail', 'jobName'] as const)(
  '%s that is no text',
  (prop) => {
    expect(mistakesOf({ [prop]: 7, audience: 'https://worker.example.com' })).toEqual([
      `Invalid ${prop} 7: it is not a text. Expected: a text. Fix: set ${prop}.`,
    ]);
  },
);

it('required props that are not set', () => {
  const nothing = { schedule: undefined, timeZone: undefined, serviceAccountEmail: undefined };

  expect(mistakesOf(nothing)).toEqual([
    'schedule: it is not a text. Expected: a text. Fix: set schedule.',
    'timeZone: it is not a text. Expected: a text. Fix: set timeZone.',
    'serviceAccountEmail: it is not a text. Expected: a text. Fix: set serviceAccountEmail.',
  ]);
  expect(mistakesOf({ uri: undefined })).toContain(
    'uri: it is not a text. Expected: a text. Fix: set uri.',
  );
});

it.each([
  ['Australia/Sidney', 'it is not the name of a time zone', 'Australia/Sydney'],
  ['australia/sydney', 'it is not the name of a time zone', 'Australia/Sydney'],
  ['UTC+10', 'an offset is not a time zone', 'Australia/Sydney'],
])('timeZone %s', (timeZone, wrong, suggestion) => {
  expect(mistakesOf({ timeZone })).toEqual([
    `Invalid timeZone "${timeZone}": ` +
      rest(
        wrong,
        'Area/Location names of the tz database, or UTC',
        `name the zone, for example ${suggestion}`,
      ),
  ]);
});

describe('uri', () => {
  const message = (shown: string, wrong: string): string =>
    `Invalid uri ${shown}: ` +
    rest(
      wrong,
      'https URLs, and http on localhost, 127.0.0.1 or [::1], without user, password or #',
      'write it like https://worker.example.com/path/',
    );

  it.each([
    ['', 'it is not a URL'],
    ['/tasks/tidy/', 'it is not a URL'],
    ['worker.example.com/tasks/', 'it is not a URL'],
    ['https://', 'it is not a URL'],
    ['https://worker.example.com/a b', 'it is not a URL'],
    ['ftp://worker.example.com/', 'it is not https'],
    ['http://worker.example.com/', 'it sends the token over http'],
    ['http://localhost.example.com/', 'it sends the token over http'],
    ['http://127.0.0.1.example.com/', 'it sends the token over http'],
    ['http://0.0.0.0/', 'it sends the token over http'],
    ['https://worker.example.com/#top', 'it has a fragment, which is never sent'],
  ])('%s', (uri, wrong) => {
    expect(mistakesOf({ uri })).toEqual([message(JSON.stringify(uri), wrong)]);
  });

  it('of 2084 characters; 2083 are right', () => {
    const start = 'https://worker.example.com/';
    const of = (length: number): string => start.padEnd(length, 'x');

    expect(mistakesOf({ uri: of(2083) })).toEqual([]);
    expect(mistakesOf({ uri: of(2084) })).toEqual([
      message(`"${of(60)}…"`, 'it is longer than 2083 characters'),
    ]);
  });

  it.each([
    ['https://user:hunter2@host.example/', '"https://…@host.example/"'],
    ['https://hunter2@host.example/', '"https://…@host.example/"'],
    ['https://user:p@hunter2@host.example/', '"https://…@host.example/"'],
    ['https:user:hunter2@host.example/', '"https:…@host.example/"'],
  ])('%s, without showing what it holds', (uri, shown) => {
    expect(mistakesOf({ uri })).toEqual([
      message(shown, 'it holds credentials, which would be logged'),
    ]);
  });

  it.each([
    'https://user:pass/hunter2@host.example/',
    'https://user:hunter2@host.example /',
    'ftp://user:hunter2@host.example/',
    'https:\\\\user:hunter2@host.example/',
    '//user:hunter2@host.example/',
    'user:hunter2@host.example',
  ])('%s, which is wrong in other ways too: not shown either', (uri) => {
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
  ])('%j', (serviceAccountEmail) => {
    expect(mistakesOf({ serviceAccountEmail })).toEqual([
      `Invalid serviceAccountEmail ${JSON.stringify(serviceAccountEmail)}: ` +
        rest(
          'it is not the email of a service account',
          'NAME@PROJECT.iam.gserviceaccount.com',
          'take the EMAIL column of gcloud iam service-accounts list',
        ),
    ]);
  });

  it.each([
    '123-compute@developer.gserviceaccount.com',
    'my-project@appspot.gserviceaccount.com',
    'scheduler@my-project.example.com.iam.gserviceaccount.com',
  ])('%s is one', (serviceAccountEmail) => {
    expect(mistakesOf({ serviceAccountEmail })).toEqual([]);
  });
});

it.each([
  ['', 'it is empty'],
  ['two words', 'it contains a space'],
])('audience %j', (audience, wrong) => {
  expect(mistakesOf({ audience })).toEqual([
    `Invalid audience ${JSON.stringify(audience)}: ` +
      rest(
        wrong,
        'what the service behind uri expects, as a rule its origin',
        'set audience, for example to the uri attribute of the Cloud Run service',
      ),
  ]);
});

describe('jobName', () => {
  const message = (shown: string): string =>
    `Invalid jobName ${shown}: ` +
    rest(
      'it is not the name of a job',
      '1 to 500 of A-Z, a-z, 0-9, _ and -',
      'leave out every other character',
    );

  it.each(['', 'a b', 'a.b', 'a/b', 'größe', 'a\n'])('%j', (jobName) => {
    expect(mistakesOf({ jobName })).toEqual([message(JSON.stringify(jobName))]);
  });

  it('of 501 characters; 500 are right', () => {
    expect(mistakesOf({ jobName: 'x'.repeat(500) })).toEqual([]);
    expect(mistakesOf({ jobName: 'x'.repeat(501) })).toEqual([message(`"${'x'.repeat(60)}…"`)]);
  });

  it('is judged too when it comes from the construct’s id', () => {
    expect(new ScheduledJob(foreignStack(), 'a.b', PROPS).node.validate()).toEqual([
      message('"a.b"'),
    ]);
  });

  it('once in a stack, and as often as there are stacks', () => {
    const stack = foreignStack();
    const first = jobWith({ jobName: 'same' }, stack);
    const second = new ScheduledJob(stack, 'second', { ...PROPS, jobName: 'same' });
    const third = new ScheduledJob(stack, 'same', PROPS);
    const elsewhere = jobWith({ jobName: 'same' });
    const message =
      'Invalid jobName "same": stack/job has the same name. ' +
      'Expected: one job of a name in a stack. Fix: rename one of the two.';

    expect(first.node.validate()).toEqual([]);
    expect(second.node.validate()).toEqual([message]);
    expect(third.node.validate()).toEqual([message]);
    expect(elsewhere.node.validate()).toEqual([]);
  });
});

it('description of 501 characters; 500 are right', () => {
  expect(mistakesOf({ description: 'x'.repeat(500) })).toEqual([]);
  expect(mistakesOf({ description: 'x'.repeat(501) })).toEqual([
    `Invalid description "${'x'.repeat(60)}…": it has 501 characters. ` +
      'Expected: at most 500. Fix: shorten it.',
  ]);
});

it.each(['post', 'TRACE', ''])('httpMethod %j', (httpMethod) => {
  expect(mistakesOf({ httpMethod })).toEqual([
    `Invalid httpMethod "${httpMethod}": it is not a method of Cloud Scheduler. ` +
      'Expected: POST, GET, HEAD, PUT, DELETE, PATCH, OPTIONS. Fix: use POST, or leave it out.',
  ]);
});

describe('headers', () => {
  const ALLOWED =
    'every header but Authorization, Content-Length, Host, User-Agent, X-Google-*, X-AppEngine-*, X-CloudScheduler*';

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
  ])('%s is the API’s; its value is not shown', (name) => {
    expect(mistakesOf({ headers: { Accept: 'hunter1', [name]: 'hunter2' } })).toEqual([
      `Invalid headers "${name}": ` +
        rest('Cloud Scheduler sets that header itself', ALLOWED, 'take it out'),
    ]);
  });

  it.each(['', 'X Key', 'X-Key:', 'X-Kéy', 'X-Key\r\nHost'])('%j is no name', (name) => {
    expect(mistakesOf({ headers: { [name]: 'hunter2' } })).toEqual([
      `Invalid headers ${JSON.stringify(name)}: ` +
        rest('it is not the name of a header', ALLOWED, 'take it out'),
    ]);
  });

  it.each(['X-Authorization', 'X-Host', 'X-Googly', 'Hosts', 'Proxy-Authorization'])(
    '%s is right',
    (name) => {
      expect(mistakesOf({ headers: { [name]: 'x' } })).toEqual([]);
    },
  );

  it('values are shown by no mistake of the same job', () => {
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
  it('empty', () => {
    expect(mistakesOf({ body: '' })).toEqual([
      'Invalid body "": it is empty. Expected: a text, or none. Fix: leave body out.',
    ]);
  });

  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS'])('with %s', (httpMethod) => {
    expect(mistakesOf({ body: 'x', httpMethod })).toEqual([
      `Invalid httpMethod "${httpMethod}": it does not go with a body. ` +
        'Expected: POST, PUT, PATCH with a body. Fix: use POST, or leave body out.',
    ]);
  });
});

describe('numbers', () => {
  const FIX = 'choose a number in that range, or leave it out for the default';
  const PROPS_FROM_ZERO = [
    'minBackoffSeconds',
    'maxBackoffSeconds',
    'maxDoublings',
    'maxRetryDurationSeconds',
  ];

  it.each([
    ['attemptDeadlineSeconds', 0, '15 to 1800, whole'],
    ['attemptDeadlineSeconds', 14, '15 to 1800, whole'],
    ['attemptDeadlineSeconds', 1801, '15 to 1800, whole'],
    ['attemptDeadlineSeconds', -600, '15 to 1800, whole'],
    ['retryCount', -1, '0 to 5, whole'],
    ['retryCount', 6, '0 to 5, whole'],
    ['maxDoublings', -1, 'whole numbers from 0 on'],
    ['minBackoffSeconds', -1, 'whole numbers from 0 on'],
    ['maxRetryDurationSeconds', -1, 'whole numbers from 0 on'],
  ])('%s %d, out of range', (prop, value, allowed) => {
    expect(mistakesOf({ [prop]: value })).toEqual([
      `${prop} is ${value}: ` + rest('it is out of range', allowed, FIX),
    ]);
  });

  const notWhole = [NaN, Infinity, -Infinity, 0.5, 20.5, 2 ** 53, '20', true];
  const ranges = {
    attemptDeadlineSeconds: '15 to 1800, whole',
    retryCount: '0 to 5, whole',
    ...Object.fromEntries(PROPS_FROM_ZERO.map((prop) => [prop, 'whole numbers from 0 on'])),
  };
  it.each(
    Object.entries(ranges).flatMap(([prop, allowed]) =>
      notWhole.map((value) => [prop, value, allowed] as const),
    ),
  )('%s %p, not a whole number', (prop, value, allowed) => {
    const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);

    expect(mistakesOf({ [prop]: value })).toContain(
      `${prop} is ${shown}: ` + rest('it is not a whole number', allowed, FIX),
    );
  });

  it('maxBackoffSeconds -1', () => {
    expect(mistakesOf({ maxBackoffSeconds: -1, minBackoffSeconds: 0 })).toContain(
      'maxBackoffSeconds is -1: ' + rest('it is out of range', 'whole numbers from 0 on', FIX),
    );
  });

  it.each([
    [60, 59],
    [1, 0],
  ])('minBackoffSeconds %d above maxBackoffSeconds %d', (min, max) => {
    expect(mistakesOf({ minBackoffSeconds: min, maxBackoffSeconds: max })).toEqual([
      `Invalid minBackoffSeconds ${min}: it is above maxBackoffSeconds, ${max}. ` +
        `Expected: 0 to ${max}. Fix: lower minBackoffSeconds or raise maxBackoffSeconds.`,
    ]);
  });

  it('minBackoffSeconds above the default of maxBackoffSeconds, and below it by default', () => {
    expect(mistakesOf({ minBackoffSeconds: 3601 })).toEqual([
      'minBackoffSeconds is 3601: it is above maxBackoffSeconds, 3600. ' +
        'Expected: 0 to 3600. Fix: lower minBackoffSeconds or raise maxBackoffSeconds.',
    ]);
    expect(mistakesOf({ maxBackoffSeconds: 4 })).toEqual([
      'minBackoffSeconds is 5: it is above maxBackoffSeconds, 4. ' +
        'Expected: 0 to 4. Fix: lower minBackoffSeconds or raise maxBackoffSeconds.',
    ]);
  });
});

it.each(['Australia-Southeast1', 'sydney', 'australia-southeast1-a', ''])(
  'region %j',
  (region) => {
    expect(mistakesOf({ region })).toEqual([
      `Invalid region "${region}": it does not have the shape of a region. ` +
        'Expected: names such as australia-southeast1. Fix: take one of gcloud scheduler locations list.',
    ]);
  },
);

it.each([
  'My-Project',
  'short',
  '1project',
  'project-',
  'x'.repeat(31),
  'example:my-project',
  '',
])('project %j', (project) => {
  expect(mistakesOf({ project })).toEqual([
    `Invalid project "${project}": ` +
      rest(
        'it is not a project id',
        '6 to 30 lower-case letters, digits and hyphens, from a letter on, after example.com: if domain-scoped',
        'take the PROJECT_ID column of gcloud projects list',
      ),
  ]);
});

describe('importId', () => {
  it.each(['', 'job', 'projects/p/locations/r/jobs/', 'projects/p/jobs/job', '//x/job'])(
    '%j',
    (importId) => {
      expect(mistakesOf({ importId })).toEqual([
        `Invalid importId "${importId}": ` +
          rest(
            'it is not the full id of a job',
            'projects/PROJECT/locations/REGION/jobs/NAME',
            'take the name that gcloud scheduler jobs describe prints',
          ),
      ]);
    },
  );

  it('of another job', () => {
    expect(mistakesOf({ importId: 'projects/p/locations/r/jobs/not-job' })).toEqual([
      'Invalid importId "projects/p/locations/r/jobs/not-job": ' +
        rest(
          'it is another job than job, so the import would replace it',
          'an id that ends in /jobs/job',
          'set jobName to the name in the id, or correct the id',
        ),
    ]);
  });
});

describe('in an app with CDKTF’s own validation', () => {
  it('all mistakes of all jobs of a stack are reported in one error, with their paths', () => {
    const stack = foreignStack();
    jobWith({ schedule: '@daily', timeZone: 'EST', retryCount: 9 }, stack);
    new ScheduledJob(stack, 'other', { ...PROPS, description: 'x'.repeat(501) });

    const [schedule, timeZone, retryCount, description] = [
      /\[stack\/job\] Invalid schedule "@daily": /,
      /\[stack\/job\] Invalid timeZone "EST": /,
      /\[stack\/job\] retryCount is 9: /,
      /\[stack\/other\] Invalid description "x+…": /,
    ];
    const synth = (): string => Testing.fullSynth(stack);
    expect(synth).toThrow(schedule);
    expect(synth).toThrow(timeZone);
    expect(synth).toThrow(retryCount);
    expect(synth).toThrow(description);
  });

  it('nothing is thrown before synth, whatever the props', () => {
    const stack = foreignStack();
    const props = Object.fromEntries(Object.keys(PROPS).map((prop) => [prop, null]));

    expect(() => jobWith(props, stack)).not.toThrow();
    expect(() => Testing.fullSynth(stack)).toThrow(/schedule is null: it is not a text/);
  });

  it('without mistakes it synthesizes', () => {
    expect(() => Testing.fullSynth(foreignStackWithJob())).not.toThrow();
  });
});

function foreignStackWithJob(): ReturnType<typeof foreignStack> {
  const stack = foreignStack();
  jobWith({}, stack);
  return stack;
}
