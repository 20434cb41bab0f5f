import { contentSecurityPolicy, renderPage } from '@scheduled-jobs/page/render-page';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../apis/context';
import { controls } from './controls';
import { pageInput } from './page-input';
import { SCRIPT } from './script';

/** The page at `/`. Its buttons call the sandbox's own routes, which refuse other origins. */
export function statusPage(app: FastifyInstance, context: Context): void {
  app.get('/', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', `${contentSecurityPolicy(SCRIPT)}; frame-ancestors 'none'`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store')
      .send(renderPage(pageInput(context), { controls: controls(context.world), script: SCRIPT })),
  );
}
