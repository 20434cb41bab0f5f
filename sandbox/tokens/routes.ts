import type { FastifyInstance } from 'fastify';
import type { Tokens } from './tokens';

/** The public keys, at the paths of https://www.googleapis.com. */
export function tokenRoutes(app: FastifyInstance, tokens: Tokens): void {
  app.get('/oauth2/v1/certs', () => tokens.certificates());
  app.get('/oauth2/v3/certs', () => tokens.keySet());
}
