// Our server's word that a page is not open to the person any more (core/web/closed.py). A status alone is nobody's word:
// a gateway and a page of maintenance answer 401, 403 and 404 as well, and lead elsewhere.
const LOCKS = { refused: "refused", ended: "ended", stale: "signedOut", "signed-out": "signedOut" };

// "refused", "ended" or "signedOut"; undefined for a page that is open, and for whatever others answer.
export const lockOf = ({ headers }) => LOCKS[headers.get("X-Closed")];

// A redirect that a script does not follow tells nothing of where it leads, and a 401 nothing of who asks.
export const maySignOut = ({ type, status }) => type === "opaqueredirect" || status === 401;

// Whether the page itself is closed to the person, where a part of it was. Rejects where our server does not say.
export async function isPageClosed(signal) {
  const page = location.pathname + location.search;
  const reply = await fetch(page, { method: "HEAD", redirect: "manual", cache: "no-store", signal });
  if (!reply.ok && !lockOf(reply)) throw new Error("not our server's word");
  return Boolean(lockOf(reply));
}

// The page is asked for once more: what comes in the end must be our own sign-in.
export async function isSignedOut() {
  const reply = await fetch(location.pathname + location.search, { method: "HEAD", cache: "no-store" });
  return lockOf(reply) === "signedOut";
}
