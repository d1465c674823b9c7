"""What an upgrade makes of a copy: whose a file is, which commit it was made from, how files change places."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from string import Formatter

import copies
import histories
import pytest
import yaml
from factory import found, texts
from histories import committed, git
from hypothesis import given
from hypothesis import strategies as st

from guideline import migrating, releases, switching, upgrading
from guideline.checks import language
from guideline.migrating import Migration
from guideline.ownership import KEPT, is_made, is_own
from guideline.reading import File
from guideline.repository import GitError, Repository, Unreachable
from guideline.spelling import Speller
from guideline.splicing import NotSpliced, renamed
from guideline.telling import told
from guideline.trees import Entry, merged
from guideline.workplace import DICTIONARY

ROOT = copies.ROOT

# --- whose a file is


@pytest.mark.parametrize("path", ["mkdocs.yml", "data/programs.yaml", "data/archive/2026.yaml", "local/ka/pages/a.md"])
def test_a_municipalitys_files_are_its_own(path):
    assert is_own(path)


@pytest.mark.parametrize("path", ["data/vocabulary.yaml", "docs/ka/index.md", "localities.txt", "data/programs.yaml~"])
def test_everything_else_is_common(path):
    assert not is_own(path)


def entries(names: str) -> st.SearchStrategy[dict[str, Entry]]:
    paths = st.sampled_from([*names.split(), "data/programs.yaml", "local/a.md", "data/schema/a.json"])
    return st.dictionaries(paths, st.sampled_from([Entry("100644", blob) for blob in "xyz"]))


@given(base=entries("a b c"), copy=entries("a b c d"), common=entries("a b c e"))
def test_whatever_changes_where_own_files_stay_and_nothing_is_dropped_silently(base, copy, common):
    merge = merged(base, copy, common)
    assert {path: entry for path, entry in merge.settled.items() if is_own(path)} == {
        path: entry for path, entry in copy.items() if is_own(path)
    }
    for path in {*base, *copy, *common}:
        if not is_own(path) and not is_made(path):
            versions = base.get(path), copy.get(path), common.get(path)
            settled = merge.settled.get(path)
            assert path in merge.both or settled in versions[1:]
            assert path in merge.both or versions[1] in (settled, versions[0])


def test_a_file_where_the_other_side_has_a_folder_is_told():
    one = Entry("100644", "x")
    assert merged({}, {"notes": one}, {"notes/a": one}).both == ("notes",)
    assert merged({}, {"notes/a": one}, {"notes": one}).both == ("notes/a",)


# --- the changelog


def test_the_changelogs_of_both_languages_name_the_same_versions_and_this_one_first():
    named = [
        [release.version for release in releases.releases((ROOT / name).read_text(encoding="utf-8"))]
        for name in ("CHANGELOG.md", "CHANGELOG.ka.md")
    ]
    assert named[0] == named[1]
    assert named[0][0] == (ROOT / "VERSION").read_text(encoding="utf-8").strip()


def test_the_georgian_changelog_has_no_word_that_the_dictionary_does_not_know(workplace):
    editor = language.Editor(workplace.collection, Speller(ROOT / DICTIONARY, workplace.collection.own_words.models()))
    file = File("CHANGELOG.ka.md", (ROOT / "CHANGELOG.ka.md").read_text(encoding="utf-8"))
    assert [problem.say("en") for problem in language.misspelled(file, editor)] == []


def test_what_has_changed_since_a_version_stands_above_it():
    changelog = "# Changes\n\nWords.\n\n## 2\n\n- Two.\n\n## 1\n\n- One.\n"
    assert [(one.version, one.text) for one in releases.since(changelog, "1")] == [("2", "- Two.")]
    assert releases.since(changelog, "2") == []
    assert [one.version for one in releases.since(changelog, "0")] == ["2", "1"]


# --- a small common repository and its copies


def write(folder: Path, **files: str | None) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")


@pytest.fixture
def common(tmp_path):
    """Two versions of a common repository; the copies are made from the first."""
    folder = tmp_path / "common"
    needed = {"hooks__guideline__migrating.py": "", ".gitignore": "build/\n"}
    write(folder, VERSION="1\n", page="one\n\n\n\ntwo\n", old="old\n", **needed)
    write(folder, data__programs="", **{"data__programs.yaml": "theirs\n"})
    git(folder.parent, "init", "--quiet", str(folder))
    committed(folder, "Begin")
    write(folder, hint="almost\n")
    committed(folder, "Go on")
    return folder


def went_on(folder: Path) -> str:
    write(folder, VERSION="2\n", page="one\n\n\n\nTWO\n", new="new\n", old=None)
    write(folder, **{"data__programs.yaml": "theirs too\n"})
    return committed(folder, "Another version")


@pytest.fixture
def copy(common, tmp_path):
    git(tmp_path, "clone", "--quiet", str(common), "copy")
    return tmp_path / "copy"


def opened(root: Path) -> Repository:
    return Repository.at(root, upgrading.workshop(root))


def plan_of(root: Path, common: Path) -> tuple[Repository, upgrading.Start, upgrading.Plan | None]:
    repository = opened(root)
    start = upgrading.start(repository, "Edits")
    return repository, start, upgrading.planned(repository, start, repository.fetched(str(common)))


def made(repository: Repository, plan: upgrading.Plan | None) -> dict[str, str]:
    assert plan
    return {path: repository.text(plan.tree, path) for path in repository.listing(plan.tree)}


def without_history(root: Path, common: Path) -> None:
    """As a forge's "Use this template" makes it."""
    shutil.rmtree(root / ".git")
    git(root.parent, "init", "--quiet", str(root))
    committed(root, "Initial commit")


@pytest.mark.parametrize("history", ["shared", "of its own", "none", "shallow"])
def test_common_files_follow_and_own_files_stay(common, copy, history):
    if history == "shallow":
        shutil.rmtree(copy)
        git(copy.parent, "clone", "--quiet", "--depth=1", common.as_uri(), str(copy))
    write(copy, **{"data__programs.yaml": "mine\n", "local__ka.md": "ours\n"})
    if history in ("of its own", "none"):
        without_history(copy, common)
    if history == "none":
        shutil.rmtree(copy / ".git")
    went_on(common)
    repository, _, plan = plan_of(copy, common)
    files = made(repository, plan)
    assert (files["page"], files["new"], files["VERSION"]) == ("one\n\n\n\nTWO\n", "new\n", "2\n")
    assert "old" not in files
    assert (files["data/programs.yaml"], files["local/ka.md"]) == ("mine\n", "ours\n")
    assert plan.base == git(common, "rev-parse", "HEAD~1")
    assert (plan.added, plan.changed, plan.removed, plan.clashes) == (1, 2, 1, ())


def test_a_copy_that_has_everything_is_told_so(common, copy):
    write(copy, **{"data__programs.yaml": "mine\n"})
    assert plan_of(copy, common)[2] is None
    without_history(copy, common)
    assert plan_of(copy, common)[2] is None


def test_changes_of_both_sides_in_one_common_file_stand_both(common, copy):
    write(copy, page="ours\n\n\n\ntwo\n")
    committed(copy, "Change a page")
    went_on(common)
    repository, _, plan = plan_of(copy, common)
    assert made(repository, plan)["page"] == "ours\n\n\n\nTWO\n"
    assert (plan.joined, plan.clashes) == (("page",), ())


def test_what_clashes_is_told_and_put_aside(common, copy):
    write(copy, page="one\n\n\n\nours\n", old="older\n")
    committed(copy, "Change a page")
    went_on(common)
    repository, start, plan = plan_of(copy, common)
    files = made(repository, plan)
    assert plan.clashes == ("old", "page")
    assert (files["page"], files[f"{KEPT}page"]) == ("one\n\n\n\nTWO\n", "one\n\n\n\nours\n")
    assert ("old" in files, files[f"{KEPT}old"]) == (False, "older\n")
    assert upgrading.written_here(repository, start, plan, "page") == ["ours"]
    assert is_own(f"{KEPT}page")


def test_files_that_refresh_makes_are_no_clash(common, copy):
    write(copy, data__schema__a="ours\n")
    write(common, data__schema__a="theirs\n")
    committed(copy, "Refresh")
    went_on(common)
    repository, _, plan = plan_of(copy, common)
    assert (made(repository, plan)["data/schema/a"], plan.clashes) == ("theirs\n", ())


def test_a_file_that_git_does_not_know_is_not_overwritten(common, copy):
    write(copy, new="a draft of mine\n")
    went_on(common)
    repository, start, plan = plan_of(copy, common)
    assert upgrading.in_the_way(repository, start, plan.tree) == ["new"]


def refusal(root: Path) -> str:
    with pytest.raises(upgrading.Refused) as refused:
        upgrading.start(opened(root), "Edits")
    return refused.value.code


def test_common_files_that_were_edited_and_not_saved_are_named(copy):
    write(copy, page="edited\n")
    with pytest.raises(upgrading.Refused) as refused:
        upgrading.start(opened(copy), "Edits")
    assert (refused.value.code, refused.value.about) == ("edited", {"files": "page"})


def test_a_copy_in_the_middle_of_something_is_left_alone(copy):
    git(copy, "checkout", "--quiet", "--detach")
    assert refusal(copy) == "no-branch"
    git(copy, "switch", "--quiet", "main")
    (copy / ".git/MERGE_HEAD").write_text(git(copy, "rev-parse", "HEAD"))
    assert refusal(copy) == "merging"


def test_another_project_is_not_taken_for_the_common_repository(common, copy, tmp_path):
    other = tmp_path / "other"
    write(other, page="something else\n")
    git(tmp_path, "init", "--quiet", str(other))
    committed(other, "Begin")
    with pytest.raises(upgrading.Refused) as refused:
        plan_of(copy, other)
    assert refused.value.code == "not-common"


@pytest.mark.parametrize(
    "address",
    [
        "--upload-pack=touch x",
        "ext::sh -c touch% x",
        "http://example.org/x",
        "https://-x/y",
        "git@-oProxyCommand=x:y",
        "ssh://-oProxyCommand=x/y",
        "fd::17",
        "no-such-folder",
        "",
        "https://example.org/a b",
    ],
)
def test_an_address_that_is_none_is_not_asked(copy, address):
    with pytest.raises(Unreachable, match=r"^$"):
        opened(copy).fetched(address)


def test_an_address_that_does_not_answer_is_told_in_gits_words(copy, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unreachable, match="does not appear to be a git repository"):
        opened(copy).fetched(str(tmp_path / "empty"))


def test_where_the_common_repository_is(copy):
    write(copy, config__base="", **{"config__base.yml": "extra: {common_repository: https://example.org/base}\n"})
    repository = opened(copy)
    assert upgrading.address(copy, repository, None) == "https://example.org/base"
    git(copy, "remote", "add", "upstream", "https://example.org/remote")
    assert upgrading.address(copy, repository, None) == "https://example.org/remote"
    assert upgrading.address(copy, repository, "https://example.org/given") == "https://example.org/given"
    git(copy, "remote", "remove", "upstream")
    write(copy, **{"config__base.yml": "extra: {}\n"})
    with pytest.raises(upgrading.Refused, match="no-address"):
        upgrading.address(copy, repository, None)


def test_whoever_git_does_not_know_signs_as_the_program(copy, monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    repository = opened(copy)
    commit = repository.commit("HEAD^{tree}", [], "Words")
    assert git(copy, "show", "--no-patch", "--format=%an", commit) == "gzamkvlevi"
    assert "[user]" not in (copy / ".git/config").read_text()


# --- files change places

IGNORED = {".gitignore": "build/\n"}


@pytest.fixture
def places(tmp_path):
    """A copy with a commit that is not its head yet, and that commit's files in the work folder."""
    root = tmp_path / "root"
    write(root, stays="1", changes="1", goes="1", folder__goes="1", file="1", deep__file="1", **IGNORED)
    git(tmp_path, "init", "--quiet", str(root))
    committed(root, "Old")
    new = root / switching.FOLDER / "copy"
    write(new, stays="1", changes="2", comes__in="2", file__inside="2", deep="2", **IGNORED)
    git(root, "--work-tree", str(new), "add", "--all")
    tree = git(root, "write-tree")
    git(root, "reset", "--quiet")
    commit = git(root, "commit-tree", "-p", "HEAD", "-m", "New", tree)
    return root, new, commit, git(root, "diff", "--name-only", "--no-renames", "HEAD", commit).splitlines()


def lie(root: Path) -> dict[str, str]:
    return {name: text.decode() for name, text in histories.everything(root).items()}


OLD = {"stays": "1", "changes": "1", "goes": "1", "folder/goes": "1", "file": "1", "deep/file": "1"}
NEW = {"stays": "1", "changes": "2", "comes/in": "2", "file/inside": "2", "deep": "2"}


def test_files_change_places_and_the_history_goes_with_them(places):
    root, new, commit, paths = places
    switching.switch(root, new, paths, commit, lambda: git(root, "update-ref", "HEAD", commit))
    assert lie(root) == NEW | IGNORED
    assert not (root / "folder").exists()
    assert git(root, "status", "--porcelain") == ""
    assert switching.restore(root) is None


def test_what_goes_wrong_at_the_end_puts_everything_back(places):
    root, new, commit, paths = places

    def land():
        raise GitError("somebody was faster")

    with pytest.raises(GitError):
        switching.switch(root, new, paths, commit, land)
    assert lie(root) == OLD | IGNORED
    assert git(root, "status", "--porcelain") == ""


KILLED = """
import os, signal, subprocess, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import switching
root, commit, moment, paths = Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5:]
seen = []
def watch(event, arguments):
    if event in ("os.rename", "os.remove", "os.rmdir", "shutil.copyfile", "subprocess.Popen"):
        seen.append(event)
        if len(seen) == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
land = lambda: subprocess.run(["git", "-C", root, "update-ref", "HEAD", commit], check=True)
switching.switch(root, root / switching.FOLDER / "copy", paths, commit, land)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_at_any_moment_the_copy_is_the_old_one_or_the_new_one_whole(places, tmp_path):
    root, _, commit, paths = places
    ended = []
    for moment in range(1, 100):
        again = Path(shutil.copytree(root, tmp_path / f"at-{moment}"))
        command = [sys.executable, "-c", KILLED, str(ROOT / "hooks/guideline"), str(again), commit, str(moment), *paths]
        done = subprocess.run(command, check=False)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        ended.append(switching.restore(again))
        landed = git(again, "rev-parse", "HEAD") == commit
        assert lie(again) == (NEW if landed else OLD) | IGNORED, moment
        assert git(again, "status", "--porcelain", "--untracked-files=all") == ""
    assert {False, True, None} == set(ended)
    assert len(ended) > 20


def test_a_file_that_somebody_changed_after_the_kill_stays(places):
    root, new, commit, paths = places

    def land():
        write(root, changes="by hand")
        raise GitError("killed")

    with pytest.raises(GitError):
        switching.switch(root, new, paths, commit, land)
    assert lie(root) == OLD | IGNORED | {"changes": "by hand"}


# --- migrations


def renaming(number: int, old: str, new: str) -> Migration:
    def change(texts):
        return {"data/programs.yaml": renamed(texts["data/programs.yaml"], {(old,): new})}

    return Migration(number, {"ka": "სიტყვა", "en": "word"}, change)


STEPS = (renaming(2, "a", "b"), renaming(3, "b", "c"))


def test_migrations_run_in_order_and_number_the_data():
    before = {"data/settings.yaml": "# ours\nformat: 1   # keep\nname: x\n", "data/programs.yaml": "a: 1  # note\n"}
    after = migrating.migrated(before, STEPS)
    assert after["data/settings.yaml"] == "# ours\nformat: 3   # keep\nname: x\n"
    assert after["data/programs.yaml"] == "c: 1  # note\n"


def test_data_without_a_number_are_of_the_first_format(monkeypatch):
    monkeypatch.setattr(migrating, "known", lambda: STEPS)
    before = {"data/settings.yaml": "name: x\n", "data/programs.yaml": "a: 1\n"}
    assert migrating.ahead(before) == STEPS
    after = migrating.migrated(before, STEPS)
    assert after["data/settings.yaml"] == "name: x\nformat: 3\n"
    assert migrating.ahead(after) == ()


def test_data_newer_than_the_code_are_refused():
    with pytest.raises(migrating.Newer, match="7"):
        migrating.ahead({"data/settings.yaml": "format: 7\n"})


def test_the_numbers_of_migrations_leave_no_gap():
    numbers = [migration.number for migration in migrating.known()]
    assert numbers == list(range(2, len(numbers) + 2))
    assert migrating.format_of((ROOT / "data/settings.yaml").read_text(encoding="utf-8")) == migrating.current()


SETTINGS = (ROOT / "data/settings.yaml").read_text(encoding="utf-8")


def test_data_of_another_format_are_one_problem_and_say_what_to_run(monkeypatch):
    newer = texts(settings=SETTINGS.replace("format: 1", "format: 2"), programs_yaml="programs: nonsense\n")
    [problem] = found(newer)
    assert problem.say("en").endswith("knows only 1 → take a newer version of the code: make upgrade")
    monkeypatch.setattr(migrating, "known", lambda: STEPS)
    [problem] = found(texts(programs_yaml="programs: nonsense\n"))
    assert problem.code == "format-older"
    assert "make migrate" in problem.say("ka")


def test_the_verb_refuses_data_newer_than_the_code(tmp_path):
    folder = copies.copy_to(tmp_path / "copy")
    copies.replace(folder / "data/settings.yaml", "format: 1", "format: 9")
    done = copies.run(folder, "migrate")
    assert done.returncode == 1
    assert done.stderr.startswith("The data have the shape 9, and this code knows only 1")


# --- names of fields


def test_a_field_gets_another_name_and_nothing_else_changes():
    text = '- {a: 1, "b": 2}   # one\n-   a: x # two\n\n    deep:\n      a: [1, 2]\n'
    assert renamed(text, {(0, "a"): "c", (0, "b"): "d", (1, "a"): "c"}) == (
        "- {c: 1, d: 2}   # one\n-   c: x # two\n\n    deep:\n      a: [1, 2]\n"
    )


@pytest.mark.parametrize("names", [{("a",): "b"}, {("z",): "y"}])
def test_a_name_that_is_taken_or_missing_is_refused(names):
    with pytest.raises(NotSpliced):
        renamed("a: 1\nb: 2\n", names)


# --- words


DECLINED = {"new.name", "new.about"}
"""What names a municipality in the form that its language needs."""


def test_everything_said_stands_in_both_languages_with_the_same_slots():
    for code, words in told().items():
        if code in DECLINED:
            continue
        slots = [sorted(name for _, name, _, _ in Formatter().parse(words[said]) if name) for said in ("ka", "en")]
        assert slots[0] == slots[1], code


def test_a_copy_is_spoken_to_in_georgian_where_it_is_a_municipalitys(tmp_path):
    write(tmp_path, **{"data__settings.yaml": yaml.safe_dump({"municipality": "telavi"})})
    assert upgrading.municipality(tmp_path) == "telavi"
    write(tmp_path, **{"data__settings.yaml": "a: [\n"})
    assert upgrading.municipality(tmp_path) is None


def test_no_git_no_address_and_a_wrong_address_are_told_in_one_sentence(tmp_path):
    folder = copies.copy_to(tmp_path / "copy")
    for changes, options, words in (
        ({}, [], "It is not known where the common repository is"),
        ({}, ["--from", "--upload-pack=x"], "The address “--upload-pack=x” will not do"),
        ({"PATH": str(tmp_path)}, ["--from", str(ROOT)], "An upgrade needs the program git"),
        ({}, ["--from", str(folder)], "The common part could not be fetched from"),
    ):
        done = copies.run(folder, "upgrade", "--language", "en", *options, **changes)
        assert done.returncode == 1
        assert done.stderr.startswith(words)
        assert done.stderr.count("\n") == 1
        assert not (folder / ".git").exists()
        assert not (folder / "build/upgrade").exists()
