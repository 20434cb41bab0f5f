import type { PlanBlock, PlanInput } from '../input';
import { html, type Html } from './html';
import { tableOf } from './table';

/** What the next deploy would change. */
export function planInHtml({ passed, blocks }: PlanInput): Html {
  return html`<p>
      <span class="badge ${passed ? 'good' : 'bad'}">${passed ? 'passes' : 'fails'} review</span>
    </p>
    ${blocks.map(blockInHtml)}`;
}

function blockInHtml(block: PlanBlock): Html {
  switch (block.kind) {
    case 'title':
      return html`<h4>${block.text}</h4>`;
    case 'paragraph':
      return html`<p>${block.text}</p>`;
    case 'preformatted':
      // A narrow screen scrolls it, which needs the keyboard's focus.
      return html`<pre tabindex="0">${block.text}</pre>`;
    case 'list':
      return html`<ul>
        ${block.items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
    case 'table':
      return tableOf(
        'What changes',
        block.head.map((title, index) => ({ title, isHeader: index === 0 })),
        block.rows.map((row) => row.map((text) => html`<span class="lines">${text}</span>`)),
      );
  }
}
