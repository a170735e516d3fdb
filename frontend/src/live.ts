/** The pages come alive where a course serves them, and only there. */

import { alive } from "./alive";
import { LocalServer } from "./local";
import { LivePage } from "./page";

if (alive(document.cookie)) new LivePage(new LocalServer(location.origin));
