// Before all other scripts: the one policy by which text may become part of a page (the server says that it must).
// It takes HTML, which comes from our own pages alone: the page's policy keeps scripts and handlers in it from running.
// It makes no script and no address of a script, so that nothing turns text into code.
globalThis.trustedTypes?.createPolicy("default", { createHTML: (html) => html });
