"""A copy's colours are readable whatever they are, or refused."""

import pytest
from factory import TODAY
from hypothesis import given
from hypothesis import strategies as st

from guideline import colours
from guideline.checks.at import At
from guideline.checks.words import readable_colours

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def declared(sheet: str) -> list[dict[str, str]]:
    """The custom properties of each rule of a style sheet."""
    rules = [rule.split("{")[-1] for rule in sheet.split("}") if "{" in rule]
    return [dict(line.strip(" ;").split(": ") for line in rule.strip().splitlines()) for rule in rules]


def test_contrast_of_black_and_white_is_twenty_one():
    assert colours.contrast(colours.BLACK, colours.WHITE) == pytest.approx(21)


def test_contrast_of_known_greys_is_as_wcag_gives_it():
    assert colours.contrast(colours.rgb("#767676"), colours.WHITE) == pytest.approx(4.54, abs=0.01)


@given(HEX, HEX)
def test_links_are_readable_on_the_pages_of_both_schemes(primary, accent):
    light, dark = declared(colours.style_sheet(primary, accent))
    for rule, page in ((light, colours.WHITE), (dark, colours.DARK_PAGE)):
        for background in (page, colours.rgb(rule["--gz-soft"])):
            assert colours.contrast(colours.rgb(rule["--gz-link"]), background) >= colours.READABLE


@given(HEX)
def test_a_colour_goes_to_its_parts_and_back(colour):
    assert colours.hex_code(colours.rgb(colour)) == colour


@given(HEX)
def test_a_proposed_colour_is_one_that_would_be_accepted(colour):
    better = colours.readable_on(colours.rgb(colour), colours.WHITE, colours.BLACK)
    assert colours.contrast(colours.rgb(colours.hex_code(better)), colours.WHITE) >= colours.READABLE


def test_a_pale_colour_is_refused_with_a_darker_one():
    from guideline.model import Colours

    at = At("data/settings.yaml", ("colours",), "", Colours(primary="#ffcc00"))
    found = list(readable_colours(at, TODAY))
    assert [finding.code for finding in found] == ["contrast"]
    assert found[0].about["better"] != "#ffcc00"
