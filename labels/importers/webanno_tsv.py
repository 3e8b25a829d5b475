r"""WebAnno TSV 3: sentences and words with layers of spans and links, from WebAnno and INCEpTION.

One article a file; in a zip, each file is a set of whom it is named by. The text is put together of the sentences and where
they stand; offsets count UTF-16 or, where the words say so, code points. Spans of all layers are taken, but for parts of
speech, lemmas and trees, which are named. A column `label` or `value`, or the only one, is the label, else the name of the
layer is; other columns are attributes. Slots are links, by their roles. Chains are not taken.

Sample:

    #FORMAT=WebAnno TSV 3.3
    #T_SP=custom.Span|label|check_worthiness|form
    #T_RL=custom.Relation|label|stance|BT_custom.Span


    #Text=🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”
    1-1	0-3	🗳️	_	_	_	_	_	_
    1-2	4-5	“	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-3	5-10	Taxes	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-4	11-15	fell	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-5	16-17	5	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-6	17-18	%	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-7	18-19	,	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-8	19-20	”	CLAIM[1]	CFS[1]	direct[1]	_	_	_
    1-9	21-25	Ruiz	SOURCE[3]	*[3]	*[3]	ATTRIBUTED\_TO	affirm	1-2[1_3]
    1-10	26-30	said	_	_	_	_	_	_
    1-11	30-31	,	_	_	_	_	_	_
    1-12	32-33	“	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-13	33-36	and	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-14	37-41	jobs	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-15	42-46	rose	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-16	46-47	.	CLAIM[2]	CFS[2]	direct[2]	_	_	_
    1-17	47-48	”	CLAIM[2]	CFS[2]	direct[2]	_	_	_
"""  # noqa: E501 - the lines of the help are those of a menu

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath
from typing import BinaryIO

from ..records import Article, BadItem
from ..text.canonical import TextError, canonical
from ..words import say
from ._layers import Sheet
from ._reading import BYTE_ORDER_MARK, LONGEST_LINE, Fault

FORMAT = b"#FORMAT=WebAnno TSV 3"


def recognises(head: bytes, name: str) -> str | None:  # noqa: ARG001 - others look at it
    """Take a file by its first line."""
    if head.removeprefix(BYTE_ORDER_MARK).startswith(FORMAT):
        return say("WebAnno TSV, by its first line")
    return None


def read(source: BinaryIO, name: str) -> Iterator[Article | BadItem]:
    """Yield the one article of a file, or every line that is wrong."""
    data = source.read(LONGEST_LINE + 1)
    if len(data) > LONGEST_LINE:
        yield BadItem(name, "too_large", say("The file is longer than 32 MB."))
        return
    sheet = Sheet(PurePath(name).stem)
    try:
        for number, line in enumerate(canonical(data).text.split("\n"), 1):
            sheet.take(line, number)
        if not sheet.faults:
            made = sheet.article()
            yield replace(made, original_sha256=sha256(data).hexdigest())
    except (Fault, TextError) as fault:
        yield BadItem(name, fault.code, fault.detail)
    for number, found in sheet.faults:
        place = say("{where}, line {number}", where=name, number=number)
        yield BadItem(place, found.code, found.detail)
