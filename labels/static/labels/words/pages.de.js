globalThis.galleyWords = {"Copied": "Kopiert", "Copy": "Kopieren", "Press Ctrl+C": "Strg+C drücken", "all on this page": "alle auf dieser Seite"};
