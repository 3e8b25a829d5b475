"""What an export is, as a sample shows it: a zip as a listing of its files, a table of columns as its rows."""

from __future__ import annotations

import io
import json
import zipfile

import spacy
from pyarrow import parquet
from spacy.tokens import DocBin


def shown(data: bytes) -> str:
    """Return a file's text, or those of the files of a zip, `==> name <==` before each."""
    if data.startswith(b"PAR1"):
        return rows(data)
    if not data.startswith(b"PK\x03\x04"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(each, _text(each, archive.read(each))) for each in archive.namelist()]
    return "".join(
        f"==> {name} <==\n{text}" + ("" if text.endswith("\n") else "\n") for name, text in files
    )


def rows(data: bytes) -> str:
    """Return the rows of a Parquet file, a line of JSON for each."""
    found = parquet.read_table(io.BytesIO(data)).to_pylist()
    return "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in found
    )


def _text(name: str, data: bytes) -> str:
    if name.endswith(".parquet"):
        return rows(data)
    return documents(data) if name.endswith(".spacy") else data.decode()


def documents(data: bytes) -> str:
    """Return the documents of a file of spaCy's, a line of JSON for each."""
    found = DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab)
    return "".join(
        json.dumps(
            {
                "words": [each.text for each in document],
                "blanks": "".join("1" if each.whitespace_ else "0" for each in document),
                "spans": [[x.start, x.end, x.label_, x.id_] for x in document.spans.get("sc", ())],
                "ents": [[x.start, x.end, x.label_] for x in document.ents],
                "user_data": document.user_data,
            },
            ensure_ascii=False,
        )
        + "\n"
        for document in found
    )
