"""How alike two texts are, estimated from sketches: the smallest hashes of their shingles.

Bottom-k sketches: Broder 1997, "On the resemblance and containment of documents".
"""

from __future__ import annotations

import re
from heapq import nsmallest
from zlib import crc32

SHINGLE = 5
"""Words of one shingle."""
SKETCH = 128
"""Hashes that are kept of a text."""

# Chinese and Japanese characters stand for themselves: their words have no blanks between them.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff]+"
)


def sketched(text: str) -> tuple[int, ...]:
    """Return the smallest hashes of a text's shingles, ascending; of a short text, of its words."""
    words = WORD.findall(text.lower())
    size = min(SHINGLE, max(len(words), 1))
    shingles = {" ".join(words[at : at + size]) for at in range(len(words) - size + 1)}
    return tuple(nsmallest(SKETCH, {_hash(each) for each in shingles}))


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Estimate the Jaccard coefficient of two texts' shingles from their sketches."""
    union = nsmallest(SKETCH, set(one) | set(other))
    both = set(one) & set(other)
    return sum(each in both for each in union) / len(union) if union else 0.0


def _hash(shingle: str) -> int:
    # Mixed by a multiplication, because a checksum alone is linear; a real hash would take five times as long.
    return crc32(shingle.encode()) * 0x9E3779B1 & 0xFFFFFFFF
