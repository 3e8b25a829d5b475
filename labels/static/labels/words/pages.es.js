globalThis.galleyWords = {"Copied": "Copiado", "Copy": "Copiar", "Press Ctrl+C": "Pulse Ctrl+C", "all on this page": "todos los de esta página"};
