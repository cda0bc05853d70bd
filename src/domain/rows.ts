import type * as schema from "../db/schema/index.ts";

/** A row as the mapping makes it: every synced column, without the org and the stamps of its write. */
type Synced<Row> = Omit<Row, "org_id" | "version" | "synced_at">;

/** What a project's row tells of where it comes from; it changes without an entry in the ledger. */
export type ProjectMetadata = Pick<typeof schema.projects.$inferSelect, "mapping_version" | "mycase_updated_at">;

export type ProjectRow = Omit<Synced<typeof schema.projects.$inferSelect>, keyof ProjectMetadata>;
export type ContactRow = Synced<typeof schema.contacts.$inferSelect>;
export type TeamMemberRow = Synced<typeof schema.teamMembers.$inferSelect>;
export type LeadRow = Synced<typeof schema.leads.$inferSelect>;

/** A client linked to a project, and a member of its team; the project is implied. */
export type ContactLink = Omit<Synced<typeof schema.projectContacts.$inferSelect>, "case_id">;
export type TeamLink = Omit<Synced<typeof schema.projectTeamMembers.$inferSelect>, "case_id">;

export type MainContactReason = ProjectRow["main_contact_reason"];
export type PhoneSource = NonNullable<ContactRow["phone_source"]>;
