"""Verbs of the jobs on GitLab: put a report into an issue, the words about a workbook into a merge request."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from ..gitlab import Project, Refused, keep_issue, keep_request
from ..telling import say
from .here import LANGUAGE

NO_TOKEN = 3
"""Exit status where the project has given no token: the report stays an artefact, the job warns."""
FILE = click.Path(path_type=Path)


@click.command("post-issue", hidden=True)
@LANGUAGE
@click.option("--label", required=True, help="the label by which the issue is found again")
@click.option("--title", required=True, help="the title of a new issue")
@click.option("--report", type=FILE, required=True, help="the words; no file or an empty one closes the issue")
def post_issue(language: str, label: str, title: str, report: Path) -> None:
    """Keep one open issue on GitLab that says what a report says (needs PROJECT_TOKEN)."""
    _post(language, lambda project: keep_issue(project, label, title, _text(report)))


@click.command("post-request", hidden=True)
@LANGUAGE
@click.option("--branch", required=True, help="the branch with the changes")
@click.option("--target", required=True, help="the branch into which they should go")
@click.option("--folder", type=FILE, default=Path("build/received"), help="where `receive` left its words")
def post_request(language: str, branch: str, target: str, folder: Path) -> None:
    """Keep the merge request of a branch on GitLab, with the words about the workbook (needs PROJECT_TOKEN)."""
    title, words, problems = (_text(folder / name) for name in ("title.txt", "words.md", "problems.md"))
    _post(language, lambda project: keep_request(project, branch, target, title.strip(), words, problems))


def _post(language: str, keep: Callable[[Project], str]) -> None:
    api, id, token = (os.environ.get(name, "") for name in ("CI_API_V4_URL", "CI_PROJECT_ID", "PROJECT_TOKEN"))
    if not (api and id and token):
        click.echo(say("posting.no-token", language), err=True)
        raise SystemExit(NO_TOKEN)
    try:
        address = keep(Project(api, id, token))
    except Refused as error:
        raise SystemExit(say("posting.refused", language, seen=error)) from None
    click.echo(say("posting.kept", language, address=address) if address else say("posting.nothing", language))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
