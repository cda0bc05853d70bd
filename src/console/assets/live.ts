/**
 * The console's only script. It refreshes the parts marked `data-live` from the page itself: every two seconds, slower
 * while nothing changes, not while the page is hidden, and not once the server no longer marks them.
 */
export const LIVE_SCRIPT = `"use strict";
(() => {
  let wait = 2000;
  const live = () => [...document.querySelectorAll("[data-live][id]")];
  const later = () => { if (live().length > 0) setTimeout(refresh, wait); };
  const refresh = async () => {
    if (document.hidden) return later();
    let changed = false;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (answer.ok && !answer.redirected) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const part of live()) {
          const next = page.getElementById(part.id);
          if (!next || next.outerHTML === part.outerHTML || part.contains(document.activeElement)) continue;
          part.replaceWith(next);
          changed = true;
        }
      }
    } catch (error) {
      console.warn("refreshing failed", error);
    }
    wait = changed ? 2000 : Math.min(wait * 1.5, 10000);
    later();
  };
  later();
})();
`;
