// The pages of nights: the form and all that helps to fill it in.

import "./app.js";
import "./number-pad.js";
import "./phone-zone.js";
import "./night-form.js";
import "./calm-mode.js";
