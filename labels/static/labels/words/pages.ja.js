globalThis.galleyWords = {"Copied": "コピーしました", "Copy": "コピー", "Press Ctrl+C": "Ctrl+C を押してください", "all on this page": "このページのすべて"};
