"""The workflows for GitHub and GitLab: sound, safe, made of verbs that run here too, and tried with real git."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import copies
import pytest
import tables
import yaml

from guideline.__main__ import main
from guideline.telling import say
from guideline.verbs.receiving import INBOX

ROOT = copies.ROOT
WORKFLOWS = {path.stem: path for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
GITLAB = ROOT / ".gitlab-ci.yml"
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
GITHUBS = (
    "GITHUB_STEP_SUMMARY",
    "GITHUB_OUTPUT",
    "GITHUB_ACTOR",
    "GITHUB_SERVER_URL",
    "GITHUB_REPOSITORY",
    "GITHUB_REF_NAME",
    "GH_TOKEN",
)
"""Variables that every step on GitHub has, and the token that a step is given."""
NO_PROBLEMS = {
    "title.txt": "ცვლილებები\n",
    "words.md": "თანხა: 100 → 200\n",
    "look.md": "ნახეთ\n",
    "by-hand.md": "ხელით\n",
}
PROBLEMS = {**NO_PROBLEMS, "problems.md": "სტრიქონი 7: თანხა არ არის რიცხვი\n"}


def workflow(name):
    """A workflow as data; YAML 1.1 reads `on` as true."""
    read = yaml.safe_load(WORKFLOWS[name].read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in read.items()}


def jobs():
    return [(f"{name}.{id}", job) for name in WORKFLOWS for id, job in workflow(name)["jobs"].items()]


def steps():
    return [(f"{name}: {step['name']}", step) for name, job in jobs() for step in job["steps"]]


def step(name, title):
    return next(step for full, step in steps() if full == f"{name}: {title}")


def gitlab_jobs():
    read = yaml.safe_load(GITLAB.read_text("utf-8"))
    return {name: job for name, job in read.items() if isinstance(job, dict) and "script" in job}


def tool(name):
    """A linter of config/test.txt."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert found, f"{name} is missing → it comes with config/test.txt: make test"
    return found


def linted(*command, words=""):
    done = subprocess.run(command, cwd=ROOT, input=words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# --- linters ---------------------------------------------------------------------------------


def test_zizmor_finds_nothing_unsafe_in_the_workflows():
    linted(tool("zizmor"), "--offline", "--no-progress", "--quiet", ".github/workflows")


@pytest.mark.parametrize(("schema", "files"), [("github-workflows", WORKFLOWS.values()), ("gitlab-ci", [GITLAB])])
def test_the_files_have_the_form_that_the_forge_publishes(schema, files):
    linted(tool("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *map(str, files))


@pytest.mark.skipif(sys.platform == "win32", reason="hadolint is not made for Windows")
def test_hadolint_finds_nothing_in_the_container_file():
    linted(tool("hadolint"), "Containerfile")


def test_shellcheck_finds_nothing_in_the_lines_of_the_workflows():
    given = "".join(f"export {name}=x\n" for name in GITHUBS)
    for name, one in steps():
        if "run" in one:
            words = "".join(f"export {variable}=x\n" for variable in {**environment_of(name), **one.get("env", {})})
            linted(tool("shellcheck"), "--shell=bash", "-", words=f"{given}{words}{one['run']}")
    for job in gitlab_jobs().values():
        lines = [*job.get("before_script", []), *job["script"]]
        linted(tool("shellcheck"), "--shell=bash", "--exclude=SC1091,SC2154", "-", words="\n".join(lines))


def environment_of(name):
    return dict(jobs())[name.partition(":")[0]].get("env", {})


# --- what is safe ----------------------------------------------------------------------------


def test_every_action_is_named_by_its_commit_and_says_its_version():
    lines = [line.strip() for path in WORKFLOWS.values() for line in path.read_text("utf-8").splitlines()]
    used = [line.removeprefix("- ") for line in lines if line.removeprefix("- ").startswith("uses:")]
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


def test_an_action_has_one_version_everywhere():
    used = {line for path in WORKFLOWS.values() for line in re.findall(r"uses: (\S+)", path.read_text("utf-8"))}
    assert len(used) == len({line.partition("@")[0] for line in used})


def test_nothing_is_put_into_a_command_line_by_the_forge():
    assert [name for name, one in steps() if "${{" in one.get("run", "")] == []


def test_a_job_may_do_only_what_it_names_and_ends_in_time():
    for name in WORKFLOWS:
        assert workflow(name)["permissions"] == {}, name
    for name, job in jobs():
        assert job["permissions"], name
        assert job["timeout-minutes"] <= 60, name
    writing = {name for name, job in jobs() if "write" in job["permissions"].values()}
    assert writing == {"publish.deploy", "import.propose", "new.keep", "links.links", "due.due"}


def test_no_job_that_writes_the_copy_runs_its_code():
    for name, job in jobs():
        if job["permissions"].get("contents") == "write":
            assert not [one for one in job["steps"] if "guideline" in one.get("run", "")], name


def test_no_token_stays_in_the_folder_and_only_steps_that_need_one_have_it():
    for name, one in steps():
        if one.get("uses", "").startswith("actions/checkout@"):
            assert one["with"] == {"persist-credentials": False}, name
        if "env" in one:
            assert "guideline" not in one["run"], name


def test_workflows_that_write_the_same_thing_wait_for_each_other():
    assert all("concurrency" in workflow(name) for name in WORKFLOWS)
    assert workflow("publish")["concurrency"]["cancel-in-progress"] is False


# --- what starts them ------------------------------------------------------------------------


def test_an_uploaded_workbook_starts_the_import_and_publishes_nothing():
    assert workflow("import")["on"]["push"]["paths"] == [f"{INBOX}/**", f"!{INBOX}/README.md"]
    assert workflow("publish")["on"]["push"]["paths-ignore"] == [f"{INBOX}/**"]
    assert (ROOT / INBOX / "README.md").is_file()


def test_what_happens_by_itself_can_be_asked_for_too():
    for name in ("publish", "links", "due"):
        assert {"schedule", "workflow_dispatch"} <= set(workflow(name)["on"]), name
    assert "workflow_dispatch" in workflow("check")["on"]


def test_gitlab_has_every_job_that_github_has():
    assert set(gitlab_jobs()) == {"check", "new", "workbook", "import", "pages", "links", "due"}


# --- verbs -----------------------------------------------------------------------------------


def verbs(lines):
    """The verbs that these lines of a shell call, with their arguments."""
    joined = re.sub(r"\\\n\s*", " ", lines)
    for line in joined.splitlines():
        if found := re.search(r"python -m guideline (.*)", line):
            yield shlex.split(found[1].partition("||")[0])


def called():
    for name, one in steps():
        for arguments in verbs(one.get("run", "")):
            yield name, arguments
    for name, job in gitlab_jobs().items():
        for arguments in verbs("\n".join([*job.get("before_script", []), *job["script"]])):
            yield f"gitlab.{name}", arguments


def test_every_verb_that_a_workflow_calls_exists_with_these_arguments():
    found = list(called())
    assert len(found) >= 15
    for name, (verb, *arguments) in found:
        main.commands[verb].make_context(f"{name}: {verb}", list(arguments))


def test_the_lock_whose_packages_are_kept_is_there():
    for name, one in steps():
        if one.get("uses", "").startswith("actions/setup-python@"):
            assert (ROOT / one["with"]["cache-dependency-path"]).is_file(), name


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Telavi's copy, and the workbook that was made from it."""
    folder = copies.copy_to(tmp_path_factory.mktemp("workflows") / "copy")
    (folder / INBOX).mkdir()
    shutil.copy(ROOT / INBOX / "README.md", folder / INBOX)
    ran(folder, ["new", "--municipality", "telavi", "--language", "en", "--yes"])
    ran(folder, ["workbook"])
    return folder


def uploaded(copy, name="programs.xlsx", sum_=None):
    """The workbook as a clerk uploads it, with another sum for the rent if there is one."""
    path = copy / INBOX / name
    shutil.copy(copy / "build/programs.xlsx", path)
    if sum_ is not None:
        tables.typed(path, "benefits", "up_to_gel", {"telavi/temporary-rent 1": sum_})


def ran(copy, arguments, expected=0):
    changed = [
        argument.replace("$GITHUB_STEP_SUMMARY", "summary.md").replace("$GITHUB_OUTPUT", "out")
        for argument in arguments
    ]
    done = copies.run(copy, *changed)
    assert done.returncode == expected, (arguments, done.stdout, done.stderr)
    return done.stdout


def words(copy, name):
    path = copy / "build/received" / name
    return path.read_text("utf-8") if path.is_file() else ""


def test_the_verbs_of_the_import_run_one_after_the_other(copy):
    uploaded(copy, sum_=120)
    (copy / "out").unlink(missing_ok=True)
    lines = [one["run"] for name, one in steps() if name.startswith("import.read:") and "run" in one]
    order = [arguments for block in lines for arguments in verbs(block)]
    assert [verb for verb, *_ in order] == ["receive", "check", "site", "preview"]
    for arguments in order:
        ran(copy, arguments)
    assert (copy / "out").read_text() == "outcome=changed\n"
    assert "up_to_gel: 120" in (copy / "data/programs.yaml").read_text("utf-8")
    assert "100 → 120" in words(copy, "words.md")
    assert say("receiving.words-changed", "ka") in words(copy, "words.md")
    assert words(copy, "problems.md") == ""
    assert [path.name for path in (copy / INBOX).iterdir()] == ["README.md"]
    assert say("forges.none", "ka") in (copy / "summary.md").read_text("utf-8")
    preview = (copy / "build/preview/programs/telavi/temporary-rent/index.html").read_text("utf-8")
    assert "120 ლარამდე" in preview
    assert '="../../index.html' in (copy / "build/preview/programs/telavi/index.html").read_text("utf-8")


def test_a_workbook_with_problems_stays_and_its_problems_are_told_as_text(copy):
    uploaded(copy, sum_="@owner: <b>7</b>")
    (copy / INBOX / "list.ods").write_bytes(b"PK")
    (copy / INBOX / "~$programs.xlsx").write_bytes(b"")
    (copy / "out").unlink(missing_ok=True)
    ran(copy, ["receive", "--language", "ka", "--output", "out"], expected=2)
    assert (copy / "out").read_text() == "outcome=problems\n"
    assert (copy / INBOX / "programs.xlsx").is_file()
    told = words(copy, "problems.md")
    assert "&#64;owner" in told
    assert "<b>" not in told
    assert say("receiving.not-a-workbook", "ka") in told
    for name in ("programs.xlsx", "list.ods", "~$programs.xlsx"):
        (copy / INBOX / name).unlink()


def test_an_upload_that_changes_nothing_says_so(copy):
    ran(copy, ["workbook"])
    uploaded(copy, "a b.xlsx")
    ran(copy, ["receive", "--language", "en", "--output", "same"])
    assert (copy / "same").read_text() == "outcome=same\n"
    ran(copy, ["receive", "--language", "en", "--output", "none"])
    assert (copy / "none").read_text() == "outcome=none\n"


def test_what_is_due_runs_as_the_workflow_calls_it(copy):
    for arguments in verbs(step("due.due", "List what is due")["run"]):
        ran(copy, arguments)
    assert (copy / "build/due.md").stat().st_size > 0


def test_a_problem_is_shown_beside_its_line(copy):
    path = copy / "data/programs.yaml"
    text = path.read_text("utf-8")
    line = text[: text.index("  type: newborn\n")].count("\n") + 1
    path.write_text(text.replace("type: newborn\n", "type: nowhere\n", 1), "utf-8")
    (copy / "summary.md").unlink(missing_ok=True)
    check = next(iter(verbs(step("check.check", "Check data and chapters")["run"])))
    try:
        said = ran(copy, [*check, "--code-quality", "quality.json"], expected=1)
    finally:
        path.write_text(text, "utf-8")
    assert f"::error file=data/programs.yaml,line={line},col=9" in said
    assert f"`data/programs.yaml:{line}`" in (copy / "summary.md").read_text("utf-8")
    found = yaml.safe_load((copy / "quality.json").read_text("utf-8"))
    assert found[0]["location"] == {"path": "data/programs.yaml", "lines": {"begin": line}}
    assert {"description", "check_name", "fingerprint", "severity"} <= set(found[0])


# --- git and the forge -----------------------------------------------------------------------


class Forge:
    """A repository on this machine with a copy in it, and a `gh` that notes what it is asked."""

    def __init__(self, folder):
        self.folder, self.origin, self.work = folder, folder / "origin.git", folder / "work"
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        self.git(folder, "clone", "--quiet", str(self.origin), str(self.work))
        self.git(self.work, "switch", "--quiet", "--create", "main")
        self.write("data/programs.yaml", "gel: 100\n")
        self.write("workbook/README.md", "here\n")
        self.write(".gitignore", "build/\n")
        self.push("Begin")
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.calls = folder / "calls"
        self.calls.write_text("")
        self.stand_in("gh", '[ "$1 $2" != "pr list" ] || cat "$FORGE/open"\n! grep -qx -- "$1 $2" "$FORGE/refused"\n')
        (folder / "open").write_text("")
        (folder / "refused").write_text("")

    def stand_in(self, name, words):
        path = self.bin / name
        path.write_text(f'#!/bin/bash\nprintf "%s\\n" "{name} $*" >>"$FORGE/calls"\n{words}')
        path.chmod(0o755)

    def git(self, folder, *arguments):
        roles = [f"GIT_{role}_{part}" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")]
        who = dict.fromkeys(roles, "clerk@example.org")
        environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        command = ["git", *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, path, text):
        (self.work / path).parent.mkdir(parents=True, exist_ok=True)
        (self.work / path).write_text(text)

    def push(self, message, branch="main"):
        self.git(self.work, "add", "--all")
        self.git(self.work, "commit", "--quiet", "--message", message)
        self.git(self.work, "push", "--quiet", "origin", f"HEAD:refs/heads/{branch}")

    def upload(self, branch="main"):
        """What the clerk does: a workbook into the folder, on main or on a branch."""
        if branch != "main":
            self.git(self.work, "switch", "--quiet", "--create", branch)
        self.write("workbook/my programs.xlsx", "binary\0")
        self.push("Add files via upload", branch)

    def receive(self, outcome, words):
        """What `receive` leaves behind."""
        for name, text in words.items():
            self.write(f"build/received/{name}", text)
        if outcome == "changed":
            self.write("data/programs.yaml", "gel: 200\n")
        if outcome != "problems":
            (self.work / "workbook/my programs.xlsx").unlink()

    def run(self, lines, **variables):
        environment = {
            **os.environ,
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "FORGE": str(self.folder),
            "HOME": str(self.folder),
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "telavi/copy",
            "GITHUB_ACTOR": "clerk",
            "GH_TOKEN": "none",
            **variables,
        }
        done = subprocess.run(
            ["bash", "-e", "-c", lines], cwd=self.work, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def asked(self):
        return self.calls.read_text().splitlines()

    def files(self, branch):
        return set(self.git(self.origin, "ls-tree", "-r", "--name-only", branch).split("\n")) - {""}

    def text(self, branch, path):
        return self.git(self.origin, "show", f"{branch}:{path}")

    def branches(self):
        return set(self.git(self.origin, "for-each-ref", "--format=%(refname:short)", "refs/heads").split())


@pytest.fixture
def forge(tmp_path):
    return Forge(tmp_path)


CLEAN = {"data/programs.yaml", "workbook/README.md", ".gitignore"}
UPLOADED = CLEAN | {"workbook/my programs.xlsx"}


def imported(forge, outcome, branch="main", words=NO_PROBLEMS):
    """What import.yml does after `receive`: both jobs, each in a folder as it was pushed."""
    forge.upload(branch)
    forge.receive(outcome, words)
    forge.run(step("import.read", "Keep what has changed")["run"])
    forge.git(forge.work, "reset", "--quiet", "--hard")
    variables = {
        "OUTCOME": outcome,
        "PREVIEW": "https://github.com/x" if outcome == "changed" else "",
        "DEFAULT": "main",
        "ON_DEFAULT": str(branch == "main").lower(),
        "BRANCH": "workbook-1-1" if branch == "main" else branch,
    }
    said = ""
    for name, one in steps():
        if name.startswith("import.propose:") and "run" in one and holds(one.get("if", ""), variables):
            said += forge.run(one["run"], **variables)
    return said


def holds(condition, variables):
    """Is the condition of a step true? Comparisons of `env`, joined by `||`."""
    parts = [re.fullmatch(r"env\.(\w+) (==|!=) '(\w+)'", part).groups() for part in condition.split(" || ") if part]
    return not parts or any((variables[name] == value) == (sign == "==") for name, sign, value in parts)


def test_changes_from_a_workbook_on_main_come_as_a_request_and_the_file_goes(forge):
    imported(forge, "changed")
    assert forge.files("main") == CLEAN
    assert forge.text("main", "data/programs.yaml") == "gel: 100\n"
    assert forge.files("workbook-1-1") == CLEAN
    assert forge.text("workbook-1-1", "data/programs.yaml") == "gel: 200\n"
    asked = forge.asked()
    assert any(call.startswith("gh pr create --base main --head workbook-1-1 --title ცვლილებები") for call in asked)
    assert "--draft" not in "".join(asked)
    assert "gh workflow run check.yml --ref workbook-1-1" in asked
    assert not [call for call in asked if call.startswith("gh pr comment")]
    assert (forge.work / "build/received/words.md").read_text().endswith("\nნახეთ\n<https://github.com/x>\n")


def test_merging_the_request_leaves_the_changes_and_no_workbook(forge):
    imported(forge, "changed")
    forge.git(forge.work, "fetch", "--quiet")
    forge.git(forge.work, "switch", "--quiet", "--detach", "origin/main")
    forge.git(forge.work, "merge", "--quiet", "--no-edit", "origin/workbook-1-1")
    assert (forge.work / "data/programs.yaml").read_text() == "gel: 200\n"
    assert [path.name for path in (forge.work / "workbook").iterdir()] == ["README.md"]


def test_a_workbook_with_problems_comes_as_a_draft_with_a_comment(forge):
    imported(forge, "problems", words=PROBLEMS)
    assert forge.files("main") == CLEAN
    assert forge.files("workbook-1-1") == UPLOADED
    asked = forge.asked()
    assert any(call.startswith("gh pr create") and call.endswith("--draft") for call in asked)
    assert "gh pr comment workbook-1-1 --body-file build/received/problems.md" in asked
    assert not [call for call in asked if call.startswith("gh workflow run")]


def test_a_mended_workbook_on_the_same_branch_makes_the_draft_ready(forge):
    imported(forge, "problems", words=PROBLEMS)
    (forge.folder / "open").write_text("7\n")
    forge.git(forge.work, "fetch", "--quiet")
    forge.git(forge.work, "switch", "--quiet", "--force-create", "mended", "origin/workbook-1-1")
    forge.git(forge.work, "rm", "--quiet", "workbook/my programs.xlsx")
    forge.git(forge.work, "commit", "--quiet", "--message", "x")
    (forge.work / "build/received/problems.md").unlink()
    forge.calls.write_text("")
    imported(forge, "changed", branch="again")
    asked = forge.asked()
    assert "gh pr edit 7 --body-file build/received/words.md" in asked
    assert "gh pr ready 7" in asked
    assert not [call for call in asked if call.startswith(("gh pr create", "gh pr comment"))]


def test_a_workbook_on_a_branch_is_replaced_by_its_changes_there(forge):
    imported(forge, "changed", branch="clerk-patch-1")
    assert forge.branches() == {"main", "clerk-patch-1"}
    assert forge.files("clerk-patch-1") == CLEAN
    assert forge.text("clerk-patch-1", "data/programs.yaml") == "gel: 200\n"
    assert any(call.startswith("gh pr create --base main --head clerk-patch-1") for call in forge.asked())


def test_a_workbook_that_changes_nothing_only_goes(forge):
    imported(forge, "same")
    assert forge.branches() == {"main"}
    assert forge.files("main") == CLEAN
    assert not [call for call in forge.asked() if call.startswith("gh pr")]


def test_a_protected_main_is_left_to_the_request(forge):
    hook = forge.origin / "hooks/update"
    forge.upload()
    hook.write_text('#!/bin/sh\n[ "$1" != refs/heads/main ]\n')
    hook.chmod(0o755)
    forge.upload = lambda branch: None
    imported(forge, "changed")
    assert forge.files("main") == UPLOADED
    assert forge.files("workbook-1-1") == CLEAN
    assert any(call.startswith("gh pr create") for call in forge.asked())


def test_where_no_workflow_may_open_a_request_one_click_is_left(forge):
    (forge.folder / "refused").write_text("pr create\n")
    said = imported(forge, "changed")
    summary = (forge.folder / "summary").read_text()
    assert "<https://github.com/telavi/copy/compare/main...workbook-1-1?expand=1>" in summary
    assert "::warning::ხელით" in said
    assert forge.files("workbook-1-1") == CLEAN


def test_one_issue_is_kept_up_to_date_and_closed_when_nothing_is_left(forge):
    one = step("due.due", "Open the issue, or bring it up to date")
    forge.stand_in("gh", 'case "$1 $2" in "repo view") echo true ;; "issue list") cat "$FORGE/open" ;; esac\n')
    forge.write("build/due.md", "- რამე\n")
    forge.run(one["run"], **one["env"])
    (forge.folder / "open").write_text("5\n")
    forge.run(one["run"], **one["env"])
    (forge.work / "build/due.md").unlink()
    forge.run(one["run"], **one["env"])
    done = [call.split()[2] for call in forge.asked() if call.startswith("gh issue") and "list" not in call]
    assert done == ["create", "edit", "close"]
    assert forge.asked()[-1] == "gh issue close 5"


def test_where_issues_are_switched_off_the_summary_says_it(forge):
    one = step("links.links", "Open the issue, or bring it up to date")
    forge.stand_in("gh", "echo false\n")
    forge.write("build/links.md", "- რამე\n")
    assert "::warning::" in forge.run(one["run"], **one["env"])
    assert "რამე" in (forge.folder / "summary").read_text()
    assert [call.split()[1] for call in forge.asked()] == ["repo"]


def test_both_reports_are_kept_in_the_same_way():
    title = "Open the issue, or bring it up to date"
    assert step("due.due", title)["run"] == step("links.links", title)["run"]


@pytest.mark.parametrize("outcome", ["changed", "problems"])
def test_gitlab_does_the_same_with_a_workbook(forge, outcome):
    forge.upload()
    forge.receive(outcome, PROBLEMS if outcome == "problems" else NO_PROBLEMS)
    forge.git(forge.origin, "config", "receive.advertisePushOptions", "true")
    forge.stand_in("apt-get", "")
    forge.stand_in("python", f'[ "$3" != receive ] || echo outcome={outcome} >build/received/outcome.env\n')
    job = gitlab_jobs()["import"]
    address = "https://gitlab-ci-token:none@gitlab.com:443/telavi/copy.git"
    forge.git(forge.work, "config", f"url.{forge.origin}.insteadOf", address)
    forge.run(
        "\n".join([*job["before_script"], *job["script"]]),
        CI_COMMIT_BRANCH="main",
        CI_DEFAULT_BRANCH="main",
        CI_PIPELINE_IID="12",
        CI_SERVER_HOST="gitlab.com",
        CI_SERVER_PORT="443",
        CI_PROJECT_PATH="telavi/copy",
        CI_JOB_TOKEN="none",
    )
    assert forge.files("main") == CLEAN
    assert forge.files("workbook-12") == (CLEAN if outcome == "changed" else UPLOADED)
    assert forge.asked()[-1] == "python -m guideline post-request --language ka --branch workbook-12 --target main"
