import type { ContactRow } from "../../domain/rows.ts";
import type { ClientRecord } from "../../mycase/wire/client.ts";
import type { Context } from "../context.ts";
import type { ClientFacts } from "../facts.ts";
import { pickPhone } from "../phone.ts";
import { plainDate } from "../plain-date.ts";
import { presentText } from "../values.ts";

/** What links a client to anything, in this derivation's scope and elsewhere. */
export interface ContactLinkKinds {
  on_live_project: boolean;
  on_lead: boolean;
  on_other_project: boolean;
}

/** The row of a client who is linked or has a row; null for anyone else (R27, R30-R35, R41, D14). */
export function deriveContact(context: Context, facts: ClientFacts, linkKinds: ContactLinkKinds): ContactRow | null {
  const { client_id, mirror, previous } = facts;
  const linked = linkKinds.on_live_project || linkKinds.on_lead || linkKinds.on_other_project;
  if (previous === null && !linked) return null;
  const standing = {
    // A person on a live project is a client even if also on a lead.
    kind: linkKinds.on_lead && !linkKinds.on_live_project ? ("lead" as const) : ("client" as const),
    unlinked_at: linked ? null : (previous?.unlinked_at ?? context.now),
  };
  const record = mirror?.record ?? null;
  if (mirror?.state === "deleted") {
    const contact = previous ?? (record === null ? null : readPerson(context, client_id, record));
    const deletedAt = mirror.deleted_at ?? previous?.deleted_at ?? context.now;
    return contact === null ? null : { ...contact, ...standing, deleted_at: deletedAt };
  }
  const contact = record === null ? previous : readPerson(context, client_id, record);
  return contact === null ? null : { ...contact, ...standing };
}

function readPerson(context: Context, clientId: number, record: ClientRecord): ContactRow {
  const email = presentText(record.email);
  const phone = pickPhone(record, context.mapping.phoneOrder, context.config.country);
  const groups = context.config.groups;
  return {
    client_id: clientId,
    kind: "client",
    first_name: presentText(record.first_name),
    last_name: presentText(record.last_name),
    group_name: record.people_group === null ? null : (groups.get(record.people_group) ?? null),
    email,
    ...phone,
    birthdate: plainDate(record.birthdate),
    reachable: email !== null || phone.phone !== null,
    archived: record.archived,
    unlinked_at: null,
    deleted_at: null,
  };
}
