/** The pages come alive where a course serves them, and only there; what the theme lacks is mended everywhere. */

import { alive } from "./alive";
import { LocalServer } from "./local";
import { mend } from "./mend";
import { LivePage } from "./page";

mend();
if (alive(document.cookie)) new LivePage(new LocalServer(location.origin));
