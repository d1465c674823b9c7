"""The folders of a copy: its data and chapters read from disk, and everything that is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from . import crest, fonts, languages, routes, translations
from .chapters import Chapter, Chapters
from .checks import everything, language, ways
from .checks import local as own_words
from .checks.chapters import check as check_chapters
from .checks.glyphs import in_chapters
from .collection import files_in, read, text_of, with_texts
from .local import BOXES, FOLDER, PAGES, Local
from .model import SOURCE_LANGUAGES, Collection
from .problems import DataError, Finding, Problem, particulars
from .reading import File, load
from .spelling import Speller

TBILISI = timezone(timedelta(hours=4))
"""Georgia's time, all year round: the day of a build is the reader's day."""
TRANSLATIONS = "data/translations.yaml"
DICTIONARY = "config/dictionary"
FONTS = "docs/assets/fonts"
INTERFACE = (
    "hooks/guideline/messages.yaml",
    "hooks/guideline/fields.yaml",
    "hooks/guideline/told/*.yaml",
    "hooks/guideline/templates/new/*.yaml",
    "hooks/guideline/choices.yaml",
    "theme/partials/languages/ka.html",
    "theme/404.html",
)
"""Files of the code that hold Georgian words, as patterns."""


@dataclass(frozen=True)
class Workplace:
    """A copy that was read and found in order."""

    root: Path
    files: Mapping[str, File]
    collection: Collection
    today: date
    chapters: Chapters
    confirmed: translations.Confirmed
    local: Local
    """The municipality's own words."""


def open_workplace(root: Path, instead: Mapping[str, str] = MappingProxyType({})) -> Workplace:
    """Read and check the copy at `root`; `instead` has texts of data files that are about to be written, by path.

    Raises `DataError` with every problem of its data and chapters.
    """
    files = with_texts(files_in(root / "data"), instead)
    collection = read(files)
    today = collection.copy.today or day_of_build()
    chapters, problems = _read_chapters(root, collection.languages, languages.codes_of(files))
    local, elsewhere = _read_local(root)
    confirmed, faults = _confirmed(root)
    covered = fonts.covered(root / FONTS)
    problems += [
        *faults,
        *elsewhere,
        *_crest(root, collection.copy.crest, files["settings"]),
        *everything.check(collection, files, today, covered),
        *check_chapters(chapters, collection),
        *in_chapters(chapters, covered),
        *own_words.check(local, chapters, collection),
        *in_chapters(local.boxes, covered),
        *in_chapters(local.pages, covered),
    ]
    if problems:
        raise DataError(problems)
    return Workplace(root, files, collection, today, chapters, confirmed, local)


def remarks(workplace: Workplace) -> list[Problem]:
    """What an editor would note in the words of the copy; none of it stops the site from being published."""
    collection = workplace.collection
    editor = language.Editor(collection, Speller(workplace.root / DICTIONARY, collection.own_words.models()))
    paths = {name: file.path for name, file in workplace.files.items()}
    findings = [
        *language.remarks_on_data(everything.records(collection, paths), editor),
        *language.remarks_on_phrases(collection.phrases, paths["phrases"], editor),
        *ways.remarks_on_ways(collection, paths["programs"]),
        *language.remarks_on_own_words(collection.own_words, paths["spelling"], editor.speller),
    ]
    found = sorted(path for pattern in INTERFACE for path in workplace.root.glob(pattern))
    interface = [File(path.relative_to(workplace.root).as_posix(), path.read_text(encoding="utf-8")) for path in found]
    return sorted(
        [
            *_in_waiting(workplace),
            *everything.placed(findings, workplace.files),
            *language.remarks_on_chapters(workplace.chapters, editor),
            *language.remarks_on_chapters(workplace.local.boxes, editor),
            *language.remarks_on_chapters(workplace.local.pages, editor),
            *own_words.remarks(workplace.local),
            *(problem for file in interface for problem in language.misspelled(file, editor)),
        ]
    )


def _in_waiting(workplace: Workplace) -> Iterator[Problem]:
    """What is wrong with the words of languages that are not switched on: nobody reads them, somebody may soon."""
    values = {name: load(file)[0] for name, file in workplace.files.items() if name in languages.TRANSLATED}
    for code in languages.codes_of(workplace.files):
        if code not in workplace.collection.further:
            file = workplace.files[languages.name_of(code)]
            yield from load(file)[1]
            yield from file.problems(languages.faults(values, file, code))


def _confirmed(root: Path) -> tuple[translations.Confirmed, list[Problem]]:
    """What the translations were compared with; nothing where no file says it."""
    path = root / TRANSLATIONS
    if not path.exists():
        return {}, []
    text = text_of(path, TRANSLATIONS)
    return ({}, [text]) if isinstance(text, Problem) else translations.read(File(TRANSLATIONS, text))


def site_url(root: Path) -> str:
    """The address at which the copy will stand, with the slash that MkDocs adds; from its mkdocs.yml.

    Raises `DataError` where the file does not name one.
    """
    found = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8")) or {}
    if not isinstance(found, dict) or not found.get("site_url"):
        raise DataError([Problem("mkdocs.yml", 1, 1, "", "missing-field", particulars({"field": "site_url"}))])
    return str(found["site_url"]).rstrip("/") + "/"


def pictures_folder(root: Path) -> Path:
    """Where drawn pictures are kept between builds; the environment may name a folder that several copies share."""
    return Path(os.environ.get("GUIDELINE_PICTURES") or root / "build" / "pictures")


def day_of_build() -> date:
    """Today, or the day that the environment fixes (SOURCE_DATE_EPOCH, for builds that can be repeated)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), TBILISI).date() if epoch else datetime.now(TBILISI).date()


def _read_chapters(root: Path, codes: Iterable[str], others: Iterable[str]) -> tuple[Chapters, list[Problem]]:
    """The pages that people wrote; `problems` has those that could not be read.

    Pages in a language that is not switched on (`others`) are left alone.
    """
    found: dict[str, dict[str, Chapter]] = {language: {} for language in codes}
    off = set(others) - set(found)
    problems = []
    for path in sorted((root / "docs").rglob("*.md")):
        shown = path.relative_to(root).as_posix()
        _, folder, *names = shown.split("/")
        if folder in off and names:
            continue
        text = text_of(path, shown)
        if folder not in found or not names:
            problems.append(Problem(shown, 1, 1, "", "page-outside"))
        elif isinstance(text, Problem):
            problems.append(text)
        else:
            page = "/".join(names).removesuffix(".md")
            found[folder][page] = Chapter(page, folder, shown, text.replace("\r\n", "\n"))
    return Chapters(found, _order(root)), problems


def _read_local(root: Path) -> tuple[Local, list[Problem]]:
    """The municipality's own words; `problems` has files that could not be read, or that stand where nobody looks."""
    found: dict[str, dict[str, dict[str, Chapter]]] = {
        folder: {language: {} for language in SOURCE_LANGUAGES} for folder in (BOXES, PAGES)
    }
    problems = []
    for path in sorted((root / FOLDER).rglob("*.md")):
        shown = path.relative_to(root).as_posix()
        _, language, folder, *names = [*shown.split("/"), "", ""][: max(3, shown.count("/") + 1)]
        if shown == f"{FOLDER}/README.md":
            continue
        text = text_of(path, shown)
        if folder not in found or language not in found[folder] or not any(names):
            problems.append(Problem(shown, 1, 1, "", "local-outside"))
        elif isinstance(text, Problem):
            problems.append(text)
        else:
            page = "/".join(names).removesuffix(".md")
            found[folder][language][page] = Chapter(page, language, shown, text.replace("\r\n", "\n"))
    return Local(Chapters(found[BOXES], ()), Chapters(found[PAGES], ())), problems


def _crest(root: Path, name: str | None, settings: File) -> Iterator[Problem]:
    """What is wrong with the picture that the settings name."""
    if name is None:
        return
    path = root / name
    if path.is_symlink() or not path.is_file():
        yield from settings.problems([Finding(settings.path, ("crest",), "no-crest", {"value": name})])
        return
    for line, code, about in crest.faults(name, path.read_bytes()):
        yield Problem(name, line, 1, "", code, particulars(about))


def _order(root: Path) -> tuple[str, ...]:
    """The chapters in the order of the navigation (config/base.yml): pages of the folder guideline/ with a number."""
    settings = yaml.safe_load((root / "config" / "base.yml").read_text(encoding="utf-8"))
    pages = [str(page) for section in settings["nav"] if isinstance(section, dict) for page in _entries(section)]
    return tuple(
        page.removesuffix(".md")
        for page in pages
        if page.startswith(f"{routes.GUIDELINE}/") and not page.endswith("/index.md")
    )


def _entries(section: Any) -> Iterator[str]:
    for inner in section.values() if isinstance(section, dict) else section:
        yield from [inner] if isinstance(inner, str) else _entries(inner)
