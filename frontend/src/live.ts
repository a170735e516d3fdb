/** The pages come alive where a course serves them, and only there; what the theme lacks is mended everywhere. */

import { Key } from "./connection/access-key";
import { LocalServer } from "./connection/client";
import { LivePage } from "./page";
import { alive } from "./page/alive";
import { mend } from "./page/mend";
import { searchNumbers } from "./page/search";
import { StatusLine } from "./page/status-line";

mend();
searchNumbers();
const served = document.querySelector<HTMLMetaElement>('meta[name="workshop-course"]')?.content;
if (alive(served, location.origin)) void begin(new Key(location.origin));

/** A browser that was let in gets the course; any other hears why these pages are not alive. */
async function begin(key: Key): Promise<void> {
  await key.enter();
  if (key.word) {
    new LivePage(new LocalServer(location.origin, key));
  } else {
    new StatusLine().show("shut");
    key.onChange(() => location.reload());
  }
}
