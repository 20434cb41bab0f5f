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

/** Props with every default filled in, but for those whose absence has a meaning of its own. */
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

/** Everything that is wrong with the props; tokens are passed over. */
export function findMistakes(props: ResolvedProps): Mistake[] {
  return [
    ...text(props, 'schedule', checkCron),
    ...text(props, 'timeZone', checkTimeZone),
    ...text(props, 'uri', checkUri),
    ...text(props, 'serviceAccountEmail', checkServiceAccountEmail),
    ...checkAudience(props),
    ...text(props, 'jobName', checkJobName),
    ...text(props, 'description', checkDescription),
    ...text(props, 'httpMethod', checkHttpMethod),
    ...checkHeaders(props),
    ...checkBody(props),
    ...wholeNumber(props, 'attemptDeadlineSeconds', 15, 1800),
    ...wholeNumber(props, 'retryCount', 0, 5),
    ...wholeNumber(props, 'minBackoffSeconds', 0),
    ...wholeNumber(props, 'maxBackoffSeconds', 0),
    ...checkBackoffOrder(props),
    ...wholeNumber(props, 'maxDoublings', 0),
    ...wholeNumber(props, 'maxRetryDurationSeconds', 0),
    ...text(props, 'region', checkRegion),
    ...text(props, 'project', checkProjectId),
    ...text(props, 'importId', (id) => checkImportId(id, props.jobName)),
  ];
}

const REQUIRED: readonly PropName[] = ['schedule', 'timeZone', 'uri', 'serviceAccountEmail'];
const URIS: readonly PropName[] = ['uri', 'audience'];

function text(
  props: ResolvedProps,
  subject: PropName,
  check: (value: string) => Violation[],
): Mistake[] {
  const given: unknown = props[subject];
  if (given === undefined && !REQUIRED.includes(subject)) return [];
  if (typeof given !== 'string') {
    return [
      { subject, given, wrong: 'it is not a text', expected: 'a text', fix: `set ${subject}` },
    ];
  }
  if (Token.isUnresolved(given)) return [];
  const shown = URIS.includes(subject) ? withoutCredentials(given) : given;
  return check(given).map((violation) => ({ subject, given: shown, ...violation }));
}

function wholeNumber(
  props: ResolvedProps,
  subject: PropName,
  min: number,
  max?: number,
): Mistake[] {
  const given: unknown = props[subject];
  return Token.isUnresolved(given) ? [] : checkInteger(subject, given, min, max);
}

function checkAudience(props: ResolvedProps): Mistake[] {
  if (props.audience !== '') {
    return text(props, 'audience', (audience) =>
      /\s/.test(audience) ? [audienceViolation('it contains a space')] : [],
    );
  }
  // An audience that was left out is empty only where `uri` has no origin to take it from.
  if (!Token.isUnresolved(props.uri) && checkUri(props.uri).length > 0) return [];
  const wrong = Token.isUnresolved(props.uri)
    ? 'it cannot be derived, since uri is known to Terraform alone'
    : 'it is empty';
  return [{ subject: 'audience', given: props.audience, ...audienceViolation(wrong) }];
}

function audienceViolation(wrong: string): Violation {
  return {
    wrong,
    expected: 'what the service behind uri expects, as a rule its origin',
    fix: 'set audience, for example to the uri attribute of the Cloud Run service',
  };
}

function checkDescription(description: string): Violation[] {
  if (description.length <= MAX_DESCRIPTION_CHARACTERS) return [];
  return [
    {
      wrong: `it has ${description.length} characters`,
      expected: `at most ${MAX_DESCRIPTION_CHARACTERS}`,
      fix: 'shorten it',
    },
  ];
}

function checkHttpMethod(method: string): Violation[] {
  if (HTTP_METHODS.some((known) => known === method)) return [];
  return [
    {
      wrong: 'it is not a method of Cloud Scheduler',
      expected: HTTP_METHODS.join(', '),
      fix: 'use POST, or leave it out',
    },
  ];
}

function checkHeaders(props: ResolvedProps): Mistake[] {
  if (Token.isUnresolved(props.headers)) return [];
  // The name alone: a value may be a secret.
  return Object.keys(props.headers ?? {}).flatMap((given) => {
    const owned = isApiOwnedHeader(given);
    if (!owned && HEADER_NAME.test(given)) return [];
    return [
      {
        subject: 'headers',
        given,
        wrong: owned ? 'Cloud Scheduler sets that header itself' : 'it is not the name of a header',
        expected:
          'every header but Authorization, Content-Length, Host, User-Agent, X-Google-*, X-AppEngine-*, X-CloudScheduler*',
        fix: 'take it out',
      },
    ];
  });
}

function checkBody(props: ResolvedProps): Mistake[] {
  if (props.body === undefined) return [];
  if (props.body === '') {
    return [
      {
        subject: 'body',
        given: '',
        wrong: 'it is empty',
        expected: 'a text, or none',
        fix: 'leave body out',
      },
    ];
  }
  if (Token.isUnresolved(props.httpMethod) || BODY_METHODS.includes(props.httpMethod)) return [];
  return [
    {
      subject: 'httpMethod',
      given: props.httpMethod,
      wrong: 'it does not go with a body',
      expected: `${BODY_METHODS.join(', ')} with a body`,
      fix: 'use POST, or leave body out',
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
      wrong: `it is above maxBackoffSeconds, ${max}`,
      expected: `0 to ${max}`,
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
      wrong: `it is another job than ${jobName}, so the import would replace it`,
      expected: `an id that ends in /jobs/${jobName}`,
      fix: 'set jobName to the name in the id, or correct the id',
    },
  ];
}
