"""A municipality's copy over the years, with real git: made, edited, upgraded; nothing of its own is lost."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import copies
import histories
import pytest
from histories import git

from guideline.reading import parse

pytestmark = pytest.mark.xdist_group("story")


def upgrade(folder: Path, common: Path, *options: str, yes: bool = True) -> subprocess.CompletedProcess[str]:
    asked = ["--yes"] if yes else []
    return copies.run(folder, "upgrade", "--from", str(common), *asked, "--language", "en", *options)


def last(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stdout + done.stderr).strip().splitlines()[-1]


@pytest.fixture(scope="module")
def years(tmp_path_factory):
    """The common repository of today, and that of next year."""
    folder = tmp_path_factory.mktemp("years")
    today = histories.common(folder / "today")
    git(folder, "clone", "--quiet", str(today), str(folder / "later"))
    histories.later(folder / "later")
    return today, folder / "later"


@pytest.fixture(scope="module")
def telavi(years, tmp_path_factory):
    """A real fork, made Telavi's own and edited."""
    folder = tmp_path_factory.mktemp("telavi") / "copy"
    git(folder.parent, "clone", "--quiet", str(years[0]), str(folder))
    histories.made_own(folder, "telavi")
    histories.committed(folder, "Make it ours")
    histories.edited(folder, "telavi")
    histories.committed(folder, "Say how it is here")
    return folder


@pytest.fixture(scope="module")
def rustavi(years, tmp_path_factory):
    """A copy made from a template: the same files, and a history that begins with them."""
    folder = tmp_path_factory.mktemp("rustavi") / "copy"
    shutil.copytree(years[0], folder, ignore=shutil.ignore_patterns(".git", "__pycache__"))
    git(folder, "init", "--quiet")
    histories.committed(folder, "Initial commit")
    histories.made_own(folder, "rustavi")
    histories.edited(folder, "rustavi")
    return folder


def another(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def in_the_new_shape(before: dict[str, bytes]) -> dict[str, bytes]:
    """What becomes of a copy's own files: one name and the number of the format, and not a sign besides."""
    renamed = before["data/programs.yaml"].replace(b"\n  confidence: ", b"\n  certainty: ")
    numbered = before["data/settings.yaml"].replace(b"\nformat: 1\n", b"\nformat: 2\n")
    return {**before, "data/programs.yaml": renamed, "data/settings.yaml": numbered}


def assert_next_year(folder: Path, before: dict[str, bytes]) -> None:
    """The copy has next year's common files, and its own as they were, in the new shape."""
    assert histories.own_files(folder) == in_the_new_shape(before)
    assert (folder / f"docs/ka/{histories.CHAPTER}.md").exists()
    assert histories.TERM[1] in (folder / "data/vocabulary.yaml").read_text(encoding="utf-8")
    assert "data-later" in (folder / "hooks/guideline/templates/card.html.j2").read_text(encoding="utf-8")
    assert git(folder, "status", "--porcelain", "--untracked-files=all") == ""
    assert not (folder / "build/upgrade").exists()


def test_a_fork_takes_next_years_version_and_loses_nothing(years, telavi, tmp_path):
    folder = another(telavi, tmp_path)
    before, head = histories.own_files(folder), git(folder, "rev-parse", "HEAD")
    done = upgrade(folder, years[1], "--no-build")
    assert done.returncode == 0, done.stderr
    assert "- A chapter on the next year." in done.stdout
    assert "First version." not in done.stdout
    assert last(done).startswith("Upgraded: 2026.11 → 2027.11, ")
    assert last(done).endswith("To publish: git push")
    assert_next_year(folder, before)
    records = parse((folder / "data/programs.yaml").read_text(encoding="utf-8")).value["programs"]
    assert sum("Looked at again" in record.get("note", "") for record in records) == 10
    assert b"by hand 9: " in before["data/programs.yaml"]
    assert git(folder, "rev-list", "--parents", "-n1", "HEAD").split()[1:] == [head, git(years[1], "rev-parse", "HEAD")]
    built = copies.run(folder, "site", "--no-paper")
    assert built.returncode == 0, built.stderr
    assert (folder / "site" / histories.CHAPTER / "index.html").exists()
    assert "data-later" in (folder / "site/en/programs/telavi/newborns/index.html").read_text(encoding="utf-8")
    again = upgrade(folder, years[1])
    assert (again.returncode, last(again)) == (
        0,
        "Your copy is up to date (version 2027.11). Nothing has been changed.",
    )


def test_a_copy_from_a_template_takes_it_too_with_edits_that_were_not_saved_in_its_history(years, rustavi, tmp_path):
    folder = another(rustavi, tmp_path)
    before = histories.own_files(folder)
    assert git(folder, "status", "--porcelain") != ""
    done = upgrade(folder, years[1])
    assert done.returncode == 0, done.stderr
    assert "were not in the history yet" in done.stdout
    assert last(done).endswith("To publish: make site, then copy the folder site/ to your host")
    assert_next_year(folder, before)
    assert git(folder, "log", "--format=%s", "--first-parent") == (
        "Upgrade the common part: 2026.11 → 2027.11\nEdits made before the upgrade\nInitial commit"
    )


def test_a_copy_from_a_zip_gets_a_history_and_a_trial_leaves_no_trace(years, rustavi, tmp_path):
    folder = another(rustavi, tmp_path)
    shutil.rmtree(folder / ".git")
    before, whole = histories.own_files(folder), histories.everything(folder)
    done = upgrade(folder, years[1], "--dry-run", "--no-build")
    assert done.returncode == 0, done.stderr
    assert last(done).startswith("This was only a trial: 2026.11 → 2027.11, ")
    assert histories.everything(folder) == whole
    assert not (folder / ".git").exists()
    done = upgrade(folder, years[1], "--no-build")
    assert done.returncode == 0, done.stderr
    assert "has no history (git) yet" in done.stdout
    assert_next_year(folder, before)
    assert git(folder, "log", "--format=%s", "--first-parent").splitlines()[-1] == "The copy before the upgrade"
    assert git(folder, "config", "--get-all", "core.bare") == "false"


def state(folder: Path) -> tuple[object, ...]:
    status = git(folder, "status", "--porcelain", "--untracked-files=all")
    return git(folder, "rev-parse", "HEAD"), git(folder, "for-each-ref"), status, histories.everything(folder)


KILLED_AT_RENAME = """
import os, signal
real, seen = os.replace, []
def replace(source, target):
    seen.append(source)
    if len(seen) == 9:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(source, target)
os.replace = replace
from guideline.__main__ import main
main()
"""


def restored(folder: Path) -> None:
    """What guideline.py does before every verb."""
    spec = importlib.util.spec_from_file_location("way_in", folder / "guideline.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.restore()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_killed_at_any_step_the_copy_is_as_before_and_a_later_upgrade_succeeds(years, telavi, tmp_path, capfd):
    folder = another(telavi, tmp_path)
    before, own = state(folder), histories.own_files(folder)
    arguments = ["upgrade", "--from", str(years[1]), "--yes", "--no-build", "--language", "en"]
    environment = {**os.environ, "PYTHONPATH": str(folder / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"SOURCE_DATE_EPOCH": copies.EPOCH}
    for step in ("Fetching", "Preparing", "Checking"):
        running = subprocess.Popen(
            [sys.executable, "-P", "-u", "-m", "guideline", *arguments],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        assert any(line.startswith(step) for line in running.stdout), step
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        assert state(folder) == before, step
    command = [sys.executable, "-P", "-c", KILLED_AT_RENAME, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert histories.everything(folder) != before[-1]
    restored(folder)
    assert "every file is as it was before" in capfd.readouterr().out
    assert state(folder) == before
    done = upgrade(folder, years[1], "--no-build")
    assert done.returncode == 0, done.stderr
    assert_next_year(folder, own)


def test_a_version_that_does_not_build_changes_nothing(years, telavi, tmp_path):
    broken = tmp_path / "broken"
    git(tmp_path, "clone", "--quiet", str(years[1]), str(broken))
    copies.replace(broken / "hooks/guideline/fields.yaml", "\n  certainty:\n", "\n  confidence:\n")
    copies.replace(broken / "data/vocabulary.yaml", "documents:", "papers:")
    histories.committed(broken, "Break it")
    folder = another(telavi, tmp_path)
    before = state(folder)
    done = upgrade(folder, broken)
    assert done.returncode == 1
    assert last(done).startswith("The site cannot be built with the new version → ")
    assert "Traceback" not in done.stdout + done.stderr
    assert state(folder) == before
