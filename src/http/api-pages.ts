import type { HtmlEscapedString } from "hono/utils/html";

/** Asks an administrator of the org to confirm the firm before its grant is accepted. */
export interface FirmToConfirm {
  org: { id: string; name: string };
  firm: { uuid: string; name: string | null };
  /** The sealed grant; it expires in ten minutes. */
  offer: string;
  refused: boolean;
}

/** The few pages that API addresses answer with. The console draws them, so that the API does not import it. */
export interface ApiPages {
  confirmFirm(view: FirmToConfirm): HtmlEscapedString | Promise<HtmlEscapedString>;
}
