import { Token } from 'cdktf';
import {
  checkJobId,
  checkJobName,
  checkProjectId,
  checkRegion,
  checkServiceAccountEmail,
} from './core/google-names';
import { byteLength, checkHeaders } from './core/headers';
import { HTTP_METHODS } from './core/http-methods';
import type { Violation, Mistake } from './core/mistake';
import { checkCron, checkTimeZone } from './core/schedule';
import type { ScheduledJobProps } from './scheduled-job-props';
import { checkUri, withoutCredentials } from './core/uri';
import { checkInteger } from './integer';

/** Props with every default filled in, except those whose absence has a meaning. */
export type ResolvedProps = Required<Omit<ScheduledJobProps, OptionalProp>> &
  Pick<ScheduledJobProps, OptionalProp>;

type OptionalProp =
  | 'description'
  | 'headers'
  | 'body'
  | 'paused'
  | 'region'
  | 'project'
  | 'importId'
  | 'dependsOn'
  | 'preventDestroy'
  | 'deletionPolicy';

type PropName = keyof ScheduledJobProps;

const BODY_METHODS: readonly string[] = ['POST', 'PUT', 'PATCH'];
const MAX_DESCRIPTION_CHARACTERS = 500;

/** A job may have 1 MB. Source: https://cloud.google.com/scheduler/quotas */
const MAX_BODY_BYTES = 1_000_000;

/** Every mistake in the props; tokens are skipped. */
export function findMistakes(props: ResolvedProps): Mistake[] {
  return [
    ...string(props, 'schedule', checkCron),
    ...string(props, 'timeZone', checkTimeZone),
    ...string(props, 'uri', checkUri),
    ...string(props, 'serviceAccountEmail', checkServiceAccountEmail),
    ...checkAudience(props),
    ...string(props, 'jobName', checkJobName),
    ...string(props, 'description', checkDescription),
    ...string(props, 'httpMethod', checkHttpMethod),
    ...headers(props),
    ...checkBody(props),
    ...integer(props, 'attemptDeadlineSeconds', 15, 1800),
    ...integer(props, 'retryCount', 0, 5),
    ...integer(props, 'minBackoffSeconds', 0),
    ...integer(props, 'maxBackoffSeconds', 0),
    ...checkBackoffOrder(props),
    // The provider does not send 0, and then the API's default of 5 applies.
    ...integer(props, 'maxDoublings', 1),
    ...integer(props, 'maxRetryDurationSeconds', 0),
    ...string(props, 'region', checkRegion),
    ...string(props, 'project', checkProjectId),
    ...string(props, 'importId', (id) => checkImportId(id, props)),
  ];
}

/** The required props, each with an example. */
const EXAMPLES: Partial<Readonly<Record<PropName, string>>> = {
  schedule: '0 2 * * *',
  timeZone: 'Australia/Sydney',
  uri: 'https://worker.example.com/path/',
  serviceAccountEmail: 'scheduler@my-project.iam.gserviceaccount.com',
};
const URIS: readonly PropName[] = ['uri', 'audience'];

function string(
  props: ResolvedProps,
  subject: PropName,
  check: (value: string) => Violation[],
): Mistake[] {
  const given: unknown = props[subject];
  const example = EXAMPLES[subject];
  if (given === undefined) {
    if (example === undefined) return [];
    return [
      { subject, given, expected: 'string', fix: `set ${subject}, for example to ${example}` },
    ];
  }
  if (typeof given !== 'string') {
    const fix = example === undefined ? 'omit it' : `write it like ${example}`;
    return [{ subject, given, wrong: 'must be a string', fix }];
  }
  if (Token.isUnresolved(given)) return [];
  const shown = URIS.includes(subject) ? withoutCredentials(given) : given;
  return check(given).map((violation) => ({ subject, given: shown, ...violation }));
}

function integer(props: ResolvedProps, subject: PropName, min: number, max?: number): Mistake[] {
  const given: unknown = props[subject];
  return Token.isUnresolved(given) ? [] : checkInteger(subject, given, min, max);
}

function checkAudience(props: ResolvedProps): Mistake[] {
  if (props.audience !== '') {
    return string(props, 'audience', (audience) =>
      /\s/.test(audience) ? [{ wrong: 'must not contain spaces', fix: SET_AUDIENCE }] : [],
    );
  }
  // An omitted audience is empty only where `uri` has no origin to take it from.
  if (Token.isUnresolved(props.uri)) {
    const wrong = 'it cannot be derived from uri, which only Terraform knows';
    return [{ subject: 'audience', given: undefined, wrong, fix: SET_AUDIENCE }];
  }
  if (checkUri(props.uri).length > 0) return [];
  return [{ subject: 'audience', given: '', wrong: 'must not be empty', fix: SET_AUDIENCE }];
}

const SET_AUDIENCE =
  'set audience to what the service expects, for example the uri attribute of the Cloud Run service';

function checkDescription(description: string): Violation[] {
  // Code points: an emoji is one character, and two of UTF-16.
  const count = Array.from(description).length;
  if (count <= MAX_DESCRIPTION_CHARACTERS) return [];
  return [
    {
      wrong: `must have at most ${MAX_DESCRIPTION_CHARACTERS} characters, has ${count}`,
      fix: 'shorten it',
    },
  ];
}

function checkHttpMethod(method: string): Violation[] {
  if (HTTP_METHODS.some((known) => known === method)) return [];
  return [
    {
      wrong: `must be one of ${HTTP_METHODS.join(', ')}`,
      fix: 'use one of these, or omit it to use POST',
    },
  ];
}

function headers({ headers = {} }: ResolvedProps): Mistake[] {
  if (Token.isUnresolved(headers)) return [];
  return checkHeaders(headers, (value) => !Token.isUnresolved(value));
}

function checkBody(props: ResolvedProps): Mistake[] {
  if (props.body === undefined) return [];
  if (props.body === '') {
    return [{ subject: 'body', given: '', wrong: 'must not be empty', fix: 'omit body' }];
  }
  const bytes = Token.isUnresolved(props.body) ? 0 : byteLength(props.body);
  if (bytes > MAX_BODY_BYTES) {
    const wrong = `must be at most ${MAX_BODY_BYTES} bytes`;
    // Not the body itself, which may hold secrets.
    return [{ subject: 'size of body', given: bytes, wrong, fix: 'shorten body' }];
  }
  if (Token.isUnresolved(props.httpMethod) || BODY_METHODS.includes(props.httpMethod)) return [];
  return [
    {
      subject: 'httpMethod',
      given: props.httpMethod,
      wrong: `must be one of ${BODY_METHODS.join(', ')} when body is set`,
      fix: 'use POST, or omit body',
    },
  ];
}

function checkBackoffOrder(props: ResolvedProps): Mistake[] {
  const { minBackoffSeconds: min, maxBackoffSeconds: max } = props;
  if (Token.isUnresolved(min) || Token.isUnresolved(max) || !(min > max)) return [];
  return [
    {
      subject: 'minBackoffSeconds',
      given: min,
      wrong: `must not be greater than maxBackoffSeconds (${max})`,
      fix: 'lower minBackoffSeconds or raise maxBackoffSeconds',
    },
  ];
}

/** Any difference would replace the imported job. */
function checkImportId(id: string, props: ResolvedProps): Violation[] {
  const violations = checkJobId(id);
  if (violations.length > 0) return violations;
  const [, project, , region, , jobName] = id.split('/');
  const parts = { jobName, region, project };
  return (['jobName', 'region', 'project'] as const).flatMap((prop) => {
    const expected = props[prop];
    if (expected === undefined || Token.isUnresolved(expected) || expected === parts[prop]) {
      return [];
    }
    return [
      {
        wrong: `must have the ${prop} ${expected}, or the imported job would be replaced`,
        fix: `set ${prop} to the one in the id, or correct the id`,
      },
    ];
  });
}
