// Start the editor: its configuration is collections.json, its format of files front-matter.js.

import { portraitFormat } from "./front-matter.js";

window.CMS_MANUAL_INIT = true; // before the editor is loaded, which otherwise starts by itself
const { init, registerCustomFormat } = await import("./sveltia/index.js");

const answer = await fetch("collections.json", { cache: "no-cache" });
const { editor, formats, ...forms } = await answer.json();
for (const [name, extension] of Object.entries(formats)) {
  registerCustomFormat(name, extension, portraitFormat(forms));
}
init({ config: editor });
