const phases = [
  { key: "intake", name: "Getting started", values: ["Intake", "New"] },
  { key: "building", name: "Building your case", values: ["Investigation", "Treatment", "Discovery"] },
  {
    key: "resolving",
    name: "Working towards a result",
    values: ["Demand Sent", "Negotiation", "Litigation", "Mediation"],
  },
  { key: "closing", name: "Closing", values: ["Settlement", "Disbursement", "Closed - Paid"] },
];

/** The mapping of the demo's firm: every practice area of the simulator is a project type. */
export const DEMO_MAPPING = {
  fields: { project_type: { field: "practice_area" }, phase: { field: "case_stage" } },
  project_types: [
    { key: "injury", name: "Injury", values: ["Personal Injury", "Auto Accident", "Workers Compensation"], phases },
    { key: "family", name: "Family", values: ["Family Law"], phases },
    { key: "immigration", name: "Immigration", values: ["Immigration"], phases },
    { key: "defense", name: "Criminal defense", values: ["Criminal Defense"], phases },
    { key: "estate", name: "Estate planning", values: ["Estate Planning"], phases },
  ],
  contacts: { mode: "main", roles: [{ key: "client", name: "Client", groups: ["Client"] }] },
  team_roles: [
    { key: "attorney", name: "Your attorney", titles: ["Attorney", "Partner", "Associate Attorney"] },
    { key: "paralegal", name: "Your paralegal", titles: ["Paralegal"] },
  ],
};
