"""What chapters quote → data/examples.yaml, with which a copy shows the chapters that are common to all.

Chapters quote cards of many municipalities; the copy of one has only its own programmes. The common repository
therefore keeps the quoted records a second time, as they were typed, in a file that travels with the chapters.
"""

from __future__ import annotations

import re

from .chapters import Chapters
from .cutting import only
from .model import Collection

PATH = "data/examples.yaml"
HEAD = """\
# yaml-language-server: $schema=schema/programs.json
#
# ეს ფაილი make refresh-ით იქმნება; ხელით არ შეცვალოთ. აქ ის ჩანაწერებია, რომლებსაც თავები იმოწმებს: ერთი
# მუნიციპალიტეტის ასლში ისინი ნიმუშად ჩანს და თავისი გვერდი არ აქვს.
#
# Made by `make refresh`; do not edit it by hand. These are the records that chapters quote: the copy of one
# municipality shows them as examples of others, without pages of their own.
"""
_CALL = re.compile(r'\{\{(card|table)\("([^"]*)"\)\}\}')


def text_of(chapters: Chapters, collection: Collection, programs: str) -> str:
    """The file as it should stand; `programs` is the text of programs.yaml."""
    calls = {_CALL.fullmatch(spot.value) for chapter in chapters.all() for spot in chapter.quotes()}
    quoted = {(call[1], call[2]) for call in calls if call}
    wanted = {
        program.key
        for program in collection.programs
        if program.listed == "card" and (("card", program.key) in quoted or ("table", program.type) in quoted)
    }
    keys = [program.key for program in collection.entered]
    cut = only(programs, "programs", lambda number, _: keys[number] in wanted)
    return HEAD + "\n" + cut[cut.index("programs:") :]
