"""Verbs that bring the next version of the common repository into a copy."""

from __future__ import annotations

import click

from .. import migrating, switching, upgrading
from ..migrating import SETTINGS
from ..ownership import KEPT
from ..repository import GitError, NoGit, Repository, Unreachable
from ..revising import Revision, kept
from ..splicing import NotSpliced
from ..telling import say
from ..upgrading import Plan, Refused, Start, Trial
from .here import ROOT, opened

CLERK = click.option("--language", type=click.Choice(["ka", "en"]), help="the language of what is said")
LINES = 6
"""Lines shown of what a copy wrote into a common file."""


@click.command()
@click.option("--from", "source", metavar="ADDRESS", help="where the common repository is, if not at its usual address")
@click.option("--dry-run", is_flag=True, help="tell what would happen, and change nothing")
@click.option("--yes", is_flag=True, help="do not ask")
@click.option("--set-aside", is_flag=True, help=f"where both sides changed a common file, keep yours in {KEPT}")
@click.option("--build/--no-build", default=True, help="only check, where a build follows anyway (a workflow)")
@CLERK
def upgrade(source: str | None, dry_run: bool, yes: bool, set_aside: bool, build: bool, language: str | None) -> None:
    """Take the next version of the common repository; your own files stay, and nothing changes if anything fails."""
    work, speaker = ROOT / switching.FOLDER, Speaker(language)
    try:
        _Upgrade(speaker, dry_run, yes, set_aside, build).run(source)
    except Refused as refused:
        raise SystemExit(speaker.words(refused.code, **refused.about)) from None
    except NoGit:
        raise SystemExit(speaker.words("no-git")) from None
    except GitError as error:
        raise SystemExit(speaker.words("git", why=error)) from None
    except OSError as error:
        raise SystemExit(speaker.words("disk", why=error)) from None
    finally:
        upgrading.swept(work)


class Speaker:
    """Says the words of `told/upgrade.yaml` in the clerk's language: Georgian in the copy of a municipality."""

    def __init__(self, language: str | None):
        self.language = language or ("ka" if upgrading.municipality(ROOT) else "en")

    def words(self, code: str, **about: object) -> str:
        """What a code says."""
        return say(f"upgrade.{code}", self.language, **about)

    def tell(self, code: str, **about: object) -> None:
        """Say it on the screen."""
        click.echo(self.words(code, **about))

    def agreed(self, code: str, **about: object) -> bool:
        """Does the clerk say yes? Where nobody can be asked, the answer is no."""
        try:
            return click.confirm(self.words(code, **about))
        except click.Abort:
            click.echo()
            return False


class _Upgrade:
    """One upgrade: told step by step, tried beside the copy, put in place at the end."""

    def __init__(self, speaker: Speaker, dry_run: bool, yes: bool, set_aside: bool, build: bool):
        self.speaker, self.tell, self.words = speaker, speaker.tell, speaker.words
        self.dry_run, self.yes, self.set_aside, self.build = dry_run, yes, set_aside, build

    def run(self, source: str | None) -> None:
        repository = Repository.at(ROOT, upgrading.workshop(ROOT))
        start = self._start(repository)
        address = upgrading.address(ROOT, repository, source)
        self.tell("asking", address=address)
        plan = self._planned(repository, start, address)
        if plan is None:
            self.tell("current", version=self._version(start.version))
            return
        self._told(repository, start, plan)
        self._agreed(plan)
        trial = Trial(ROOT, repository.work / "copy")
        tree = self._tried(repository, plan, trial)
        if names := upgrading.in_the_way(repository, start, tree):
            raise Refused("in-the-way", files=upgrading.told(names))
        self._ended(repository, start, plan, trial, tree)

    def _start(self, repository: Repository) -> Start:
        message = self.words("commit-edits" if repository.head() else "commit-first")
        start = upgrading.start(repository, message)
        if repository.hidden:
            self.tell("no-history")
        if start.edited:
            self.tell("own-edits", files=upgrading.told(start.edited))
        return start

    def _planned(self, repository: Repository, start: Start, address: str) -> Plan | None:
        try:
            common = repository.fetched(address)
        except Unreachable as error:
            code = "unreachable" if str(error) else "bad-address"
            raise Refused(code, address=address, why=error) from None
        self.tell("comparing")
        try:
            return upgrading.planned(repository, start, common)
        except Refused as refused:
            raise Refused(refused.code, **{**refused.about, "address": address}) from None

    def _version(self, version: str) -> str:
        return version or self.words("unknown")

    def _told(self, repository: Repository, start: Start, plan: Plan) -> None:
        """What the new version brings, before anything is tried."""
        releases = upgrading.news(repository, start, plan, self.speaker.language)
        if releases:
            self.tell("news" if start.version else "news-all", old=start.version)
        else:
            self.tell("no-news")
        for release in releases:
            click.echo(f"\n{release.version}\n\n{release.text}\n")
        self.tell("files", added=plan.added, changed=plan.changed, removed=plan.removed)
        if plan.joined:
            self.tell("joined", files=upgrading.told(plan.joined))
        if plan.clashes:
            self.tell("clashes")
        for path in plan.clashes:
            self.tell("clash", path=path)
            for line in upgrading.written_here(repository, start, plan, path)[:LINES]:
                self.tell("clash-line" if line else "clash-gone", line=line)

    def _agreed(self, plan: Plan) -> None:
        """Go on only with the clerk's consent."""
        if plan.clashes and (self.dry_run or self.set_aside):
            self.tell("aside", folder=KEPT)
        elif plan.clashes and (self.yes or not self.speaker.agreed("ask-aside", folder=KEPT)):
            raise Refused("clash-stop", folder=KEPT)
        if not self.dry_run and not self.yes and not self.speaker.agreed("ask"):
            raise Refused("declined")

    def _tried(self, repository: Repository, plan: Plan, trial: Trial) -> str:
        """The new version at work in a folder of its own; gives back its tree, with migrated data."""
        self.tell("trying")
        repository.export(plan.tree, trial.folder)
        if trial.needs_packages:
            self.tell("packages")
        if not self._asked(trial, "migrate"):
            raise Refused("not-migrated")
        tree = repository.own_of(trial.folder, plan.tree)
        self.tell("checking")
        clean = self._asked(trial, "check")
        if self.build:
            self.tell("building")
        if not (self._asked(trial, "site", "--no-paper") if self.build else clean):
            raise Refused("not-sound")
        if not clean:
            self.tell("remarks")
        return tree

    def _asked(self, trial: Trial, *verb: str) -> bool:
        """Did a verb of the new version succeed? What it says is shown where it did not, or where it is news."""
        done = trial.ask(*verb, "--language", self.speaker.language)
        if done.returncode or verb == ("migrate",):
            click.echo((done.stdout + done.stderr).rstrip("\n"))
        return done.returncode == 0

    def _ended(self, repository: Repository, start: Start, plan: Plan, trial: Trial, tree: str) -> None:
        about = {"old": self._version(start.version), "new": self._version(plan.version)}
        if self.dry_run:
            self.tell("dry", **about, count=len(repository.changed(start.commit, tree)))
            return
        self.tell("placing")
        ending = "done-push" if repository.remote("origin") else "done-site"
        message = self.words("commit-upgrade", **about)
        commit = upgrading.finished(repository, start, plan, tree, message)
        count = upgrading.put_in_place(repository, start, trial.folder, commit, message)
        self.tell(ending, **about, count=count)


@click.command()
@CLERK
def migrate(language: str | None) -> None:
    """Bring the data of this copy into the shape that this version of the code reads (`upgrade` does it by itself)."""
    speaker, texts, number = Speaker(language), upgrading.own_texts(ROOT), migrating.current()
    if SETTINGS not in texts:
        opened(speaker.language)
    try:
        steps = migrating.ahead(texts)
        after = migrating.migrated(texts, steps)
    except migrating.Newer as error:
        raise SystemExit(speaker.words("migrate-newer", have=error, number=number)) from None
    except NotSpliced as error:
        raise SystemExit(speaker.words("migrate-stuck", why=error)) from None
    if not steps:
        speaker.tell("migrate-current", number=number)
        return
    for step in steps:
        speaker.tell("migrated", number=step.number, what=step.what[speaker.language])
    changed = {path: text for path, text in after.items() if text != texts.get(path)}
    # The settings come last: while they name the old format, an interrupted migration is simply done again.
    ordered = sorted(changed, key=lambda path: path == SETTINGS)
    kept(ROOT, Revision(texts, {path: changed[path] for path in ordered}))
    speaker.tell("migrate-done", number=number, count=len(changed))
