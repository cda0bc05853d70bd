import { ConfirmFirmPage } from "../console/pages/confirm-firm/confirm-firm-page.tsx";
import { registerConsole } from "../console/routes.tsx";
import { createApi } from "./api.ts";

/** Everything that is answered over HTTP: the API and the console. */
export function createApp() {
  const app = createApi({ confirmFirm: ConfirmFirmPage });
  registerConsole(app);
  return app;
}
