import type { CryptoKey, JWK } from 'jose';
import { createHash, randomBytes } from 'node:crypto';

export const ISSUER = 'https://accounts.google.com';
const LIFETIME_SECONDS = 3600;
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

  private key(): Promise<Key> {
    this.cachedKey ??= createKey();
    return this.cachedKey;
  }

  /**
   * A token that is valid for an hour.
   *
   * @param now milliseconds. @default - real time, also when the sandbox's clock was advanced: a server of the
   *   user's own verifies it by real time
   */
  async sign(subject: Subject, audience: string, now = Date.now()): Promise<string> {
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
    const { jwtVerify } = await import('jose');
    const key = await this.key();
    try {
      const { payload } = await jwtVerify(token, key.public, {
        algorithms: [ALGORITHM],
        issuer: [ISSUER, 'accounts.google.com'],
        audience: [...audiences],
        requiredClaims: ['exp', 'email'],
      });
      return { kind: 'valid', email: String(payload.email) };
    } catch (error) {
      return { kind: 'invalid', why: error instanceof Error ? error.message : String(error) };
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
