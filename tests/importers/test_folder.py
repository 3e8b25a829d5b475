"""Zips and folders: opened with care, or refused before they cost anything."""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
from typing import Any

import pytest

from labels.importers import _folder
from labels.importers._folder import on_disk, zipped
from labels.importers._reading import Fault


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], **more: Any) -> io.BytesIO:
    """Return a zip of some members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", **more) as archive:
        for name, content in members:
            archive.writestr(name, content)
    made.seek(0)
    return made


def refused(source: io.BytesIO) -> Fault:
    """Open a zip that may not be opened, and read all of it."""
    with pytest.raises(Fault) as caught:
        whole(source)
    return caught.value


def whole(source: io.BytesIO) -> list[bytes]:
    """Open a zip and read all of it."""
    folder = zipped(source, "a.zip")
    return [folder.read(name) for name in folder.names]


def test_files_are_listed_by_name_and_read() -> None:
    folder = zipped(
        packed(("b/c.txt", b"two"), ("a.txt", b"one"), (".x", b""), ("d/", b"")), "a.zip"
    )
    assert folder.names == ["a.txt", "b/c.txt"]
    assert folder.read("b/c.txt") == b"two"


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "/a.txt",
        "a/../../b.txt",
        "C:/a.txt",
        "..\\a.txt",
        "C:\\a.txt",
        "\\a.txt",
        "a\\..\\..\\b.txt",
    ],
)
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert refused(packed((name, b"x"))).code == "unsafe_archive"


def test_backslashes_part_folders_and_what_desktops_leave_is_left_out() -> None:
    folder = zipped(
        packed(
            ("b\\c.txt", b"two"),
            ("b\\", b""),
            ("b\\.x", b""),
            ("b/Thumbs.db", b""),
            ("desktop.ini", b""),
            ("__MACOSX/b/._c.txt", b""),
        ),
        "a.zip",
    )
    assert folder.names == ["b/c.txt"]
    assert folder.read("b/c.txt") == b"two"
    assert refused(packed(("b\\c.txt", b"x"), ("b/c.txt", b"y"))).code == "unsafe_archive"


def test_a_member_without_a_name_is_refused() -> None:
    nameless = packed(("a.txt", b"x")).getvalue().replace(b"a.txt", b"\0.txt")
    assert refused(io.BytesIO(nameless)).code == "bad_archive"


def test_links_are_refused() -> None:
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refused(packed((link, b"/etc/passwd"))).code == "unsafe_archive"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused() -> None:
    assert refused(packed(("a.txt", b"x"), ("a.txt", b"y"))).code == "unsafe_archive"


def test_other_ways_of_packing_are_refused() -> None:
    assert refused(packed(("a.txt", b"x"), compression=zipfile.ZIP_LZMA)).code == "unsafe_archive"


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_folder, "LARGEST_FILE", 10_000)
    bomb = packed(("a.txt", b"0" * 1_000_000), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb.getvalue()) < 2_000
    assert refused(bomb).code == "too_large"
    # The size that the zip states is 32 bits behind the signature; now it lies.
    data = bytearray(bomb.getvalue())
    for mark, skip in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + skip
        data[at : at + 4] = (5).to_bytes(4, "little")
    assert refused(io.BytesIO(bytes(data))).code in {"too_large", "bad_archive"}


def test_too_many_files_and_too_much_in_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    several = packed(*[(f"{number}.txt", b"x" * 100) for number in range(20)])
    monkeypatch.setattr(_folder, "LARGEST_ALL", 1_000)
    assert refused(several).code == "too_large"
    monkeypatch.setattr(_folder, "LARGEST_ALL", 1_000_000)
    monkeypatch.setattr(_folder, "MOST_FILES", 10)
    several.seek(0)
    assert refused(several).code == "too_large"


def test_a_long_list_of_members_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    several = packed(*[(f"{number}.txt", b"") for number in range(20)])
    monkeypatch.setattr(_folder, "LONGEST_DIRECTORY", 100)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert refused(several).code == "too_large"


def test_what_is_damaged_is_told() -> None:
    good = packed(("a.txt", b"Ruiz spoke."), compression=zipfile.ZIP_DEFLATED).getvalue()
    assert refused(io.BytesIO(b"PK\x03\x04 and no more")).code == "bad_archive"
    assert refused(io.BytesIO(good[:-30])).code == "bad_archive"
    for at in range(len(good)):
        changed = good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
        with contextlib.suppress(Fault):
            assert len(whole(io.BytesIO(changed))) <= 1


def test_a_folder_of_the_disk_has_no_links_and_nothing_hidden(tmp_path: Any) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.txt").write_text("two")
    (tmp_path / ".hidden").write_text("no")
    (tmp_path / "link.txt").symlink_to("/etc/hostname")
    folder = on_disk(tmp_path)
    assert (folder.names, folder.read("b/c.txt")) == (["b/c.txt"], b"two")
