"""Hurt files, read by every importer: `make fuzz` for a minute, `make fuzz FUZZ=600` for ten.

Each file is one that a format really has, with some of its bytes changed by chance. The seed is printed, so that a
run can be repeated (`SEED=…`, `ONLY=csv` for one format). Whatever the bytes are, an importer gives articles and
marks that hold, or says what is wrong: it raises nothing, and takes seconds for none. What breaks that is kept in
`.fuzz/`.
"""

from __future__ import annotations

import io
import os
import resource
import signal
import sys
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from types import FrameType

import django

from labels import exporters, importers
from labels.actions import reading
from labels.catalogue import Entry, catalogue
from labels.errors import Refusal
from labels.importers._folder import Folder, of_listing
from labels.records import AnnotationSet, Article, BadItem

ROOT = Path(__file__).resolve().parent.parent
OURS = str(ROOT / "labels")
KEPT = ROOT / ".fuzz"
LONGEST = 20
"""Seconds of a processor that a file of some kilobytes may take; none should take one."""
IN_PROJECTS = 0.15
"""The share of files that are read as part of another tool's whole project."""
CHANGES = (1, 1, 1, 2, 4, 8)
ODD = (
    *(b"", b"\0", b"\xff", b"\xeb", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n", b"\t", b"\\"),
    *(b'"', b"'", b"{", b"}", b"[", b"]", b"<", b">", b"&", b"]]>", b"<!--", b"--", b"../", b"#"),
    *(b"-1", b"0", b"99999", b"2147483648", b"1e999", b"NaN", b"null", b"true", b"9" * 5000),
    *(
        b"\\ud800",
        b"&#0;",
        b"&x;",
        b'<!ENTITY x "y">',
        b"[" * 5000,
        b"<a>" * 5000,
        b"\xf0\x9f\x97\xb3",
    ),
)
"""What programs that read files stumble over."""
Files = dict[str, bytes]


@dataclass
class Tally:
    """What was tried, and what came of it."""

    begun: float = field(default_factory=time.monotonic)
    files: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    """Files that gave an article."""
    faults: dict[str, str] = field(default_factory=dict)
    """Where a fault was kept, by what went wrong and where."""
    slowest: tuple[float, str] = (0.0, "")

    def told(self) -> str:
        """Return what is printed at the end."""
        seconds, key = self.slowest
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        lines = [
            f"{each:16}{count:9,} files, {self.read[each]:,} of them with an article"
            for each, count in sorted(self.files.items())
        ]
        lines += [f"{fault}\n    {where}" for fault, where in sorted(self.faults.items())]
        whole, spent = sum(self.files.values()), time.monotonic() - self.begun
        lines.append(
            f"{whole:,} files in {spent:.0f} s, faults: {len(self.faults)}, "
            f"slowest: {seconds:.2f} s ({key}), memory: {memory} MiB"
        )
        return "\n".join(lines)


class TooSlowError(Exception):
    """A file takes longer than any may."""


def main(seconds: float, seed: int, only: str) -> int:
    """Hurt files until the time is over; return how many kinds of faults there were."""
    print(f"{seconds:.0f} s with SEED={seed}", flush=True)
    seeds = {
        key: list(whole(entry)) for key, entry in catalogue(importers).items() if only in ("", key)
    }
    dice, tally = Random(seed), Tally()  # noqa: S311 - chance, and no secret
    signal.signal(signal.SIGPROF, _too_slow)
    while time.monotonic() - tally.begun < seconds:
        for key, found in seeds.items():
            one(tally, dice, key, found)
    print(tally.told(), flush=True)
    return len(tally.faults)


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError


def whole(entry: Entry) -> Iterator[Files]:
    """Yield files of a format that nobody has hurt: its sample, odd texts, and what is exported to it."""
    from .exporters.articles import BY_ANA, ODD_TEXTS, SAMPLE, SECOND, article  # noqa: PLC0415 - settings come first
    from .importers.test_contract import FILES, SHOWN  # noqa: PLC0415 - as above

    made = SHOWN[entry.key](entry.sample) if entry.key in SHOWN else entry.sample.encode()
    if importers.takes_folders(entry.module) and isinstance(made, bytes):
        listed = of_listing("a folder", made.decode())
        made = {name: listed.read(name) for name in listed.names}
    for found in (made, FILES[entry.key](list(ODD_TEXTS))):
        yield {"file": found} if isinstance(found, bytes) else found
    writer = catalogue(exporters).get(entry.key)
    if writer:
        articles = [SAMPLE, article(SAMPLE.text, sets=[BY_ANA, SECOND], last=50)]
        written = b"".join(writer.module.write(articles))
        yield unzipped(written) if written.startswith(b"PK") else {"file": written}


def unzipped(written: bytes) -> Files:
    """Return the files of a zip."""
    with zipfile.ZipFile(io.BytesIO(written)) as opened:
        return {each: opened.read(each) for each in opened.namelist()}


def one(tally: Tally, dice: Random, key: str, found: list[Files]) -> None:
    """Hurt one file of a format, have it read, and note what came of it."""
    files = dict(dice.choice(found))
    name = dice.choice(sorted(files))
    other = dice.choice(list(dice.choice(found).values()))
    files[name] = hurt(dice, files[name], other)
    if dice.random() < IN_PROJECTS:
        files = in_project(dice, files)
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        tally.read[key] += taken(dice, key, files)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        frames = traceback.extract_tb(error.__traceback__)
        # The alarm is rung in this file; what it stopped is before it.
        last = ([x for x in frames if OURS in x.filename] or frames)[-1]
        fault = f"{key}: {type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"
        tally.faults.setdefault(fault, kept(key, files))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    tally.files[key] += 1
    tally.slowest = max(tally.slowest, (time.process_time() - begun, key))


def in_project(dice: Random, files: Files) -> Files:
    """Return files as they lie in a project that INCEpTION exports: packed for each annotator, or as they are."""
    bare = {name.rpartition("/")[2]: content for name, content in files.items()}
    place = dice.choice(("annotation/a.txt/", "curation/a.txt/"))
    begun = {"exportedproject1.json": b"{}", "source/a.txt": b"Ruiz said so."}
    if dice.random() < 0.5:
        return begun | {place + name: content for name, content in bare.items()}
    packed = zipped(bare)
    name = dice.choice(("webanno1export.zip", "../../ana.zip", "\\.zip"))
    return begun | {place + name: hurt(dice, packed, packed) if dice.random() < 0.3 else packed}


def hurt(dice: Random, data: bytes, other: bytes) -> bytes:
    """Return bytes with some changed, gone, there twice, or taken from another file."""
    packed = _unpacked(data) if dice.random() < 0.8 else None
    made = bytearray(data if packed is None else packed)
    for _ in range(dice.choice(CHANGES)):
        at, length = dice.randint(0, len(made)), dice.choice((0, 1, 1, 2, 4, 16, 64))
        start = dice.randint(0, max(0, len(other) - 1))
        put = dice.choice(
            (
                dice.choice(ODD),
                dice.randbytes(dice.randint(1, 4)),
                bytes(made[at : at + 60]) * dice.choice((1, 2, 30)),
                other[start : start + dice.randint(1, 200)],
            )
        )
        made[at : at + length] = put
    if dice.random() < 0.1:
        del made[dice.randint(0, len(made)) :]
    return bytes(made) if packed is None else zlib.compress(bytes(made))


def _unpacked(data: bytes) -> bytes | None:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return None


def taken(dice: Random, key: str, files: Files) -> bool:
    """Read a file as somebody imports it; return whether it gave an article. Raises what must not be."""
    format_name = dice.choice((key, key, reading.AUTO))
    given: tuple[str, io.BytesIO | Folder]
    if set(files) == {"file"}:
        given = ("file", io.BytesIO(files["file"]))
    elif dice.random() < 0.3:
        given = ("file.zip", io.BytesIO(hurt(dice, zipped(files), zipped(files)[:200])))
    else:
        given = ("file", Folder("file", list(files), lambda name: io.BytesIO(files[name])))
    known = {importers.COLUMNS: {}, importers.TEXTS: lambda *_asked: None}
    found = False
    try:
        for each in reading.read([given], format_name, lambda *_reason: None, known):
            assert isinstance(each, Article | BadItem), each
            if isinstance(each, Article):
                check(each)
                found = True
    except Refusal:
        # Of a file that no format knows, or whose library is not there.
        return False
    return found


def zipped(files: Files) -> bytes:
    """Return files as a zip."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return target.getvalue()


def check(article: Article) -> None:
    """Hold an article against what every importer promises."""
    assert article.text_sha256 == sha256(article.text.encode()).hexdigest()
    assert article.text.strip()
    assert "\0" not in article.text
    assert "\r" not in article.text
    for made in article.annotation_sets:
        check_set(made, article.length)


def check_set(made: AnnotationSet, length: int) -> None:
    """Hold the spans of a set against the text, and its links against the spans."""
    ids = [each.id for each in made.spans]
    assert len(ids) == len(set(ids))
    for span in made.spans:
        assert span.label
        assert span.fragments
        edges = [edge for each in span.fragments for edge in (each.start, each.end)]
        assert edges[0] >= 0
        assert edges[-1] <= length
        assert edges == sorted(edges)
        assert all(each.start < each.end for each in span.fragments)
    for link in made.relations:
        assert {link.source, link.target} <= set(ids)


def kept(key: str, files: Files) -> str:
    """Keep the files of a fault, and return where."""
    digest = sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]
    target = KEPT / f"{key}-{digest}"
    for name, content in files.items():
        place = target / name.replace("/", "_").replace("\0", "_")[:100]
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return str(target.relative_to(ROOT))


if __name__ == "__main__":
    django.setup()
    chosen = os.environ
    seconds, seed = float(chosen.get("FUZZ") or 60), int(chosen.get("SEED") or time.time())
    sys.exit(main(seconds, seed, chosen.get("ONLY", "")))
