"""Changes of plain values: found, made, moved to a newer version, told in words."""

import pytest
from factory import collection
from hypothesis import given
from hypothesis import strategies as st

from guideline.changes import GONE, Change, applied, at, differences
from guideline.merging import Clash, merged
from guideline.wording.changes import Account

WORDS = st.sampled_from(["250", "300", "ა", ""])
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)
FILES = st.dictionaries(st.sampled_from("abcd"), VALUES, max_size=4)


def identity(value):
    return value.get("id") if isinstance(value, dict) else None


@given(FILES, FILES)
def test_the_differences_make_the_new_of_the_old(old, new):
    assert applied(old, differences(old, new)) == new


@given(FILES)
def test_what_is_the_same_has_no_differences(value):
    assert list(differences(value, value)) == []


@given(FILES, FILES)
def test_changes_go_into_data_that_did_not_change(base, wanted):
    moved, clashes = merged(base, base, differences(base, wanted), identity)
    assert (applied(base, moved), clashes) == (wanted, [])


@given(FILES, FILES)
def test_what_both_sides_changed_in_the_same_way_is_neither_a_change_nor_a_clash(base, wanted):
    moved, clashes = merged(base, wanted, differences(base, wanted), identity)
    assert clashes == [] or all(isinstance(clash, Clash) for clash in clashes)
    assert applied(wanted, moved) == wanted or clashes == []


def test_items_with_an_identity_are_compared_with_themselves_only():
    old = [{"id": "rent", "gel": "250"}, {"id": "food", "gel": "30"}]
    new = [{"id": "food", "gel": "40"}, {"id": "newborn", "gel": "500"}]
    assert list(differences(old, new, identity)) == [
        Change((0,), GONE),
        Change((1, "gel"), "40"),
        Change((2,), {"id": "newborn", "gel": "500"}, True),
    ]


BASE = {"programs": [{"id": "rent", "gel": "250", "tiers": ["a", "b", "c"]}, {"id": "food", "gel": "30"}]}


@pytest.mark.parametrize(
    ("now", "change", "expected"),
    [
        ({"gel": "250"}, Change(("programs", 0, "gel"), "300"), [Change(("programs", 1, "gel"), "300")]),
        ({"gel": "300"}, Change(("programs", 0, "gel"), "300"), []),
        ({"gel": "260"}, Change(("programs", 0, "gel"), "300"), "260"),
        ({}, Change(("programs", 0, "gel"), "300"), GONE),
        ({}, Change(("programs", 0, "gel"), GONE), []),
        ({"gel": "260"}, Change(("programs", 0, "gel"), GONE), "260"),
        ({"tiers": ["a", "new", "b", "c"]}, Change(("programs", 0, "tiers", 1), "B"), ("programs", 1, "tiers", 2)),
        ({"tiers": ["a", "b", "c"]}, Change(("programs", 0, "tiers", 3), "d", True), ("programs", 1, "tiers", 3)),
        ({"tiers": ["b", "c"]}, Change(("programs", 0, "tiers", 0), GONE), []),
        ({"state": {"is": "open"}}, Change(("programs", 0, "state"), {"is": "closed"}, True), {"is": "open"}),
        ({"state": {"is": "open"}}, Change(("programs", 0, "state"), {"is": "open"}, True), []),
    ],
    ids=range(11),
)
def test_a_change_of_older_data_goes_in_or_clashes(now, change, expected):
    """A programme was put before the two; the other side changed the one that is looked at."""
    today = {"programs": [{"id": "newborn"}, {"id": "rent", **now}, {"id": "food", "gel": "30"}]}
    moved, clashes = merged(BASE, today, [change], identity)
    if isinstance(expected, tuple):
        assert ([one.loc for one in moved], clashes) == ([expected], [])
    elif isinstance(expected, list):
        assert (moved, clashes) == (expected, [])
    else:
        assert (moved, [clash.now for clash in clashes]) == ([], [expected])


def test_two_sides_may_not_add_the_same_programme_differently():
    added = {"id": "newborn", "gel": "500"}
    today = {"programs": [*BASE["programs"], {"id": "newborn", "gel": "400"}]}
    change = Change(("programs", 2), added, True)
    assert merged(BASE, today, [change], identity)[1] == [Clash(change, {"id": "newborn", "gel": "400"})]
    same = {"programs": [*BASE["programs"], added]}
    assert merged(BASE, same, [change], identity) == ([], [])


# --- in words --------------------------------------------------------------------------------

RENT = {
    "id": "rent",
    "municipality": "telavi",
    "type": "rent",
    "benefits": [{"kind": "cash", "gel": "250", "free": "true"}],
    "groups": ["idp"],
    "eligibility": {"all": [{"residence": "registered"}, {"status": ["idp", "veteran"]}]},
    "summary": {"ka": "ბინის ქირა " * 20 + "250 ლარი", "en": "Rent"},
}
FILE = {"programs": [RENT]}


@pytest.mark.parametrize(
    ("change", "ka", "en"),
    [
        (
            Change(("programs", 0, "benefits", 0, "gel"), "300"),
            "telavi/rent · რას მიიღებენ 1 · თანხა ლარებში: 250 → 300",
            "telavi/rent · What one gets 1 · Sum in lari: 250 → 300",
        ),
        (
            Change(("programs", 0, "benefits", 0, "gel"), GONE),
            "telavi/rent · რას მიიღებენ 1 · თანხა ლარებში: 250 → წაიშალა",
            "telavi/rent · What one gets 1 · Sum in lari: 250 → taken out",
        ),
        (
            Change(("programs", 0, "benefits", 0, "kind"), "goods"),
            "telavi/rent · რას მიიღებენ 1 · რა სახისაა: ფული → ნივთი ან საკვები",
            "telavi/rent · What one gets 1 · Kind: cash → goods or food",
        ),
        (
            Change(("programs", 0, "benefits", 0, "free"), "false"),
            "telavi/rent · რას მიიღებენ 1 · უფასოა: კი → არა",
            "telavi/rent · What one gets 1 · Free: yes → no",
        ),
        (
            Change(("programs", 0, "state"), {"is": "exhausted"}, True),
            "telavi/rent · განცხადებების მიღება: იყო ცარიელი → მდგომარეობა: თანხა ამოიწურა",
            "telavi/rent · Open or not: was empty → How it stands: the money ran out",
        ),
        (
            Change(("programs", 0, "groups", 1), "veteran", True),
            "telavi/rent · ვისთვისაა: ახალი სტრიქონი: ვეტერანი",
            "telavi/rent · For whom: new row: a veteran",
        ),
        (
            Change(("programs", 0, "eligibility", "all", 1), GONE),
            "telavi/rent · ვის ეკუთვნის · ყველა უნდა სრულდებოდეს 2: სტრიქონი წაიშალა: სტატუსი: დევნილი, ვეტერანი",
            "telavi/rent · Who can get it · All must hold 2: row taken out: Status: an IDP, a veteran",
        ),
        (
            Change(("programs", 0), GONE),
            "telavi/rent: პროგრამა მთლიანად წაიშალა",
            "telavi/rent: the whole programme is taken out",
        ),
        (
            Change(("programs", 1), {"id": "food", "municipality": "telavi"}, True),
            "telavi/food: ახალი პროგრამა: პროგრამის id: food; მუნიციპალიტეტი: თელავი",
            "telavi/food: new programme: Id: food; Municipality: Telavi",
        ),
    ],
)
def test_a_change_is_told_in_words(change, ka, en):
    told = {language: Account(collection(), language).line(FILE, change) for language in ("ka", "en")}
    assert told == {"ka": ka, "en": en}


def test_of_a_long_text_only_what_changed_is_told():
    change = Change(("programs", 0, "summary", "ka"), RENT["summary"]["ka"].replace("250", "300"))
    line = Account(collection(), "en").line(FILE, change)
    assert len(line) < 200
    assert "250 ლარი → …" in line
    assert line.endswith("300 ლარი")


def test_words_of_a_cell_cannot_move_the_cursor():
    change = Change(("programs", 0, "benefits", 0, "gel"), "1\r\n\x1b[2J")
    assert Account(collection(), "en").line(FILE, change).isprintable()


def test_a_place_in_the_settings_is_told_too():
    change = Change(("review_months",), "6")
    assert Account(collection(), "en").line({"review_months": "12"}, change).endswith(": 12 → 6")


def test_nothing_stands_where_there_is_nothing():
    assert at(FILE, ("programs", 7, "id")) is GONE
    assert at(FILE, ("programs", 0, "benefits", 0, "gel")) == "250"
