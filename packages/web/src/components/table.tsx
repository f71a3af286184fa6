import type { Child } from "hono/jsx";

/** One column of a table. */
export interface TableColumn {
  readonly heading: Child;
  /** Set to the right with figures that line up. */
  readonly numeric?: boolean;
}

interface TableProps {
  /** Unique on the page: names the table for the region that scrolls. */
  readonly id: string;
  readonly caption: Child;
  /** True where the heading above says the same. */
  readonly captionHidden?: boolean;
  readonly columns: readonly TableColumn[];
  /** The first cell of each row is its heading. */
  readonly rows: readonly (readonly Child[])[];
}

/** A table whose first column heads its rows. On a narrow screen it scrolls by itself, by keyboard too. */
export function Table({ id, caption, captionHidden, columns, rows }: TableProps) {
  const numeric = (index: number, name: string) =>
    columns[index]?.numeric ? `${name} ${name}--numeric` : name;
  return (
    <section class="table-region" aria-labelledby={`${id}-caption`} tabindex={0}>
      <table class="nhsuk-table" id={id}>
        <caption
          id={`${id}-caption`}
          class={
            captionHidden
              ? "nhsuk-u-visually-hidden"
              : "nhsuk-table__caption nhsuk-table__caption--s"
          }
        >
          {caption}
        </caption>
        <thead class="nhsuk-table__head">
          <tr>
            {columns.map((column, index) => (
              <th scope="col" class={numeric(index, "nhsuk-table__header")}>
                {column.heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="nhsuk-table__body">
          {rows.map((cells) => (
            <tr class="nhsuk-table__row">
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th scope="row" class="nhsuk-table__header row-heading">
                    {cell}
                  </th>
                ) : (
                  <td class={numeric(index, "nhsuk-table__cell")}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
