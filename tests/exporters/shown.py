"""What an export is, as a sample shows it: a zip as a listing of its files."""

from __future__ import annotations

import io
import zipfile


def shown(data: bytes) -> str:
    """Return a file's text, or those of the files of a zip, `==> name <==` before each."""
    if not data.startswith(b"PK\x03\x04"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = [(each, archive.read(each).decode()) for each in archive.namelist()]
    return "".join(
        f"==> {name} <==\n{text}" + ("" if text.endswith("\n") else "\n") for name, text in files
    )
