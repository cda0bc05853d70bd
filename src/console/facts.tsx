import type { Child } from "hono/jsx";

/** Names and values of one thing, one below the other. */
export function Facts({ facts }: { facts: [name: string, value: Child][] }) {
  return (
    <table>
      <tbody>
        {facts.map(([name, value]) => (
          <tr>
            <th scope="row">{name}</th>
            <td>{value ?? "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
