import {
  exportJWK,
  importPKCS8,
  importX509,
  jwtVerify,
  SignJWT,
  type JWK,
  type CryptoKey,
} from 'jose';
import { createHash } from 'node:crypto';
import { generate } from 'selfsigned';

export const ISSUER = 'https://accounts.google.com';
const LIFETIME_SECONDS = 3600;
const ALGORITHM = 'RS256';

/** Whom a token speaks for. */
export interface Subject {
  readonly email: string;
  readonly uniqueId: string;
}

export type Verification =
  | { readonly kind: 'valid'; readonly email: string }
  | { readonly kind: 'invalid'; readonly why: string };

/**
 * Signs OIDC tokens as Google signs them for Cloud Scheduler, and publishes the key in the two
 * forms that Google does. The key lives as long as the process.
 */
export class Tokens {
  private constructor(
    private readonly privateKey: CryptoKey,
    private readonly publicKey: CryptoKey,
    private readonly jwk: JWK,
    private readonly pem: string,
    private readonly keyId: string,
  ) {}

  static async create(): Promise<Tokens> {
    const { private: privatePem, cert } = await generate(
      [{ name: 'commonName', value: 'federated-signon.system.gserviceaccount.com' }],
      { keySize: 2048, algorithm: 'sha256' },
    );
    const keyId = createHash('sha1').update(cert).digest('hex');
    const publicKey = await importX509(cert, ALGORITHM, { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: keyId, alg: ALGORITHM, use: 'sig' };
    return new Tokens(await importPKCS8(privatePem, ALGORITHM), publicKey, jwk, cert, keyId);
  }

  /** A token for an hour from `now` (milliseconds) on. */
  async sign(subject: Subject, audience: string, now: number): Promise<string> {
    const issuedAt = Math.floor(now / 1000);
    return new SignJWT({ azp: subject.uniqueId, email: subject.email, email_verified: true })
      .setProtectedHeader({ alg: ALGORITHM, kid: this.keyId, typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(subject.uniqueId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_SECONDS)
      .sign(this.privateKey);
  }

  /** Signature, issuer, expiry, and one of the audiences. */
  async verify(token: string, audiences: readonly string[], now: number): Promise<Verification> {
    try {
      const { payload } = await jwtVerify(token, this.publicKey, {
        algorithms: [ALGORITHM],
        issuer: [ISSUER, 'accounts.google.com'],
        audience: [...audiences],
        currentDate: new Date(now),
        requiredClaims: ['exp', 'email'],
      });
      return { kind: 'valid', email: String(payload.email) };
    } catch (error) {
      return { kind: 'invalid', why: error instanceof Error ? error.message : String(error) };
    }
  }

  /** As at https://www.googleapis.com/oauth2/v1/certs: key ids, each with its certificate. */
  certificates(): Record<string, string> {
    return { [this.keyId]: this.pem };
  }

  /** As at https://www.googleapis.com/oauth2/v3/certs. */
  keySet(): { keys: JWK[] } {
    return { keys: [this.jwk] };
  }
}
