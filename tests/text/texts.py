"""Odd texts for property tests: what news holds beyond ASCII, and what breaks careless counting."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "Ruiz said ",
    "“Taxes fell 5%,” ",
    "🗳️",
    "👨‍👩‍👧‍👦",
    "👩🏽‍🚒",
    "🇯🇵",
    "🇰🇷🇺",
    "Zoe\u0308",
    "Zo\u00eb",
    "a\u0301\u0323",
    "قال \u2067Ruiz\u2069",
    "東京𠮷野家",
    "\u1112\u1161\u11ab",
    "한글",
    "क्षत्रिय",
    "क\u093e\u094dक",
    "กำลัง",
    "\u2028",
    "\u2029",
    "\u0085",
    "\u000b",
    "\u000c",
    "\ufeff",
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u0600",
    "𝒳",
    " ",
    "\n",
    "\n\n",
    ".",
)

texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80)
"""Texts without lone surrogates; they may be empty or blank, and may hold NUL or CR."""

kept_texts = texts.map(lambda text: "x" + text.replace("\0", "").replace("\r", "\n"))
"""Texts that are in canonical form."""
