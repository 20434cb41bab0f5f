import { Token } from 'cdktf';
import {
  checkJobId,
  checkJobName,
  checkProjectId,
  checkRegion,
  checkServiceAccountEmail,
} from './core/google-names';
import { isApiOwnedHeader } from './core/headers';
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
  | 'dependsOn';

type PropName = keyof ScheduledJobProps;

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const BODY_METHODS: readonly string[] = ['POST', 'PUT', 'PATCH'];
const MAX_DESCRIPTION_CHARACTERS = 500;

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
    ...checkHeaders(props),
    ...checkBody(props),
    ...integer(props, 'attemptDeadlineSeconds', 15, 1800),
    ...integer(props, 'retryCount', 0, 5),
    ...integer(props, 'minBackoffSeconds', 0),
    ...integer(props, 'maxBackoffSeconds', 0),
    ...checkBackoffOrder(props),
    ...integer(props, 'maxDoublings', 0),
    ...integer(props, 'maxRetryDurationSeconds', 0),
    ...string(props, 'region', checkRegion),
    ...string(props, 'project', checkProjectId),
    ...string(props, 'importId', (id) => checkImportId(id, props.jobName)),
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
  if (description.length <= MAX_DESCRIPTION_CHARACTERS) return [];
  return [
    {
      wrong: `must have at most ${MAX_DESCRIPTION_CHARACTERS} characters, has ${description.length}`,
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

function checkHeaders(props: ResolvedProps): Mistake[] {
  if (Token.isUnresolved(props.headers)) return [];
  // Only the name: a value may be a secret.
  return Object.keys(props.headers ?? {}).flatMap((given) => {
    const owned = isApiOwnedHeader(given);
    if (!owned && HEADER_NAME.test(given)) return [];
    return [
      {
        subject: 'header',
        given,
        wrong: owned ? 'Cloud Scheduler sets this header itself' : 'is not a valid header name',
        fix: owned ? 'remove it' : 'correct the name, or remove the header',
      },
    ];
  });
}

function checkBody(props: ResolvedProps): Mistake[] {
  if (props.body === undefined) return [];
  if (props.body === '') {
    return [{ subject: 'body', given: '', wrong: 'must not be empty', fix: 'omit body' }];
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

function checkImportId(id: string, jobName: string): Violation[] {
  const violations = checkJobId(id);
  if (violations.length > 0 || Token.isUnresolved(jobName) || id.endsWith(`/jobs/${jobName}`)) {
    return violations;
  }
  return [
    {
      wrong: `must end with /jobs/${jobName}, or the imported job would be replaced`,
      fix: 'set jobName to the name in the id, or correct the id',
    },
  ];
}
