import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";
import { writeEnvFile } from "../../scripts/dev-vars.ts";
import { freePort } from "../../scripts/free-port.ts";
import { setUpDemo } from "../../scripts/set-up-demo.ts";
import { startWorker, untilReady } from "../../scripts/wrangler.ts";
import { type RunningSimulator, serveSimulator } from "../../simulator/server.ts";

export interface RunningDemo {
  url: string;
  adminKey: string;
  simulator: RunningSimulator;
  browser: Browser;
  close(): Promise<void>;
}

/** The whole product as a user starts it, on free ports and in a folder of its own, with a browser beside it. */
export async function startDemo(cases: number): Promise<RunningDemo> {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  const simulator = await serveSimulator({ port: 0, cases });
  const port = await freePort(0);
  const adminKey = "browser-test-admin-key";
  writeEnvFile(join(folder, "env"), {
    MYCASE_API_URL: `${simulator.url}/v1`,
    MYCASE_AUTH_URL: simulator.url,
    MYCASE_CLIENT_ID: "demo-client",
    MYCASE_CLIENT_SECRET: "demo-secret",
    ADMIN_API_KEY: adminKey,
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  });
  const lines: string[] = [];
  const worker = await startWorker({
    port,
    persistTo: folder,
    envFile: join(folder, "env"),
    onLine: (line) => lines.push(line),
  });
  const close = async (browser?: Browser) => {
    await browser?.close();
    await worker.stop();
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(worker.url, worker);
    await setUpDemo({ url: worker.url, adminKey });
    const browser = await openBrowser();
    return { url: worker.url, adminKey, simulator, browser, close: () => close(browser) };
  } catch (error) {
    console.error(lines.slice(-20).join("\n"));
    await close();
    throw error;
  }
}

async function openBrowser(): Promise<Browser> {
  const quiet = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ];
  return driver.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args, ...quiet],
    headless: true,
  });
}
