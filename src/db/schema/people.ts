import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The portal's end users. `version` also rises when only the links to the contact changed. */
export const contacts = sqliteTable(
  "contacts",
  {
    org_id: text().notNull(),
    client_id: integer().notNull(),
    kind: text({ enum: ["client", "lead"] }).notNull(),
    first_name: text(),
    last_name: text(),
    group_name: text(),
    email: text(),
    /** E.164, or null when `phone_raw` does not parse. */
    phone: text(),
    phone_raw: text(),
    phone_source: text({ enum: ["cell", "work", "home"] }),
    birthdate: text(),
    reachable: integer({ mode: "boolean" }).notNull(),
    archived: integer({ mode: "boolean" }).notNull(),
    /** When the last link to it went; null while anything links to it. */
    unlinked_at: text(),
    synced_at: text().notNull(),
    deleted_at: text(),
    version: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.client_id] })],
);

/** The firm's staff on pulled cases. `visibility_override` is the org's own and can only hide (R7). */
export const teamMembers = sqliteTable(
  "team_members",
  {
    org_id: text().notNull(),
    staff_id: integer().notNull(),
    first_name: text(),
    last_name: text(),
    title: text(),
    email: text(),
    phone: text(),
    phone_raw: text(),
    phone_source: text({ enum: ["cell", "work", "home"] }),
    active: integer({ mode: "boolean" }).notNull(),
    role: text(),
    visible: integer({ mode: "boolean" }).notNull(),
    visibility_override: text({ enum: ["hidden"] }),
    synced_at: text().notNull(),
    version: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.org_id, t.staff_id] })],
);

/** Potential clients: MyCase's lead objects (`lead`) and cases that the lead rule claims (`case`). */
export const leads = sqliteTable(
  "leads",
  {
    org_id: text().notNull(),
    source: text({ enum: ["lead", "case"] }).notNull(),
    source_id: integer().notNull(),
    contact_id: integer(),
    first_name: text(),
    last_name: text(),
    email: text(),
    phone: text(),
    phone_raw: text(),
    status: text(),
    synced_at: text().notNull(),
    deleted_at: text(),
    version: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.org_id, t.source, t.source_id] }),
    index("leads_by_contact").on(t.org_id, t.contact_id),
  ],
);
