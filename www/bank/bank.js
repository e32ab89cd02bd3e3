// What every page of the bank shares. Each part minds its own elements only.
import { applyTexts } from "./js/texts.js";
import { watchLanguageLinks } from "./js/languages.js";
import { watchConsent } from "./js/consent.js";
import { watchMenu } from "./js/menu.js";

applyTexts();
watchLanguageLinks();
watchConsent();
watchMenu();
