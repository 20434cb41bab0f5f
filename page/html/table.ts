import { html, type Html } from './html';

export interface Column {
  readonly title: string;
  /** Whether its cells are the headers of their rows. @default false */
  readonly isHeader?: boolean;
}

/**
 * A table. On a narrow screen each row is a card, which changes how its elements are displayed; the
 * roles keep it a table for screen readers.
 */
export function tableOf(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Html[])[],
): Html {
  return html`<table role="table">
    <caption class="hidden">
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(({ title }) => html`<th scope="col" role="columnheader">${title}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (cells) =>
          html`<tr role="row">
            ${cells.map((cell, index) => {
              const { title = '', isHeader = false } = columns[index] ?? {};
              return isHeader
                ? html`<th scope="row" role="rowheader">${cell}</th>`
                : html`<td role="cell" data-label="${title}"><div>${cell}</div></td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
