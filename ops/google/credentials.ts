import type { Environment } from '../../stages/environment';
import { Failed, messageOf } from '../errors';

export const TOKEN_VARIABLE = 'GOOGLE_OAUTH_ACCESS_TOKEN';

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const LOGIN = 'gcloud auth application-default login';

/** Headers that authorize a call. */
export type Authorize = (url: URL) => Promise<Record<string, string>>;

/**
 * With the token of `GOOGLE_OAUTH_ACCESS_TOKEN`, otherwise with the application-default credentials
 * of this machine, which never leave it for anything but https.
 */
export function authorizer(env: Environment): Authorize {
  const token = env[TOKEN_VARIABLE];
  if (token) return () => Promise.resolve({ authorization: `Bearer ${token}` });
  let client: ReturnType<typeof defaultClient> | undefined;
  return async (url) => {
    if (url.protocol !== 'https:') {
      throw new Failed(
        `${url.origin} is not https, so your credentials are not sent there.`,
        `for a local endpoint set ${TOKEN_VARIABLE}, to anything`,
      );
    }
    try {
      client ??= defaultClient();
      const headers = await (await client).getRequestHeaders(url);
      return Object.fromEntries(headers.entries());
    } catch (error) {
      throw new Failed(`No credentials of Google: ${messageOf(error)}`, LOGIN);
    }
  };
}

/** What to do when Google refuses the credentials. */
export function renewal(env: Environment): string {
  return env[TOKEN_VARIABLE]
    ? `the token in ${TOKEN_VARIABLE} has expired or is wrong; unset it, or renew it: ` +
        `export ${TOKEN_VARIABLE}="$(gcloud auth print-access-token)"`
    : LOGIN;
}

async function defaultClient() {
  // Loaded when needed: it is most of what a command would load.
  const { GoogleAuth } = await import('google-auth-library');
  return new GoogleAuth({ scopes: SCOPE }).getClient();
}
