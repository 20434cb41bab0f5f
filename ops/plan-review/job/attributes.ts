/** An attribute of a job, as a review shows it. */
export interface Attribute {
  /** A stable identifier, for the JSON: `schedule`, `uri`, `headers.X-Trace`. */
  readonly id: string;
  readonly label: string;
  /** Whether it determines who is called, and by which account. */
  readonly security: boolean;
  /** Whether its values may be shown; those of headers and bodies never are. */
  readonly shown: boolean;
  /** Whether it is also shown when a job is created or destroyed, not only when it changes. */
  readonly essential: boolean;
}

type Entry = readonly [path: string, id: string, label: string, ...marks: Mark[]];

type Mark = 'security' | 'essential';

const HTTP = 'http_target.0';

/** In the order in which a review lists them. */
const KNOWN: readonly Entry[] = [
  ['name', 'name', 'Name'],
  ['schedule', 'schedule', 'Schedule', 'essential'],
  ['time_zone', 'time_zone', 'Time zone', 'essential'],
  ['paused', 'paused', 'State', 'essential'],
  [`${HTTP}.uri`, 'uri', 'URI', 'security', 'essential'],
  [`${HTTP}.http_method`, 'http_method', 'Method', 'security', 'essential'],
  [
    `${HTTP}.oidc_token.0.service_account_email`,
    'service_account_email',
    'Account',
    'security',
    'essential',
  ],
  [`${HTTP}.oidc_token.0.audience`, 'audience', 'Audience', 'security', 'essential'],
  [`${HTTP}.oauth_token.0.service_account_email`, 'oauth_account', 'OAuth account', 'security'],
  [`${HTTP}.oauth_token.0.scope`, 'oauth_scope', 'OAuth scope', 'security'],
  ['attempt_deadline', 'attempt_deadline', 'Attempt deadline', 'essential'],
  ['retry_config.0.retry_count', 'retry_count', 'Retry count', 'essential'],
  ['retry_config.0.min_backoff_duration', 'min_backoff_duration', 'Min backoff'],
  ['retry_config.0.max_backoff_duration', 'max_backoff_duration', 'Max backoff'],
  ['retry_config.0.max_doublings', 'max_doublings', 'Max doublings'],
  ['retry_config.0.max_retry_duration', 'max_retry_duration', 'Max retry duration'],
  ['description', 'description', 'Description', 'essential'],
  ['deletion_policy', 'deletion_policy', 'Deletion policy', 'essential'],
  ['region', 'region', 'Region'],
  ['project', 'project', 'Project'],
];

const BY_PATH = new Map(
  KNOWN.map(([path, id, label, ...marks]): [string, Attribute] => {
    const [security, essential] = [marks.includes('security'), marks.includes('essential')];
    return [path, { id, label, security, shown: true, essential }];
  }),
);

const ORDER = new Map(KNOWN.map(([, id], index) => [id, index]));

/** What the API or the provider computes, and the header that the API itself adds to OIDC jobs. */
const IGNORED = /^(id|state|timeouts(\..*)?|http_target\.0\.headers\.authorization)$/i;

const HEADER = `${HTTP}.headers.`;

/** The attribute at a path; undefined for one that is irrelevant to a review. */
export function attributeAt(path: string): Attribute | undefined {
  if (IGNORED.test(path)) return undefined;
  const found = BY_PATH.get(path);
  if (found !== undefined) return found;
  const content = { security: false, shown: false, essential: true };
  if (path === `${HTTP}.body`) return { id: 'body', label: 'Body', ...content };
  if (path.startsWith(HEADER)) {
    const name = path.slice(HEADER.length);
    return { id: `headers.${name}`, label: `Header ${name}`, ...content };
  }
  // An unknown attribute may be secret, and another kind of target calls something else.
  const security = path.includes('target');
  return { id: path, label: path, security, shown: false, essential: security };
}

/** Sorts in the order of `KNOWN`, with unknown attributes last. */
export function byListing(a: Attribute, b: Attribute): number {
  const rank = ({ id }: Attribute): number => ORDER.get(id) ?? ORDER.size;
  return rank(a) - rank(b) || a.id.localeCompare(b.id, 'en');
}
