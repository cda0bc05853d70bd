/** The parts of the API, in the order of the reference. */
export const TAGS = {
  Orgs: "Law firms, one tenant each.",
  "API keys": "Keys of an org, with scopes.",
  Connection: "Access to a firm's MyCase over OAuth.",
  Mapping: "How MyCase records become projects, contacts and roles, in versions.",
  Insight: "Why a case is or is not a project, the values seen, and where every case is counted.",
  Projects: "Cases as the portal shows them.",
  People: "Contacts, leads and team members.",
  Work: "Resyncs, runs and dead letters.",
  Changes: "Every change of a field, as a feed.",
  Webhooks: "MyCase's deliveries and their statistics.",
  Status: "Whether the service and an org are well.",
} as const;

export type Tag = keyof typeof TAGS;
