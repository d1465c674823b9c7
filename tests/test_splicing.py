"""Changes spliced into YAML: exactly the changed values, and no other line."""

import difflib
from copy import deepcopy

import pytest
from factory import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from guideline.changes import GONE, Change, applied, at, differences
from guideline.naming import order
from guideline.reading import parse
from guideline.splicing import NotSpliced, spliced

REAL = (ROOT / "data/programs.yaml").read_text(encoding="utf-8")
SOME = "programs:\n\n- id: " + "\n- id: ".join(REAL.split("\n- id: ")[20:30]) + "\n"
"""Ten real programmes as they stand in the file."""

ODD = """\
# before everything
programs:   # the list

# before the first
- id: one   # a comment behind
  name: {ka: 'ერთი', en: "One"}   # words
  note: >
    folded
    text

  # before the list
  list:
  - a
  - {b: 1, c: [x, y]}   # in one line
  -   d: 2
      e: 3

  empty: []
  quoted: 'it''s'
  plain: words with spaces
- id: two
  literal: |
    first
      second

  # after the block
  more: {a: 1,
    b: 2}
- {id: three, list: [1, 2, 3], last: yes}
"""

TEXTS = st.sampled_from(
    [
        "250",
        "ახალი",
        "yes",
        "a, b",
        "it's",
        'say "so": {x} # y',
        "- z",
        "2026-01-01",
        "",
        "x\ny",
        " space ",
        "~",
        "0322",
    ]
)
SUBTREES = st.sampled_from(
    [{"ka": "ა", "en": "b"}, [{"a": "1", "b": {"c": ["2"]}}, {"d": "4"}], ["a", "b"], {"x": {"y": "1"}, "z": ["1"]}]
)


def places(value, loc=()):
    """Every place below the top list."""
    yield loc
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from places(item, (*loc, key))


def some_edits(value, data):
    """A copy of the values with a few of them changed at random."""
    new = deepcopy(value)
    known = [loc for loc in places(value) if len(loc) > 2]
    for _ in range(data.draw(st.integers(1, 4))):
        loc = data.draw(st.sampled_from(known))
        holder, last = at(new, loc[:-1]), loc[-1]
        if holder is GONE or at(new, loc) is GONE:
            continue
        what = data.draw(st.sampled_from(["set", "set", "tree", "delete", "key", "item", "again"]))
        if what == "set":
            holder[last] = data.draw(TEXTS)
        elif what == "tree":
            holder[last] = deepcopy(data.draw(SUBTREES))
        elif what == "delete":
            del holder[last]
        elif what == "key" and isinstance(holder, dict):
            holder["new-key"] = deepcopy(data.draw(TEXTS | SUBTREES))
        elif what == "item" and isinstance(holder, list):
            holder.insert(data.draw(st.integers(0, len(holder))), deepcopy(data.draw(TEXTS | SUBTREES)))
        elif what == "again" and isinstance(holder, list):
            holder.append(deepcopy(holder[last]))
    return new


WAYS = {"real": SOME, "odd": ODD, "crlf": ODD.replace("\n", "\r\n"), "no end": ODD.rstrip("\n")}


@pytest.mark.parametrize("text", WAYS.values(), ids=WAYS)
@settings(max_examples=30)
@given(data=st.data())
def test_the_new_text_holds_exactly_the_new_values(text, data):
    value = parse(text).value
    new = some_edits(value, data)
    try:
        made = spliced(text, differences(value, new), order)
    except NotSpliced:
        assert text is not SOME, "real data can always be changed"
        return
    assert parse(made).value == new


@settings(max_examples=50)
@given(data=st.data())
def test_no_other_line_changes(data):
    """Values that become other words: only the lines on which they stand differ."""
    parsed = parse(SOME)
    scalars = [loc for loc in places(parsed.value) if isinstance(at(parsed.value, loc), str) and in_one_line(loc)]
    chosen = data.draw(st.lists(st.sampled_from(scalars), min_size=1, max_size=5, unique=True))
    changes = [Change(loc, data.draw(TEXTS)) for loc in chosen]
    made = spliced(SOME, changes, order)
    old, new = SOME.split("\n"), made.split("\n")
    assert len(old) == len(new)
    different = {number for number, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b}
    assert different <= {parsed.places[loc][0] for loc in chosen}
    assert parse(made).value == applied(parsed.value, changes)


def in_one_line(loc):
    """Does the value stand in one line of the real text, neither as a block of several?"""
    line, column = parse(SOME).places[loc]
    return SOME.split("\n")[line - 1][column - 1] not in "|>"


def test_no_change_is_no_new_text():
    assert spliced(REAL, []) is REAL
    assert spliced(REAL, [Change(("programs", 0, "id"), at(parse(REAL).value, ("programs", 0, "id")))]) is REAL


def lines(text, *changes):
    """The lines that go and come."""
    made = spliced(text, changes, order)
    return [line for line in difflib.ndiff(text.split("\n"), made.split("\n")) if line[0] in "+-"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            Change(("programs", 0, "id"), "uno"),
            ["- - id: one   # a comment behind", "+ - id: uno   # a comment behind"],
        ),
        (Change(("programs", 0, "quoted"), "she's"), ["-   quoted: 'it''s'", "+   quoted: 'she''s'"]),
        (Change(("programs", 0, "plain"), "no"), ["-   plain: words with spaces", "+   plain: no"]),
        (Change(("programs", 0, "plain"), "a: b"), ["-   plain: words with spaces", '+   plain: "a: b"']),
        (Change(("programs", 0, "list", 1, "b"), "7"), None),
        (Change(("programs", 0, "list", 0), GONE), ["-   - a"]),
        (Change(("programs", 0, "list", 3), "z", True), ["+   - z"]),
        (Change(("programs", 0, "empty", 0), "z", True), ["-   empty: []", "+   empty: [z]"]),
        (Change(("programs", 1), GONE), None),
        (Change(("programs", 2, "list", 1), GONE), None),
        (Change(("programs", 1, "literal"), "one line"), None),
    ],
    ids=range(11),
)
def test_what_stands_around_a_value_stays(change, expected):
    found = lines(ODD, change)
    if expected is None:
        assert all("#" not in line or line.startswith(("- ", "+ ")) for line in found)
        assert parse(spliced(ODD, [change])).value == applied(parse(ODD).value, [change])
    else:
        assert found == expected
    kept = spliced(ODD, [change])
    for comment in (
        "# before everything",
        "# the list",
        "# before the first",
        "# before the list",
        "# after the block",
    ):
        assert comment in kept or change.loc == ("programs", 1)


def test_new_keys_stand_in_the_order_of_the_card():
    text = "programs:\n- id: rent\n  municipality: telavi\n  type: rent\n  confidence: high\n"
    changes = [
        Change(("programs", 0, "valid"), {"to": "2026-12-31"}, True),
        Change(("programs", 0, "state"), {"is": "exhausted"}, True),
        Change(("programs", 0, "name"), {"ka": "ა", "en": "b"}, True),
        Change(("programs", 0, "groups"), ["idp"], True),
    ]
    assert spliced(text, changes, order) == (
        "programs:\n- id: rent\n  municipality: telavi\n  type: rent\n  name: {ka: ა, en: b}\n  groups: [idp]\n"
        "  state: {is: exhausted}\n  valid: {to: 2026-12-31}\n  confidence: high\n"
    )


def test_new_items_stand_in_the_order_in_which_they_came():
    text = "programs:\n- id: rent\n  remarks:\n  - a\n"
    changes = [Change(("programs", 0, "remarks", 1), words, True) for words in ("b", "c", "d")]
    assert spliced(text, changes).endswith("  - a\n  - b\n  - c\n  - d\n")


@pytest.mark.parametrize(
    "words", ["yes", "0322", "10:30", "~", "null", "1e3", "a: b", "# x", "", " x ", "x\ny", "ა\u200b", "=1+1"]
)
def test_every_word_comes_back_as_it_was(words):
    made = spliced(ODD, [Change(("programs", 0, "plain"), words)])
    assert at(parse(made).value, ("programs", 0, "plain")) == words


def test_what_cannot_be_changed_alone_is_not_changed():
    text = "programs:\n- - a\n  - b\n"
    with pytest.raises(NotSpliced):
        spliced(text, [Change(("programs", 0, 0), GONE)])
