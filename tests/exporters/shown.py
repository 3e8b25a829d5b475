"""What an export is, as a sample shows it: a zip as a listing of its files, a table of columns as its rows."""

from __future__ import annotations

import io
import json
import zipfile

from pyarrow import parquet


def shown(data: bytes) -> str:
    """Return a file's text, or those of the files of a zip, `==> name <==` before each."""
    if data.startswith(b"PAR1"):
        return rows(data)
    if not data.startswith(b"PK\x03\x04"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(each, archive.read(each).decode()) for each in archive.namelist()]
    return "".join(
        f"==> {name} <==\n{text}" + ("" if text.endswith("\n") else "\n") for name, text in files
    )


def rows(data: bytes) -> str:
    """Return the rows of a Parquet file, a line of JSON for each."""
    found = parquet.read_table(io.BytesIO(data)).to_pylist()
    return "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in found
    )
