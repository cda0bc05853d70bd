import type { Child } from "hono/jsx";

interface TableProps {
  /** Names the table for those who do not see it. */
  label: string;
  columns: string[];
  children: Child;
}

/** A table that scrolls by itself on a narrow screen, also by keyboard. */
export function Table({ label, columns, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>{columns.map((column) => (column === "" ? <td /> : <th scope="col">{column}</th>))}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
