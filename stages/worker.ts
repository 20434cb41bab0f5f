/**
 * The worker's own settings that must agree with its jobs. They are in a secret file that the worker mounts, not
 * in the environment of its service, so that only its log tells them.
 */
export const WORKER_SETTINGS = {
  audience: 'TASK_OIDC_AUDIENCE (by default WORKER_URL)',
  allowList: 'TASK_OIDC_ALLOWED_SERVICE_ACCOUNTS (by default CLOUD_TASKS_SERVICE_ACCOUNT)',
} as const;

/**
 * What the worker logs when it rejects a token, by reason; it answers 401 to all of them, without a reason.
 * `{…}` stands for what differs. The texts are those of google-auth 2.56, which it verifies tokens with, and of
 * Validibot 0.14.
 */
export const TOKEN_REJECTIONS = {
  audience: [
    "Worker OIDC verification failed: Token has wrong audience {audience}, expected one of ['{expected}']",
  ],
  account: ['Worker OIDC token rejected: non-allowlisted SA ({account})'],
  expired: ['Worker OIDC verification failed: Token expired, {expiry} < {now}'],
  early: [
    "Worker OIDC verification failed: Token used too early, {now} < {issued}. Check that your computer's clock is set correctly.",
  ],
  certificates: [
    "Worker OIDC verification failed: HTTPSConnectionPool(host='www.googleapis.com', port=443): Max retries exceeded with url: /oauth2/v1/certs ({why})",
    'Worker OIDC verification failed: {pool}: Max retries exceeded with url: /oauth2/v1/certs ({why})',
    'Worker OIDC verification failed: Could not fetch certificates at {url}',
  ],
  signature: [
    'Worker OIDC verification failed: Could not verify token signature.',
    'Worker OIDC verification failed: Certificate for key id {key} not found.',
  ],
  missing: ['Worker endpoint called without Bearer OIDC token (deployment=gcp, path={path})'],
  unconfigured: [
    'Worker OIDC allowlist is empty; cannot authorise caller. {advice}',
    'TASK_OIDC_AUDIENCE and WORKER_URL are both unset on a GCP worker; {advice}',
  ],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type TokenRejection = keyof typeof TOKEN_REJECTIONS;
