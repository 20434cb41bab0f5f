import { createHash } from 'node:crypto';
import { formatTime } from './html/format';
import { html, Html } from './html/html';
import { legend } from './html/legend';
import { stageInHtml } from './html/stage';
import { statusesOf } from './html/status';
import { STYLES } from './html/styles';
import type { PageInput } from './input';

/** What a page that is served has, and a file has not. */
export interface LivePart {
  /** Shown above everything else. */
  readonly controls: Html;
  /** Trusted code. */
  readonly script: string;
}

/**
 * A page as one HTML document that needs nothing else: no network and, without a live part, no
 * script, which its content security policy forbids.
 */
export function renderPage(input: PageInput, live?: LivePart): string {
  const { title, now, timeZone, stages, footer } = input;
  const ids = stages.map((_, index) => `stage-${index + 1}`);
  return html`${new Html('<!doctype html>')}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${contentSecurityPolicy(live?.script)}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${asIs('style', STYLES)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the jobs</a>
        <div class="page">
          <header>
            <h1>${title}</h1>
            <p class="muted" id="as-of">
              As of <time datetime="${now.toISOString()}">${formatTime(timeZone, now)}</time>. Days
              are in ${timeZone}; a job's times are in its own time zone.
            </p>
            ${live?.controls}
          </header>
          ${stages.length < 2 ? undefined : navigation(stages, ids)}
          <main id="main">
            ${legend()} ${stages.map((stage, index) => stageInHtml(stage, input, ids[index] ?? ''))}
          </main>
          <footer><p>${footer}</p></footer>
        </div>
        ${live === undefined ? undefined : asIs('script', live.script)}
      </body>
    </html> `.text;
}

function navigation(stages: PageInput['stages'], ids: readonly string[]): Html {
  return html`<nav aria-label="Stages">
    <ul>
      ${stages.map(
        (stage, index) =>
          html`<li>
            <a href="#${ids[index]}"
              >${stage.name}
              ${statusesOf(stage).map(
                ({ text, tone }) => html`<span class="badge ${tone}">${text}</span> `,
              )}</a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}

/** The hash in the security policy is of the exact text. */
function asIs(element: 'style' | 'script', text: string): Html {
  return new Html(`<${element}>${text}</${element}>`);
}

/** Allows the page's own style, its own script, and calls of its own server if it has a script. */
export function contentSecurityPolicy(script?: string): string {
  const rules = ["default-src 'none'", `style-src '${hashOf(STYLES)}'`, "base-uri 'none'"];
  if (script === undefined) return [...rules, "form-action 'none'"].join('; ');
  return [...rules, `script-src '${hashOf(script)}'`, "connect-src 'self'"].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
