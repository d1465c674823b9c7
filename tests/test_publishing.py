"""A site is published whole or not at all, whatever interrupts it."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from guideline.publishing import Shelf

HOOKS = Path(__file__).parent.parent / "hooks"


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "site")


def builds(words):
    def build(folder):
        folder.mkdir()
        (folder / "index.html").write_text(words)
        return True

    return build


def test_the_first_build_is_published(shelf):
    assert shelf.publish(builds("first"))
    assert (shelf.site / "index.html").read_text() == "first"


def test_a_later_build_takes_the_place_of_the_earlier_one(shelf):
    shelf.publish(builds("first"))
    shelf.publish(builds("second"))
    assert [path.name for path in shelf.site.parent.iterdir()] == ["site"]
    assert (shelf.site / "index.html").read_text() == "second"


def test_a_failed_build_leaves_the_previous_site(shelf):
    shelf.publish(builds("first"))
    assert not shelf.publish(lambda folder: builds("broken")(folder) and False)
    assert (shelf.site / "index.html").read_text() == "first"
    assert not shelf.new.exists()


def test_a_build_that_raises_leaves_the_previous_site(shelf):
    shelf.publish(builds("first"))

    def build(folder):
        folder.mkdir()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        shelf.publish(build)
    shelf.recover()
    assert (shelf.site / "index.html").read_text() == "first"
    assert not shelf.new.exists()


def test_a_run_killed_between_the_two_renames_is_undone_at_the_next_start(shelf):
    builds("first")(shelf.old)
    builds("second")(shelf.new)
    shelf.recover()
    assert (shelf.site / "index.html").read_text() == "first"
    assert not shelf.old.exists()


def test_a_run_killed_after_the_swap_keeps_the_new_site(shelf):
    builds("first")(shelf.old)
    builds("second")(shelf.site)
    shelf.recover()
    assert (shelf.site / "index.html").read_text() == "second"
    assert not shelf.old.exists()


KILLED_AT = ("while building", "before the first rename", "between the renames", "after the second rename")

SCRIPT = textwrap.dedent("""
    import os, pathlib, signal, sys
    from guideline import publishing
    moment, site = sys.argv[1], pathlib.Path(sys.argv[2])
    die = lambda: os.kill(os.getpid(), signal.SIGKILL)
    renames = []
    rename = pathlib.Path.rename
    def watched(self, target):
        if moment == "before the first rename" and not renames:
            die()
        result = rename(self, target)
        renames.append(target)
        if (moment, len(renames)) in (("between the renames", 1), ("after the second rename", 2)):
            die()
        return result
    pathlib.Path.rename = watched
    def build(folder):
        folder.mkdir()
        (folder / "index.html").write_text("second")
        if moment == "while building":
            die()
        return True
    publishing.Shelf(site).publish(build)
""")


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("moment", KILLED_AT)
def test_a_killed_run_leaves_one_whole_site(moment, shelf):
    shelf.publish(builds("first"))
    environment = {**os.environ, "PYTHONPATH": str(HOOKS)}
    run = subprocess.run([sys.executable, "-P", "-c", SCRIPT, moment, str(shelf.site)], env=environment, check=False)
    assert run.returncode == -signal.SIGKILL
    shelf.recover()
    expected = "second" if moment == "after the second rename" else "first"
    assert (shelf.site / "index.html").read_text() == expected
    assert [path.name for path in shelf.site.parent.iterdir()] == ["site"]
