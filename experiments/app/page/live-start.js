// The page with a server behind it.

import { live } from "./live.js";
import { begin } from "./main.js";

begin(live);
