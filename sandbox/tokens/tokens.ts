import type { CryptoKey, JWK } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { Recent } from './recent';

const ISSUER = 'https://accounts.google.com';
const LIFETIME_SECONDS = 3600;
/** For how long a token is given again, in milliseconds. */
const REUSED = 60_000;
const ALGORITHM = 'RS256';

/** The account that a token identifies. */
export interface Subject {
  readonly email: string;
  readonly uniqueId: string;
}

export type Verification =
  | { readonly kind: 'valid'; readonly email: string }
  | { readonly kind: 'invalid'; readonly why: string };

interface Key {
  readonly private: CryptoKey;
  readonly public: CryptoKey;
  readonly jwk: JWK;
  readonly pem: string;
  readonly id: string;
}

/**
 * Signs OIDC tokens as Google signs them for Cloud Scheduler, and publishes the key in Google's two
 * formats. The key lasts as long as the process. It is created on first use, because that takes
 * longer than the rest of the start and many sandboxes end before a job runs.
 */
export class Tokens {
  private cachedKey: Promise<Key> | undefined;
  private readonly signed = new Recent<{ readonly at: number; readonly token: Promise<string> }>();
  private readonly verified = new Recent<{
    readonly until: number;
    readonly result: Verification;
  }>();

  private key(): Promise<Key> {
    this.cachedKey ??= createKey();
    return this.cachedKey;
  }

  /**
   * A token that is valid for an hour. Within a minute, the same subject gets the same token for the same
   * audience: a signature costs more than the rest of an attempt.
   *
   * @param now milliseconds. @default - real time, also when the sandbox's clock was advanced: a server of the
   *   user's own verifies it by real time
   */
  sign(subject: Subject, audience: string, now = Date.now()): Promise<string> {
    const key = JSON.stringify([subject, audience]);
    const recent = this.signed.get(key);
    if (recent !== undefined && now >= recent.at && now < recent.at + REUSED) return recent.token;
    const token = this.signNew(subject, audience, now);
    this.signed.set(key, { at: now, token });
    return token;
  }

  private async signNew(subject: Subject, audience: string, now: number): Promise<string> {
    const { SignJWT } = await import('jose');
    const key = await this.key();
    const issuedAt = Math.floor(now / 1000);
    return new SignJWT({ azp: subject.uniqueId, email: subject.email, email_verified: true })
      .setProtectedHeader({ alg: ALGORITHM, kid: key.id, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(subject.uniqueId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_SECONDS)
      .sign(key.private);
  }

  /** An OAuth access token: opaque, and nothing in the sandbox accepts it as an identity. */
  accessToken(): string {
    return `ya29.sandbox-${randomBytes(16).toString('base64url')}`;
  }

  /** Checks the signature, the issuer, the expiry, and that the audience is one of those given. */
  async verify(token: string, audiences: readonly string[]): Promise<Verification> {
    const key = JSON.stringify([token, audiences]);
    const known = this.verified.get(key);
    if (known !== undefined && Date.now() < known.until) return known.result;
    const { until, result } = await this.verifyNew(token, audiences);
    if (until !== undefined) this.verified.set(key, { until, result });
    return result;
  }

  /** `until` is when a valid token expires, in milliseconds. */
  private async verifyNew(
    token: string,
    audiences: readonly string[],
  ): Promise<{ until?: number; result: Verification }> {
    const { jwtVerify } = await import('jose');
    const key = await this.key();
    try {
      const { payload } = await jwtVerify(token, key.public, {
        algorithms: [ALGORITHM],
        issuer: [ISSUER, 'accounts.google.com'],
        audience: [...audiences],
        requiredClaims: ['exp', 'email'],
      });
      return {
        until: (payload.exp ?? 0) * 1000,
        result: { kind: 'valid', email: String(payload.email) },
      };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { result: { kind: 'invalid', why } };
    }
  }

  /** As at https://www.googleapis.com/oauth2/v1/certs: key ids, each with its certificate. */
  async certificates(): Promise<Record<string, string>> {
    const { id, pem } = await this.key();
    return { [id]: pem };
  }

  /** As at https://www.googleapis.com/oauth2/v3/certs. */
  async keySet(): Promise<{ keys: JWK[] }> {
    return { keys: [(await this.key()).jwk] };
  }
}

async function createKey(): Promise<Key> {
  const [{ generate }, { exportJWK, importPKCS8, importX509 }] = await Promise.all([
    import('selfsigned'),
    import('jose'),
  ]);
  const { private: privatePem, cert } = await generate(
    [{ name: 'commonName', value: 'federated-signon.system.gserviceaccount.com' }],
    { keySize: 2048, algorithm: 'sha256' },
  );
  const id = createHash('sha1').update(cert).digest('hex');
  const publicKey = await importX509(cert, ALGORITHM, { extractable: true });
  return {
    private: await importPKCS8(privatePem, ALGORITHM),
    public: publicKey,
    jwk: { ...(await exportJWK(publicKey)), kid: id, alg: ALGORITHM, use: 'sig' },
    pem: cert,
    id,
  };
}
