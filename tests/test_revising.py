"""Changes of data files: tried on the whole copy, written whole or not at all, taken back."""

import contextlib

import copies
import pytest

from guideline import revising
from guideline.changes import Change
from guideline.revising import ChangedSince, Revision, kept, tried, undone
from guideline.splicing import spliced

PROGRAMS = "data/programs.yaml"
SETTINGS = "data/settings.yaml"
CHANGES = {
    PROGRAMS: [Change(("programs", 0, "confidence"), "low")],
    SETTINGS: [Change(("review_months",), "6")],
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return copies.copy_to(tmp_path_factory.mktemp("revising") / "copy")


@pytest.fixture
def data(root):
    """The data of the copy as they are in the project, put back afterwards."""
    before = {path: (root / path).read_bytes() for path in CHANGES}
    yield before
    for path, content in before.items():
        (root / path).write_bytes(content)


@pytest.fixture(scope="module")
def revision(root):
    """Changes of two files, tried."""
    return tried(root, CHANGES)


def now(root):
    return {path: (root / path).read_bytes() for path in CHANGES}


def test_a_change_is_tried_kept_and_taken_back(root, data, revision):
    assert revision.problems == ()
    assert now(root) == data, "trying writes nothing"
    kept(root, revision)
    assert b"review_months: 6" in now(root)[SETTINGS]
    assert undone(root) == [PROGRAMS, SETTINGS]
    assert now(root) == data
    assert undone(root) == []


def test_what_the_checks_refuse_is_told(root, data):
    revision = tried(root, {PROGRAMS: [Change(("programs", 0, "confidence"), "certain")]})
    assert [problem.code for problem in revision.problems] == ["not-a-choice"]
    assert now(root) == data


def test_nothing_changed_is_nothing_to_take_back(root, data):
    kept(root, Revision({}, {}))
    assert undone(root) == []


@pytest.mark.parametrize("step", range(5))
def test_killed_between_two_steps_every_file_is_whole_and_can_be_taken_back(root, data, revision, monkeypatch, step):
    steps = 0
    real_write = revising._write

    def write(path, text):
        nonlocal steps
        steps += 1
        if steps > step:
            raise KeyboardInterrupt
        real_write(path, text)

    monkeypatch.setattr(revising, "_write", write)
    with contextlib.suppress(KeyboardInterrupt):
        kept(root, revision)
    monkeypatch.undo()
    found = now(root)
    for path, content in found.items():
        assert content.decode("utf-8") in (data[path].decode("utf-8"), revision.after[path])
    undone(root)
    assert now(root) == data


def test_work_done_by_hand_since_is_not_lost(root, data, revision):
    kept(root, revision)
    by_hand = now(root)[PROGRAMS] + b"# by hand\n"
    (root / PROGRAMS).write_bytes(by_hand)
    with pytest.raises(ChangedSince) as error:
        undone(root)
    assert error.value.paths == [PROGRAMS]
    assert now(root)[PROGRAMS] == by_hand
    (root / PROGRAMS).write_bytes(by_hand.removesuffix(b"# by hand\n"))
    assert undone(root) == [PROGRAMS, SETTINGS]


def test_line_ends_stay_as_they_are(root, data):
    (root / SETTINGS).write_bytes(data[SETTINGS].replace(b"\n", b"\r\n"))
    text = spliced((root / SETTINGS).read_bytes().decode("utf-8"), CHANGES[SETTINGS])
    kept(root, Revision({SETTINGS: data[SETTINGS].decode("utf-8")}, {SETTINGS: text}))
    changed = now(root)[SETTINGS]
    assert changed == data[SETTINGS].replace(b"review_months: 12", b"review_months: 6").replace(b"\n", b"\r\n")
    undone(root)
