// Every page: how it is lit, what waits on this phone, and the app itself.

import "./theme.js";
import "./waiting-nights.js";
import "./leaving.js";
import "./app-update.js";
