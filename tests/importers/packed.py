"""Files of spaCy's, made of texts and of what a sample shows."""

from __future__ import annotations

import json

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab


def documents(texts: list[str]) -> bytes:
    """Return a file of spaCy's with a document of one word for each text."""
    return DocBin(
        docs=[
            Doc(Vocab(), words=[each] if each else [], spaces=[False] if each else [])
            for each in texts
        ]
    ).to_bytes()


def shown_documents(sample: str) -> bytes:
    """Return the documents that a sample shows."""
    made = DocBin()
    for line in sample.splitlines():
        told = json.loads(line)
        blanks = [each == "1" for each in told["blanks"]]
        document = Doc(Vocab(), words=told["words"], spaces=blanks)
        document.spans["sc"] = [Span(document, *each) for each in told["spans"]]
        made.add(document)
    return made.to_bytes()
