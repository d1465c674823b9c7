"""Words are in the letters of their language, phones can be dialled, colours can be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .. import proofreading
from ..colours import BLACK, READABLE, WHITE, contrast, hex_code, readable_on, rgb
from ..model import (
    Colours,
    Phone,
    Text,
)
from ..problems import Finding
from ..wording.steps import COUNTRY_CODE, national_digits
from .at import At


def dialable(at: At, today: date) -> Iterator[Finding]:
    """A number can be dialled from abroad; short numbers say `kind: short`."""
    phone: Phone = at.value
    digits = "".join(filter(str.isdigit, phone.number))
    if set(phone.number) - set("+0123456789 ()-"):
        yield at.wrong("phone-characters", "number", value=phone.number)
    elif phone.kind == "short":
        if not 3 <= len(digits) <= 6:
            yield at.wrong("short-phone", "number", value=phone.number)
    elif len(national_digits(phone)) != 9 or (
        phone.number.strip().startswith("+") and not digits.startswith(COUNTRY_CODE)
    ):
        yield at.wrong("phone", "number", value=phone.number)
    elif phone.kind == "mobile" and not national_digits(phone).startswith("5"):
        yield at.wrong("phone-kind", "number", value=phone.number)
    elif phone.kind == "landline" and national_digits(phone).startswith("5"):
        yield at.wrong("phone-mobile", "number", value=phone.number)


def sound_text(at: At, today: date) -> Iterator[Finding]:
    """Words in the letters of their language, with nothing hidden, left over or private."""
    text: Text = at.value
    for language in ("ka", "en", *(text.model_extra or {})):
        for code, about in proofreading.faults(text[language], language):
            yield at.wrong(code, language, **about)


def sound_words(at: At, today: date) -> Iterator[Finding]:
    """The same for words that belong to no language: ids, numbers of acts, notes. Phones are checked elsewhere."""
    if at.loc[-1] in ("ka", "en") or "phones" in at.loc or at.value.startswith(("http", "mailto:")):
        return
    for code, about in proofreading.faults(at.value):
        if not (code == "personal-number" and at.loc[-1] in ("number", "code")):
            yield at.wrong(code, **about)


def readable_colours(at: At, today: date) -> Iterator[Finding]:
    """White words are readable on a copy's colours (WCAG 2.2, 1.4.3)."""
    for name in Colours.model_fields:
        value = getattr(at.value, name)
        found = contrast(rgb(value), WHITE)
        if found < READABLE:
            better = hex_code(readable_on(rgb(value), WHITE, BLACK))
            yield at.wrong(
                "contrast", name, field=name, value=value, found=f"{found:.1f}", needed=READABLE, better=better
            )
