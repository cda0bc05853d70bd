import { expect, test } from "vitest";
import { ask } from "../support/api.ts";
import { onlyRow, plainCase, smallFirm } from "../support/firm.ts";
import { complete } from "../support/runs.ts";
import { MAPPING, type World } from "../support/world.ts";
import { logIn } from "./support/browse.ts";

/** A poll that would unmap half of ten projects, held by the blast guard. */
async function heldPoll(): Promise<{ world: World; id: string }> {
  const world = await smallFirm();
  for (let id = 101; id < 110; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  const blast_guard = { max_share: 0.2, min_projects: 5 };
  await ask(world, "PUT", `/v1/orgs/${world.org}/mapping`, { body: { ...MAPPING, blast_guard } });
  await complete(world, "poll");
  for (let id = 100; id < 105; id++)
    world.simulator.edit.update("cases", id, { practice_area: "Renamed area" }, { silent: true });
  const { id, state } = await complete(world, "poll");
  expect(state).toBe("held");
  return { world, id };
}

const stateOf = async (world: World, id: string) =>
  (await world.rows("runs")).find((run) => run.id === id)?.state as string;

test("the runs page shows what a held run would change, and approving it there applies it", async () => {
  const { world, id } = await heldPoll();
  const browser = await logIn(world, "admin");
  const { text } = await browser.get(`/console/orgs/${world.org}/runs`);
  expect(text).toContain("type not mapped</td><td>5</td>");
  expect(await browser.post(`/console/orgs/${world.org}/runs/${id}/approve`)).toMatchObject({ status: 303 });
  await world.drain();
  expect(await stateOf(world, id)).toBe("succeeded");
});

test("a held run can be cancelled with the scope sync and not approved, as over the API", async () => {
  const { world, id } = await heldPoll();
  const browser = await logIn(world, "sync");
  expect((await browser.get(`/console/orgs/${world.org}/runs`)).text).not.toContain("/approve");
  expect((await browser.post(`/console/orgs/${world.org}/runs/${id}/approve`)).status).toBe(403);
  expect((await browser.post(`/console/orgs/${world.org}/runs/${id}/cancel`)).status).toBe(303);
  expect(await stateOf(world, id)).toBe("cancelled");
});

test("refusals are pages in words: unknown pages, other orgs, missing scopes, forms of other sites", async () => {
  const [world, other] = [await smallFirm(), await smallFirm()];
  const browser = await logIn(world, "read");
  const base = `/console/orgs/${world.org}`;
  const answers = [
    await browser.get(`${base}/no-such-page`),
    await browser.get(`/console/orgs/${other.org}`),
    await browser.get(`${base}/projects/abc`),
    await browser.get(`${base}/projects?cursor=broken`),
    await browser.post(`${base}/runs`),
    await browser.post(`${base}/runs`, { origin: "https://other.test" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 400, 403, 403]);
  for (const { text } of answers) {
    expect(text).toContain("<!doctype html>");
    expect(text).not.toContain("urn:mycase-sync");
  }
});

test("a poll asked for in the console says that MyCase is not connected, as the API does", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "sync");
  await ask(world, "DELETE", `/v1/orgs/${world.org}/connection`);
  const refused = await browser.post(`/console/orgs/${world.org}/runs`);
  expect(refused.status).toBe(409);
  expect(refused.text).toContain("no connection to MyCase");
});

test("dead letters are listed with their reason and tried again from their page", async () => {
  const world = await smallFirm();
  world.simulator.edit.create(
    "cases",
    { ...plainCase(101), name: { odd: true } as unknown as string },
    { silent: true },
  );
  await complete(world, "poll");
  const browser = await logIn(world, "sync");
  const { text } = await browser.get(`/console/orgs/${world.org}/dead-letters`);
  expect(text).toContain("malformed");
  const action = /action="([^"]+\/replay)"/.exec(text)?.[1] ?? "";
  expect((await browser.post(action)).status).toBe(303);
});

test("the second page of projects keeps the search that the first one had", async () => {
  const world = await smallFirm();
  for (let id = 101; id <= 152; id++) world.simulator.edit.create("cases", plainCase(id), { silent: true });
  await complete(world, "poll");
  const browser = await logIn(world, "read");
  const { text } = await browser.get(`/console/orgs/${world.org}/projects?q=Case&type=injury`);
  const next = /href="([^"]+)">Next page/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect(next).toContain("q=Case&type=injury");
  expect((await browser.get(next)).text).toContain("Case 152");
});

test("contacts, leads and team members are listed, filtered, and each shows its projects", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "admin");
  const base = `/console/orgs/${world.org}`;
  expect((await browser.get(`${base}/contacts?kind=client`)).text).toContain("Ada Byron");
  expect((await browser.get(`${base}/contacts/1`)).text).toContain(`/projects/${world.caseId}`);
  expect((await browser.get(`${base}/leads`)).text).toContain("No such leads");
  expect((await browser.get(`${base}/team?visible=false`)).text).not.toContain("Sam Stone");
  const form: [string, string][] = [
    ["override", "hidden"],
    ["back", "/team/11"],
  ];
  expect((await browser.post(`${base}/team/11/visibility`, { form })).status).toBe(303);
  expect((await browser.get(`${base}/team/11`)).text).toContain("hidden here");
});

test("a contact is pinned and unpinned from the page of its case", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "admin");
  const page = `/console/orgs/${world.org}/projects/${world.caseId}`;
  await browser.post(`${page}/main-contact`, { form: [["client_id", "2"]] });
  expect((await onlyRow(world, "projects")).main_contact_id).toBe(2);
  expect((await browser.get(page)).text).toContain("Unpin");
  await browser.post(`${page}/main-contact`, { form: [["client_id", ""]] });
  expect((await onlyRow(world, "projects")).main_contact_id).toBe(1);
  expect((await browser.post(`${page}/main-contact`, { form: [["client_id", "9"]] })).status).toBe(422);
});

test("a name is searched among cases, clients and staff; a person on no case is shown as such", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "read");
  const search = (q: string) => browser.get(`/console/orgs/${world.org}/explain?q=${encodeURIComponent(q)}`);
  expect((await search("byron")).text).toContain(`/projects/${world.caseId}`);
  expect((await search("Stone")).text).toContain(`/projects/${world.caseId}`);
  expect((await search("Pat Reed")).text).toContain("Is on no case that MyCase shows");
  expect((await search("N-100")).status).toBe(302);
  expect((await search("nobody <b>")).text).toContain("nobody &lt;b&gt;");
});

test("settings are changed, a key is shown once and revoked, and only the admin key deletes an org, by its name", async () => {
  const world = await smallFirm();
  const browser = await logIn(world, "admin");
  const base = `/console/orgs/${world.org}`;
  const fields = { name: "Byron & Clark", timezone: "America/Chicago", default_country: "US" };
  const settings = Object.entries(fields);
  expect((await browser.post(`${base}/settings`, { form: settings })).status).toBe(303);
  expect((await ask(world, "GET", `/v1/orgs/${world.org}`)).body).toMatchObject(fields);
  const wrong = [...settings, ["timezone", "Mars/Base"] as [string, string]];
  expect((await browser.post(`${base}/settings`, { form: wrong })).status).toBe(400);
  const key: [string, string][] = [
    ["name", "portal"],
    ["scopes", "read"],
  ];
  const { text } = await browser.post(`${base}/keys`, { form: key });
  const shown = /<code>([^<]+)<\/code>/.exec(text)?.[1] ?? "";
  const used = () => ask(world, "GET", `/v1/orgs/${world.org}`, { key: shown });
  expect((await used()).status).toBe(200);
  const page = (await browser.get(`${base}/settings`)).text;
  expect(page).not.toContain(shown);
  for (const [, path] of page.matchAll(
    /action="([^"]+\/revoke)"[^>]*>\s*<button[^>]*>Revoke<span class="hidden"> portal/g,
  ))
    await browser.post(String(path));
  expect((await used()).status).toBe(401);
  expect((await browser.post(`${base}/delete`, { form: [["confirm", world.org]] })).status).toBe(403);
});
