"""The build, event by event, in the order in which MkDocs fires them: the only module that knows MkDocs.

The i18n plugin repeats every event once per language with the same config object, so whatever happens
here must do no harm when it happens twice: values are assigned, never appended. Pages made from data
are announced to i18n as ordinary files (priority 0) and filled after it has placed them (-200).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from guideline import colours, policy, quoting, reading_aids, routes, translations
from guideline.cards import Place
from guideline.model import SOURCE_LANGUAGES
from guideline.pages.everything import Pages
from guideline.pages.page import Page as DataPage
from guideline.problems import DataError, Problem, particulars
from guideline.workplace import Workplace, open_workplace

_ALTERNATE = re.compile(r'\s*<link rel="alternate"[^>]*hreflang[^>]*>')

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLOURS = "assets/stylesheets/colours.css"

_pages: dict[str, Pages] = {}
"""What the data read last make, by language."""
_workplace: list[Workplace] = []
"""The copy that was read last: its chapters, and what their translations were compared with."""
_by_file: dict[str, DataPage] = {}
"""The pages made from data, by the file that each would be written in."""


# --- the configuration: read the data, once --------------------------------------------------


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check everything before anything is half done."""
    if not _inner(config):
        with _told():
            _remember(open_workplace(Path(config.docs_dir).parent))
    config.markdown_extensions = [
        *(extension for extension in config.markdown_extensions if not isinstance(extension, quoting.QuoteExtension)),
        quoting.QuoteExtension(),  # type: ignore[list-item]
    ]
    return config


def _i18n(config: MkDocsConfig) -> Any:
    """The i18n plugin, which tells which language is being built."""
    return config.plugins["i18n"]


def _inner(config: MkDocsConfig) -> bool:
    """Is this the build that i18n starts for a further language?"""
    return bool(_i18n(config).building)


@contextmanager
def _told() -> Iterator[None]:
    """Problems of the data end the build with their lines, never with a traceback."""
    try:
        yield
    except DataError as error:
        lines = "\n".join(problem.say("en") for problem in error.problems)
        raise PluginError(f"The data need attention:\n{lines}") from None


def _remember(workplace: Workplace) -> None:
    _workplace[:] = [workplace]
    _pages.clear()
    for language in SOURCE_LANGUAGES:
        _pages[language] = Pages(workplace.collection, workplace.chapters, language, workplace.today)
    _by_file.clear()
    for language, pages in _pages.items():
        _by_file.update({routes.source(page.path, language): page for page in pages.all()})


def on_pre_build(config: MkDocsConfig) -> None:
    """The names of the site, in the language that i18n is about to build."""
    copy = next(iter(_pages.values())).collection.copy
    config.site_name = str(escape(copy.name[_language(config)]))
    config.site_description = str(escape(copy.about[_language(config)]))
    say = _say(_language(config))
    config.copyright = f'<a href="{LICENCE}" rel="license noopener">{escape(say("theme.licence"))}</a>'
    for palette in config.theme["palette"]:
        palette["toggle"]["name"] = say(f"theme.to_{palette['toggle']['scheme']}")


def _say(language: str) -> Callable[[str], str]:
    """The phrases of a language, for the theme."""

    def say(key: str) -> str:
        with _told():
            return _pages[language].speaker.say(key)

    return say


def _language(config: MkDocsConfig) -> str:
    return str(_i18n(config).current_language)


# --- the files: announce, then fill ----------------------------------------------------------


@event_priority(0)
def announce_pages(files: Files, config: MkDocsConfig) -> Files:
    """Tell i18n of every page of every language, so that it places, links and translates them."""
    for uri in _by_file:
        if files.get_file_from_path(uri):
            raise PluginError(Problem(f"docs/{uri}", 1, 1, "", "hand-written-page").say("en"))
        files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


@event_priority(-200)
def fill_pages(files: Files, config: MkDocsConfig) -> Files:
    """Give the announced pages their front matter; their bodies follow when MkDocs has rendered them."""
    for file in files:
        page = _by_file.get(file.src_uri)
        if page:
            file.content_string = _front_matter(page)
            file.generated_by = "program data"
            file.edit_uri = None
    chosen = next(iter(_pages.values())).collection.copy.colours
    sheet = colours.style_sheet(chosen.primary, chosen.accent)
    files.append(File.generated(config, COLOURS, content=sheet))
    for pages in _pages.values():
        for address, text in pages.files():
            files.append(File.generated(config, address, content=text))
    return files


def _front_matter(page: DataPage) -> str:
    hidden = ["navigation"] if page.headings() else ["navigation", "toc"]
    words: dict[str, Any] = {"title": page.title, "description": page.description, "hide": hidden}
    words.update(scripts=page.scripts, styles=page.styles)
    if page.moved_to:
        place = Place(page.language, page.address)
        words.update(template="moved.html", location=place.link(page.moved_to), search={"exclude": True})
    return f"---\n{json.dumps(words, ensure_ascii=False)}\n---\n"


on_files = CombinedEvent(announce_pages, fill_pages)


# --- each page -------------------------------------------------------------------------------


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Escape what the theme prints as it is: titles and descriptions, from data or from chapters.

    The theme puts them between double quotation marks; an apostrophe stays, since the search shows it as it is.
    """
    for name in ("title", "description"):
        if name in page.meta:
            page.meta[name] = str(escape(page.meta[name])).replace("&#39;", "'")
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The body of a page made from data; in chapters, the cards that they quote."""
    made = _by_file.get(page.file.src_uri)
    if made:
        page.toc = get_toc(made.headings() or [{"level": 1, "id": "top", "name": made.title, "children": []}])
        with _told():
            return made.html()
    if call := quoting.leftover(html):
        above = Path(page.file.abs_src_path or "").read_text(encoding="utf-8").partition(call)[0]
        line = above.count("\n") + 1
        message = Problem(f"docs/{page.file.src_uri}", line, 1, "", "quote-in-html", particulars({"value": call}))
        raise PluginError(message.say("en"))
    with _told():
        return _chapter(html, page)


def _chapter(html: str, page: Page) -> str:
    """The body of a page that people wrote, with what it quotes, its head, its terms and a notice of its age."""
    language = words_language(page)
    made, place = _pages[language], Place(language, page.url)
    html = quoting.fill(html, lambda *quote: _quote(page, *quote))
    page.meta["scripts"] = ["terms"] if reading_aids.has_terms(html) else []
    html = reading_aids.with_terms(html, lambda *mark: _term(page, place, *mark))
    html = reading_aids.boxes_as_pictures(reading_aids.with_labelled_tables(html))
    html = reading_aids.with_plain_notes(html, lambda number: made.speaker.say("chapter.back", n=number))
    chapter = _workplace[0].chapters.get(page.file.src_uri.split("/", 1)[1].removesuffix(".md"), language)
    if chapter is None:
        return html
    states = translations.states_of(_workplace[0].chapters, _workplace[0].confirmed, chapter.page, language)
    head = made.guideline.translation_notice(states, place)
    return reading_aids.with_head(html, head + made.guideline.chapter_head(chapter, place))


def _term(page: Page, place: Place, id: str, words: str, number: int) -> str:
    """A marked term; one that the glossary lacks, marked in a way that `check` does not see, ends the build."""
    made = _pages[place.language]
    if id not in made.collection.glossary:
        about = particulars({"value": id, "near": ""})
        raise DataError([Problem(f"docs/{page.file.src_uri}", 1, 1, "", "unknown-term", about)])
    return made.guideline.term(id, words, number, place)


def _quote(page: Page, name: str, argument: str, number: int) -> str:
    language = words_language(page)
    place = Place(language, page.url, level=3, prefix=f"quote-{number}-", quoted=True)
    return _pages[language].quote(name, argument, place)


def words_language(page: Page) -> str:
    """The language of a page's words: the folder of its file (a fallback page is shown under another)."""
    return page.file.src_uri.split("/")[0]


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """What the theme's templates may ask for: the phrases of the page's language, and addresses."""
    language = _language(config)
    env.globals.update(
        say=_say(language),
        say_in=lambda code, key: _say(code)(key),
        address=lambda page, code=language: routes.address(page, code),
        page_language=language,
        words_language=words_language,
        faults_to=_pages[language].collection.copy.faults_to,
    )
    env.filters["without_alternates"] = lambda head: _ALTERNATE.sub("", head)
    return env


# --- the site --------------------------------------------------------------------------------


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for wrong addresses speaks both languages and is written once, by the first build."""
    if template_name != "404.html":
        return output_content
    return "" if _inner(config) else policy.with_policy(output_content)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Each page carries its Content-Security-Policy."""
    return policy.with_policy(output)
