import type { Environment } from '../../stages/environment';
import { Failed, messageOf } from '../errors';
import { exportVariable, gcloud, manual, when, type Fix } from '../fixes/fix';

const TOKEN_VARIABLE = 'GOOGLE_OAUTH_ACCESS_TOKEN';

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const LOGIN = gcloud('auth', 'application-default', 'login');

/** Headers that authorize a call. */
export type Authorize = (url: URL) => Promise<Record<string, string>>;

/**
 * Uses the token in `GOOGLE_OAUTH_ACCESS_TOKEN`, otherwise the application-default credentials of this
 * machine, which are only sent over https.
 */
export function authorizer(env: Environment): Authorize {
  const token = env[TOKEN_VARIABLE];
  if (token) return () => Promise.resolve({ authorization: `Bearer ${token}` });
  let client: ReturnType<typeof defaultClient> | undefined;
  return async (url) => {
    if (url.protocol !== 'https:') {
      throw new Failed(
        `Your credentials were not sent to ${url.origin}: it does not use https.`,
        when('if it is a local endpoint', exportVariable(TOKEN_VARIABLE, 'any')),
      );
    }
    try {
      client ??= defaultClient();
      const headers = await (await client).getRequestHeaders(url);
      return Object.fromEntries(headers.entries());
    } catch (error) {
      throw new Failed(`No Google Cloud credentials: ${messageOf(error)}`, LOGIN);
    }
  };
}

/** What to do when Google rejects the credentials. */
export function credentialsFix(env: Environment): Fix {
  return env[TOKEN_VARIABLE]
    ? manual(
        `unset ${TOKEN_VARIABLE} (its token is invalid or has expired), or renew it: ` +
          `export ${TOKEN_VARIABLE}="$(gcloud auth print-access-token)"`,
      )
    : LOGIN;
}

async function defaultClient() {
  // Loaded only when needed: it is larger than everything else that a command loads.
  const { GoogleAuth } = await import('google-auth-library');
  silence('MetadataLookupWarning');
  return new GoogleAuth({ scopes: SCOPE }).getClient();
}

/** Keeps a library from printing a warning of which our own error says all, with its fix. */
function silence(name: string): void {
  const emit = process.emitWarning.bind(process) as (...args: readonly unknown[]) => void;
  process.emitWarning = (...args: readonly unknown[]) => {
    if (args[1] !== name) emit(...args);
  };
}
