// What improves the pages where scripts run; every page works without it.
// Nothing typed is ever stored: it lives in the page and goes to the server only.
import { startApp } from "./site/app.js";
import { startAutosave } from "./site/autosave.js";
import { startConditions } from "./site/conditions.js";
import { startDoors } from "./site/doors.js";
import { startFiles } from "./site/files.js";
import { startLeaving } from "./site/leaving.js";
import { startOnce } from "./site/once.js";
import { startPasswords } from "./site/passwords.js";
import { startSession } from "./site/session.js";

document.documentElement.classList.add("js");

const forms = [...document.querySelectorAll("form[data-autosave]")].map(startAutosave);
startConditions();
startDoors();
startFiles();
startLeaving();
startOnce();
startPasswords();
startSession(forms);
startApp(forms);

// The summary of errors is where the reader goes on after a refused form.
document.querySelector("[data-focus]")?.focus();
