/** The pages come alive where a course serves them, and only there; what the theme lacks is mended everywhere. */

import { alive } from "./alive";
import { Key } from "./key";
import { LocalServer } from "./local";
import { mend } from "./mend";
import { LivePage } from "./page";
import { searchNumbers } from "./search";
import { StatusLine } from "./status";

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
