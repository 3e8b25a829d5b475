/* Comfort for the plain pages. Each module adds to what works without it. */

import "./copy.js";
import "./decide.js";
import "./drop.js";
import "./filter.js";
import "./menu.js";
import "./tabs.js";
import "./tick.js";
import "./watch.js";
