import type { Call } from '../../sandbox/conformance/checks';

const GOOGLE = 'https://cloudscheduler.googleapis.com';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

export function sandboxCall(url: string): Call {
  return httpCall(url, { authorization: 'Bearer conformance' });
}

/** Calls Google as the user; the project pays for the quota. */
export async function googleCall(project: string): Promise<Call> {
  const { GoogleAuth } = await import('google-auth-library');
  let token: string | null | undefined;
  try {
    token = await new GoogleAuth({ scopes: SCOPE }).getAccessToken();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`No Google credentials: ${why}\nFix: gcloud auth application-default login`, {
      cause: error,
    });
  }
  return httpCall(GOOGLE, {
    authorization: `Bearer ${token ?? ''}`,
    'x-goog-user-project': project,
  });
}

const TIMEOUT_MS = 60_000;

function httpCall(base: string, headers: Readonly<Record<string, string>>): Call {
  return async (method, path, body, { anonymous = false } = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...(!anonymous && headers), 'content-type': 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: parse(text) };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page of HTML, for instance.
    return {};
  }
}
