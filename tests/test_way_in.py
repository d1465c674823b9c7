"""Set-up happens inside the verbs: once, and again only when a lock changes."""

import importlib.util
import shutil
import subprocess
import sys

import copies
import pytest

from guideline.__main__ import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy whose locks name no package, so that setting it up takes a moment and no network."""
    copy = copies.copy_to(tmp_path_factory.mktemp("way-in") / "copy")
    for name in ("site", "test"):
        (copy / f"config/{name}.txt").write_text("# nothing\n")
    return copy


@pytest.fixture
def way_in(folder):
    spec = importlib.util.spec_from_file_location("way_in", folder / "guideline.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_set_up_happens_at_the_first_verb_and_only_then(way_in, capfd):
    assert way_in.prepare("site") == 0
    assert "Setting up" in capfd.readouterr().out
    assert way_in.prepare("site") == 0
    assert capfd.readouterr().out == ""


def test_a_changed_lock_is_installed_again(way_in, folder, capfd):
    way_in.prepare("site")
    capfd.readouterr()
    (folder / "config/site.txt").write_text("# nothing more\n")
    assert way_in.prepare("site") == 0
    assert "Setting up" in capfd.readouterr().out


def test_an_interrupted_set_up_is_done_again(way_in, folder, capfd):
    way_in.prepare("site")
    capfd.readouterr()
    shutil.rmtree(folder / ".venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    assert way_in.prepare("site") == 0
    assert "Setting up" in capfd.readouterr().out
    assert way_in.has_pip()


def test_each_lock_is_set_up_apart(way_in, capfd):
    way_in.prepare("site")
    capfd.readouterr()
    assert way_in.prepare("test") == 0
    assert "config/test.txt" in capfd.readouterr().out


def test_packages_that_cannot_be_had_are_told_in_one_line(way_in, folder, capfd):
    (folder / "config/test.txt").write_text("no-such-package-anywhere==1.0 --hash=sha256:" + "0" * 64 + "\n")
    assert way_in.prepare("test") == 1
    assert "could not be installed" in capfd.readouterr().err
    assert not (folder / ".venv/test.stamp").exists()


def test_an_old_python_is_told_what_is_needed(way_in, monkeypatch, capfd):
    monkeypatch.setattr(way_in, "OLDEST", (99, 0))
    assert way_in.main(["site"]) == 1
    assert "Python 3.11.2 or later is needed" in capfd.readouterr().err


def test_a_python_without_venv_names_the_package(way_in, folder, monkeypatch, capfd):
    monkeypatch.setattr(way_in.importlib.util, "find_spec", lambda name: None)
    (folder / ".venv/site.stamp").unlink(missing_ok=True)
    assert way_in.prepare("site") == 1
    assert "apt install python3-venv" in capfd.readouterr().err


def test_clean_takes_away_what_was_made(way_in, folder):
    (folder / "site").mkdir(exist_ok=True)
    assert way_in.main(["clean"]) == 0
    assert not (folder / "site").exists()
    assert not (folder / ".venv").exists()
    assert (folder / "data/programs.yaml").exists()


SHOWN = [name for name, verb in main.commands.items() if not verb.hidden]
"""The verbs for people; the others are steps of GitLab's pipeline."""


def test_make_knows_and_lists_every_verb_of_the_module():
    listed = subprocess.run(["make", "help"], cwd=copies.ROOT, capture_output=True, text=True, check=True).stdout
    for verb in ("clean", *SHOWN):
        assert f"make {verb} " in listed
        dry = subprocess.run(["make", "-n", verb], cwd=copies.ROOT, capture_output=True, text=True, check=True)
        assert f"-m guideline {verb}" in dry.stdout


def test_every_verb_of_make_is_a_verb_of_the_module():
    listed = subprocess.run(["make", "help"], cwd=copies.ROOT, capture_output=True, text=True, check=True).stdout
    verbs = {line.split()[1] for line in listed.splitlines() if line.startswith("  make ")}
    assert verbs == {"help", "clean", *SHOWN}


def test_the_locks_pin_every_package_with_hashes():
    for name in ("site", "test", "paper", "edit"):
        lines = (copies.ROOT / f"config/{name}.txt").read_text(encoding="utf-8").splitlines()
        pinned = [line for line in lines if line[:1].isalnum()]
        assert pinned
        assert all("==" in line for line in pinned)
        assert sum("--hash=sha256:" in line for line in lines) >= len(pinned)


def test_the_tests_run_on_a_supported_python():
    assert sys.version_info >= (3, 11, 2)
