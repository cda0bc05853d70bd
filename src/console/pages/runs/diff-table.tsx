import { Table } from "../../table.tsx";
import { type RunView, waitingChanges } from "./view.ts";

/** What a held run or a new mapping would change: counts, with a few examples each. */
export function DiffTable({ diff, samples }: Pick<RunView, "diff" | "samples">) {
  const changes = waitingChanges({ diff, samples });
  if (changes.length === 0) return <p>Nothing would change.</p>;
  return (
    <Table label="What would change" columns={["What would change", "How many", "For example"]}>
      {changes.map(({ name, count, samples: examples }) => (
        <tr>
          <td>{name}</td>
          <td>{count}</td>
          <td class="soft">{examples.map((sample) => sample.name ?? "no name").join(", ")}</td>
        </tr>
      ))}
    </Table>
  );
}
