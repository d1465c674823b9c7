"""The build, event by event, in the order in which MkDocs fires them: the only module that knows MkDocs.

The i18n plugin repeats every event once per language with the same config object, so whatever happens
here must do no harm when it happens twice: values are assigned, never appended. Pages made from data
are announced to i18n as ordinary files (priority 0) and filled after it has placed them (-200).
"""

from __future__ import annotations

import html as markup
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from guideline import (
    borrowing,
    colours,
    languages,
    linked_data,
    local,
    manifest,
    offline,
    policy,
    quoting,
    reading_aids,
    routes,
    search,
    translations,
)
from guideline.cards import Place, render
from guideline.chapters import Chapter
from guideline.head import Head, head_html, trail
from guideline.model import SOURCE_LANGUAGES, Collection, borrowed
from guideline.pages.everything import Pages
from guideline.pages.page import Page as DataPage
from guideline.pictures import Album, Caption, Fonts, Picture
from guideline.problems import DataError, Problem, particulars
from guideline.workplace import Workplace, open_workplace, pictures_folder, site_url

_ALTERNATE = re.compile(r'\s*<link rel="alternate"[^>]*hreflang[^>]*>')

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLOURS = "assets/stylesheets/colours.css"
ROOM_FOR_PAPER = "<!-- paper -->"
"""Where the links to a page's PDFs go when paper is built with the site."""
PAPER = "GUIDELINE_PAPER"
"""The variable that says so: printing needs the packages of config/paper.txt."""
ROBOTS = "robots.txt"
_STYLES = "assets/stylesheets/{}.css"
"""Style sheets; those of a language bring its font."""

_pages: dict[str, Pages] = {}
"""What the data read last make, by language."""
_workplace: list[Workplace] = []
"""The copy that was read last: its chapters, and what their translations were compared with."""
_by_file: dict[str, DataPage] = {}
"""The pages made from data, by the file that each would be written in."""
_unlisted: set[str] = set()
"""The files of pages that search engines shall not show."""
_pictures: dict[str, dict[str, tuple[str, Path]]] = {}
"""By language and page ("" for all that have none of their own): where the picture will stand, and its file."""
_found: dict[str, list[search.Entry]] = {}
"""What the search finds in chapters and other pages rendered so far, by language."""


# --- the configuration: read the data, once --------------------------------------------------


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check everything before anything is half done."""
    if not _inner(config):
        with _told():
            _remember(open_workplace(Path(config.docs_dir).parent))
        _add_languages(config)
    config.markdown_extensions = [
        *(extension for extension in config.markdown_extensions if not isinstance(extension, quoting.QuoteExtension)),
        quoting.QuoteExtension(),  # type: ignore[list-item]
    ]
    _with_own_parts(config)
    return config


def on_serve(server: Any, config: MkDocsConfig, builder: Any) -> None:
    """The municipality's own words are followed too, where there are some."""
    folder = Path(config.docs_dir).parent / local.FOLDER
    if folder.is_dir():
        server.watch(str(folder))


def _with_own_parts(config: MkDocsConfig) -> None:
    """The crest in the place of the mark, and the municipality's own pages before the last of the navigation."""
    copy, own = _workplace[0].collection.copy, _workplace[0].local.pages.pages()
    if copy.crest:
        config.theme["logo"] = routes.crest(copy.crest)
    heads = {language: pages.speaker.say("local.pages") for language, pages in _pages.items()}
    head = heads[routes.DEFAULT_LANGUAGE]
    common = [entry for entry in config.nav or () if not (isinstance(entry, dict) and head in entry)]
    ours = [{head: [f"{routes.local(name)}.md" for name in own]}] if own else []
    config.nav = [*common[:-1], *ours, *common[-1:]]
    for language in _i18n(config).config.languages:
        if language.locale in heads:
            language.nav_translations = {**(language.nav_translations or {}), head: heads[language.locale]}


def _add_languages(config: MkDocsConfig) -> None:
    """The languages of the copy beside those of config/base.yml: i18n builds them like any other."""
    sources: list[Any] = [one for one in _i18n(config).config.languages if one.locale in SOURCE_LANGUAGES]
    added = []
    for code, language in _collection().further.items():
        one = type(sources[0])()
        one.load_dict({"locale": code, "name": language.name, "build": True, "nav_translations": _nav(config, code)})
        one.validate()
        added.append(one)
    _i18n(config).config.languages = [*sources, *added]


def _nav(config: MkDocsConfig, code: str) -> dict[str, str]:
    """The names of the parts of the navigation, which config/base.yml gives in Georgian."""
    say = _pages[code].speaker.say
    sections = [str(name) for entry in config.nav or () if isinstance(entry, dict) for name in entry]
    names = [borrowing.plain(say(f"theme.nav_{key}")) for key in ("guideline", "training", "municipalities")]
    return dict(zip(sections, names, strict=True))


def _collection() -> Collection:
    """The data read last."""
    return _workplace[0].collection


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
    _unlisted.clear()
    for language in workplace.collection.languages:
        _pages[language] = Pages(
            workplace.collection, workplace.chapters, language, workplace.today, site_url(workplace.root)
        )
    _by_file.clear()
    for language, pages in _pages.items():
        _by_file.update({routes.source(page.path, language): page for page in pages.all()})
    _draw(workplace)


def _draw(workplace: Workplace) -> None:
    """The pictures of all pages; those that an earlier build drew are only looked up."""
    copy = workplace.collection.copy
    captions: dict[tuple[str, str], Caption] = {
        (language, ""): Caption(site=copy.name[language], sentence=copy.about[language]) for language in _pages
    }
    captions |= {(page.language, page.path): page.picture for page in _by_file.values() if page.picture}
    captions = {at: borrowing.without_marks(words) for at, words in captions.items()}
    wanted = {at: Picture(words, copy.colours.primary, copy.colours.accent) for at, words in captions.items()}
    album = Album(pictures_folder(workplace.root), Fonts(workplace.root / "docs" / "assets" / "fonts"))
    drawn = album.draw(wanted.values())
    _pictures.clear()
    for (language, path), picture in wanted.items():
        file = drawn[picture]
        _pictures.setdefault(language, {})[path] = (routes.picture(path or "site", language, file.stem), file)


def on_pre_build(config: MkDocsConfig) -> None:
    """The names of the site, in the language that i18n is about to build."""
    copy = next(iter(_pages.values())).collection.copy
    _found[_language(config)] = []
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
    """Tell i18n of every page of every language, so that it places, links and translates them.

    Pages in a language that is not switched on are nobody's yet.
    """
    off = set(languages.codes_of(_workplace[0].files)) - set(_pages)
    for file in [file for file in files if file.src_uri.split("/")[0] in off]:
        files.remove(file)
    for uri in _by_file:
        if files.get_file_from_path(uri):
            raise PluginError(Problem(f"docs/{uri}", 1, 1, "", "hand-written-page").say("en"))
        files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
    for uri in _own_pages():
        files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


def _own_pages() -> dict[str, Chapter]:
    """The municipality's own pages, by the file that each would be written in."""
    pages = _workplace[0].local.pages
    return {routes.source(routes.local(page.page), page.language): page for page in pages.all()}


@event_priority(-200)
def fill_pages(files: Files, config: MkDocsConfig) -> Files:
    """Give the announced pages their front matter; their bodies follow when MkDocs has rendered them."""
    for file in files:
        page = _by_file.get(file.src_uri)
        if page:
            file.content_string = _front_matter(page)
            file.generated_by = "program data"
            file.edit_uri = None
        elif file.src_uri in (ours := _own_pages()):
            file.content_string = ours[file.src_uri].text
            file.generated_by = "local words"
            file.edit_uri = None
    if name := _workplace[0].collection.copy.crest:
        picture = _workplace[0].root / name
        files.append(File.generated(config, routes.crest(name), content=picture.read_bytes()))
    chosen = next(iter(_pages.values())).collection.copy.colours
    sheet = colours.style_sheet(chosen.primary, chosen.accent)
    files.append(File.generated(config, COLOURS, content=sheet))
    files.append(File.generated(config, ROBOTS, content=_robots(config)))
    for address, content in manifest.files(next(iter(_pages.values())).collection.copy):
        files.append(File.generated(config, address, content=content))
    for pages in _pages.values():
        for address, text in pages.files():
            files.append(File.generated(config, address, content=borrowing.plain(text)))
    for address, picture in _pictures[_language(config)].values():
        files.append(File.generated(config, address, abs_src_path=str(picture)))
    return files


def _robots(config: MkDocsConfig) -> str:
    """Everything may be read, so that a page can say itself that it wants no place in an index."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {config.site_url}sitemap.xml\n"


def _front_matter(page: DataPage) -> str:
    hidden = ["navigation"] if page.headings() else ["navigation", "toc"]
    words: dict[str, Any] = {"title": page.title, "description": page.description, "hide": hidden}
    words.update(scripts=page.scripts, styles=page.styles)
    if not page.searched:
        words.update(search={"exclude": True})
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
    if _is_borrowed(page, config):
        page.meta["title"] = borrowed(str(page.meta.get("title", page.title)))
    page.canonical_url = _canonical(page, config)
    if not _is_indexed(page):
        _unlisted.add(page.file.src_uri)
    box = _box(page)
    return local.with_box(markdown, box, _box_heading(words_language(page))) if box else markdown


def _box(page: Page) -> Chapter | None:
    """What the municipality adds to this chapter."""
    language, path = page.file.src_uri.removesuffix(".md").split("/", 1)
    place = _workplace[0]
    return place.local.box(path, language) if place.chapters.get(path, language) else None


def _box_heading(language: str) -> str:
    copy, made = _workplace[0].collection.copy, _pages[language]
    name = made.collection.municipalities[copy.municipality].name if copy.municipality else copy.name
    return made.speaker.say("local.heading", name=name[language])


def _is_borrowed(page: Page, config: MkDocsConfig) -> bool:
    """Is the page shown in a further language that lacks it? Then its names in menus are marked."""
    return _language(config) not in SOURCE_LANGUAGES and words_language(page) != _language(config)


def _borrow(entry: AnchorLink) -> None:
    entry.title = borrowed(entry.title)
    for inner in entry.children:
        _borrow(inner)


def _canonical(page: Page, config: MkDocsConfig) -> str:
    """The address of the page's words: a page shown under another language stands at home under its own."""
    language = words_language(page)
    at_home = page.file if language == _language(config) else page.file.alternates[language]  # type: ignore[attr-defined]
    return urljoin(config.site_url or "", str(at_home.url))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The body of a page, which the search remembers."""
    body = reading_aids.with_addresses(_body(html, page))
    if _is_borrowed(page, config):
        for entry in page.toc:
            _borrow(entry)
    _remember_for_search(body, page, _language(config))
    return body


def _remember_for_search(body: str, page: Page, language: str) -> None:
    """Keep what a page says, unless it says it in another language or lists what stands on other pages.

    Material's own index is kept empty: it knows no languages, and is loaded with every page.
    """
    path = page.file.src_uri.split("/", 1)[1]
    excluded = page.meta.get("search", {}).get("exclude")
    page.meta["search"] = {"exclude": True}
    if words_language(page) == language and not excluded and not path.startswith(f"{routes.PROGRAMS}/"):
        weight = search.SHEET if path.startswith((routes.WORKSHEETS, routes.ANNEXES)) else search.CHAPTER
        words = borrowing.plain(body)
        title = borrowing.plain(markup.unescape(str(page.title)))
        _found[language] += search.sections(page.url, title, words, weight)


def _body(html: str, page: Page) -> str:
    """The body of a page made from data; in chapters, the cards that they quote."""
    made = _by_file.get(page.file.src_uri)
    if made:
        page.toc = get_toc(made.headings() or [{"level": 1, "id": "top", "name": made.title, "children": []}])
        with _told():
            return made.html()
    if call := quoting.leftover(html):
        path, text = next((one for one in _texts(page) if call in one[1]), (page.file.src_uri, ""))
        line = text.partition(call)[0].count("\n") + 1
        raise PluginError(Problem(path, line, 1, "", "quote-in-html", particulars({"value": call})).say("en"))
    with _told():
        return _chapter(html, page)


def _texts(page: Page) -> Iterator[tuple[str, str]]:
    """The files that people wrote a page in, and what stands in them: the chapter, its box, an own page."""
    written = _own_pages().get(page.file.src_uri)
    if written:
        yield written.path, written.text
    elif page.file.abs_src_path:
        yield f"docs/{page.file.src_uri}", Path(page.file.abs_src_path).read_text(encoding="utf-8")
    if box := _box(page):
        yield box.path, box.text


def _chapter(html: str, page: Page) -> str:
    """The body of a page that people wrote, with what it quotes, its head, its terms and a notice of its age."""
    language = words_language(page)
    made, place = _pages[language], Place(language, page.url)
    html = quoting.fill(html, lambda *quote: _quote(page, *quote))
    page.meta["scripts"] = ["terms"] if reading_aids.has_terms(html) else []
    html = reading_aids.with_terms(html, lambda *mark: _term(page, place, *mark))
    html = reading_aids.boxes_as_pictures(reading_aids.with_labelled_tables(html))
    html = reading_aids.with_plain_notes(html, lambda number: made.speaker.say("chapter.back", n=number))
    if box := _box(page):
        other = render("other-language.html.j2", place, say=made.speaker.say) if box.language != language else ""
        html = local.framed(html, box.language, other)
    chapter = _workplace[0].chapters.get(page.file.src_uri.split("/", 1)[1].removesuffix(".md"), language)
    if chapter is None:
        return html
    draft = _collection().is_draft(language)
    known = _workplace[0].chapters, _workplace[0].confirmed
    states = [] if draft else translations.states_of(*known, chapter.page, language)
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
    place = Place(language, page.url, level=3, prefix=f"{search.QUOTED}{number}-", quoted=True)
    return _pages[language].quote(name, argument, place)


def words_language(page: Page) -> str:
    """The language of a page's words: the folder of its file (a fallback page is shown under another)."""
    return page.file.src_uri.split("/")[0]


def _fault(page: Page, language: str) -> str:
    """Where a reader of this page says that something on it is wrong; empty where nobody is named."""
    with _told():
        made, title = _by_file.get(page.file.src_uri), unescape(str(page.title))
        return _pages[language].fault_html(made, title, page.url, page.canonical_url or page.url)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """What the theme's templates may ask for: the phrases of the page's language, and addresses.

    All pages are rendered by now and static files not yet written: the moment for the search index.
    """
    language = _language(config)
    env.globals.update(
        say=_say(language),
        say_in=lambda code, key: _say(code)(key),
        address=lambda page, code=language: routes.address(page, code),
        page_language=language,
        words_language=words_language,
        head_of=lambda page: _head_of(page, config),
        title_of=lambda page: _title_of(page, config),
        is_listed=_is_listed,
        address_of=lambda file: urljoin(config.site_url or "", file.url),
        versioned=_versions(files),
        colour=_pages[language].collection.copy.colours.primary,
        notices=offline.NOTICES,
        room_for_paper=ROOM_FOR_PAPER,
        fault_html=lambda page: _fault(page, language),
        notice_html=_notice(language),
        languages=tuple(_pages),
        is_draft=_collection().is_draft(language),
        room_for_borrowed=borrowing.ROOM_FOR_NOTICE if language in _collection().further else "",
        language_styles=[name for name in (f"language-{language}",) if files.get_file_from_path(_STYLES.format(name))],
        language_file=_theme_language(env, language),
        other_page=lambda page: _in_english(page, config),
    )
    for part, entries in (("programs", _pages[language].entries()), ("chapters", _found[language])):
        address = routes.search_index(language, part)
        files.append(File.generated(config, address, content=borrowing.plain(search.to_json(entries))))
    env.filters["without_alternates"] = lambda head: _ALTERNATE.sub("", head)
    return env


def _notice(language: str) -> str:
    """The municipality's notice, which stands at the top of every page between its days; empty where there is none."""
    made = _pages[language]
    notice, say = made.collection.copy.notice, made.speaker.say
    if notice is None:
        return ""
    return render(
        "notice.html.j2",
        Place(language, ""),
        say=say,
        words=notice.text[language],
        link=notice.link,
        first=notice.from_,
        last=notice.to,
        shown=notice.holds(made.speaker.today),
    )


# --- the head --------------------------------------------------------------------------------


def _title_of(page: Page, config: MkDocsConfig) -> Markup:
    """The title of a page in the bar of the browser. Names of the site and of pages are escaped already."""
    say = _pages[words_language(page)].speaker.say
    with _told():
        if _is_home(page):
            return escape(_home_title(words_language(page)))
        title = Markup(page.meta.get("title") or page.title)
        return Markup(say("head.title", page=title, site=Markup(config.site_name)))


def _theme_language(env: Environment, language: str) -> str:
    """The language in which the theme has its own words: the page's, else English."""
    known = env.list_templates(filter_func=lambda name: name.startswith("partials/languages/"))
    return language if f"partials/languages/{language}.html" in known else SOURCE_LANGUAGES[-1]


def _in_english(page: Page, config: MkDocsConfig) -> str:
    """The address of a page in English, for those who read that better than Georgian; empty where it is not there."""
    other = page.file.alternates.get(SOURCE_LANGUAGES[-1])  # type: ignore[attr-defined]
    if _language(config) in SOURCE_LANGUAGES or other is None or not other.src_uri.startswith(SOURCE_LANGUAGES[-1]):
        return ""
    return str(other.url_relative_to(page.file))


def _is_home(page: Page) -> bool:
    """Is it the first page of a language?"""
    return page.file.src_uri == routes.source("", words_language(page))


def _home_title(language: str) -> str:
    return _pages[language].speaker.say("head.home", site=_name_of_site(language))


def _head_of(page: Page | None, config: MkDocsConfig) -> str:
    """The head of a page for search engines and for those who share it; `None`: the page for wrong addresses."""
    if page is None:
        return head_html(_unknown_page(config), _name_of_site(_language(config)))
    language, made = words_language(page), _by_file.get(page.file.src_uri)
    url = str(page.canonical_url)
    address, words = _picture_of(language, made)
    with _told():
        things = _things(page, made, url, language, config)
    head = Head(
        title=_title(page, made),
        description=made.description if made else unescape(page.meta.get("description") or ""),
        language=language,
        url=url,
        kind="website" if _is_home(page) else "article",
        picture=urljoin(config.site_url or "", address),
        picture_words=words,
        others=[other for other in _own_languages(page) if other != language],
        indexed=_is_indexed(page),
        things=things,
    )
    return head_html(head, _name_of_site(language))


def _title(page: Page, made: DataPage | None) -> str:
    """The title of a page as it was typed; the first page of a language is named by the site."""
    if _is_home(page):
        return _home_title(words_language(page))
    return made.title if made else unescape(page.meta.get("title") or str(page.title))


def _unknown_page(config: MkDocsConfig) -> Head:
    language = _language(config)
    address, words = _picture_of(language, None)
    return Head(
        title=_pages[language].speaker.say("page.not_found"),
        description=_pages[language].collection.copy.about[language],
        language=language,
        kind="website",
        picture=urljoin(config.site_url or "", address),
        picture_words=words,
        indexed=False,
    )


def _name_of_site(language: str) -> str:
    return _pages[language].collection.copy.name[language]


def _picture_of(language: str, made: DataPage | None) -> tuple[str, str]:
    """The address of the page's picture, and what it shows: the page's own, else the site's."""
    if made and made.picture:
        return _pictures[language][made.path][0], made.picture_words
    copy, say = _pages[language].collection.copy, _pages[language].speaker.say
    return _pictures[language][""][0], say("head.site_picture", site=copy.name[language], about=copy.about[language])


def _things(page: Page, made: DataPage | None, url: str, language: str, config: MkDocsConfig) -> list[dict[str, Any]]:
    """What the page is about: a service, the site, the way to the page."""
    site_url = str(config.site_url)
    things = list(made.things(site_url)) if made else []
    if _is_home(page):
        copy = _pages[language].collection.copy
        things.append(linked_data.website(copy.name[language], copy.about[language], language, site_url))
    if way := trail(page.content or "", url):
        things.append(linked_data.breadcrumbs(way))
    return things


def _own_languages(page: Page) -> list[str]:
    """The languages that have the page in their own words."""
    files: dict[str, File] = page.file.alternates  # type: ignore[attr-defined]
    return [language for language, file in files.items() if file.src_uri.split("/")[0] == language]


def _is_indexed(page: Page) -> bool:
    """May search engines show the page?"""
    made = _by_file.get(page.file.src_uri)
    if _collection().is_draft(words_language(page)):
        return False
    return made.indexed if made else page.meta.get("robots") != "noindex"


def _is_listed(file: File, language: str) -> bool:
    """Does the sitemap name the file as a page of this language? One with another's words stands under that one."""
    return file.src_uri.startswith(f"{language}/") and file.src_uri not in _unlisted


def _versions(files: Files) -> Callable[[str], str]:
    """Addresses of styles and scripts with a version that changes with their content.

    A page of today never meets the styles of yesterday, in no cache on the way.
    """

    @cache
    def versioned(address: str) -> str:
        file = files.get_file_from_path(address)
        return f"{address}?v={sha256(file.content_bytes).hexdigest()[:8]}" if file else address

    return versioned


# --- the site --------------------------------------------------------------------------------


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for wrong addresses speaks all languages; each language has one that begins with its own words.

    Every build would write it to the same place: those of further languages write theirs into their folder,
    for hosts that choose the nearest.
    """
    if template_name != "404.html":
        return output_content
    page = policy.with_policy(borrowing.marked(output_content))
    if not _inner(config):
        return page
    path = Path(config.site_dir) / _language(config) / template_name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8", newline="\n")
    return ""


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Each page marks the words that its language lacks and says so above, and carries its Content-Security-Policy."""
    language = _language(config)
    if borrowing.ROOM_FOR_NOTICE in output:
        notice = _pages[language].borrowed_notice() if borrowing.in_article(output) else ""
        output = output.replace(borrowing.ROOM_FOR_NOTICE, notice, 1)
    return policy.with_policy(borrowing.marked(output))


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Material's search index, empty and written once more by i18n, goes; what is left can be kept by phones."""
    site = Path(config.site_dir)
    (site / "search" / "search_index.json").unlink(missing_ok=True)
    if not _inner(config):
        if os.environ.get(PAPER):
            _print_onto(site, config)
        _list_what_phones_keep(site, Path(config.theme.custom_dir or ""))


def _print_onto(site: Path, config: MkDocsConfig) -> None:
    """Print every sheet and link it from its page; only what has changed is printed again."""
    from guideline.paper import downloads, everything, making
    from guideline.paper.press import Press

    workplace, root = _workplace[0], Path(config.docs_dir).parent
    sheets = list(everything.sheets(workplace, str(config.site_url), workplace.collection.languages, site))
    press = Press(Path(config.docs_dir) / "assets" / "fonts", workplace.today)
    made = making.Workshop(root / "build" / "handouts", press).make(sheets, lambda one: None, all_there_are=True)
    speakers = {language: pages.speaker for language, pages in _pages.items()}
    downloads.place(site, root / "build" / "handouts", ROOM_FOR_PAPER, sheets, made, speakers)


def _list_what_phones_keep(site: Path, theme: Path) -> None:
    """The service worker and its lists, made last, from the files as they will be published in all languages."""
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    towns = next(iter(_pages.values())).collection.municipalities
    sets = offline.kept(paths, towns, lambda path: (site / path).read_bytes(), list(_pages))
    worker = (theme / offline.WORKER).read_text(encoding="utf-8")
    words = {language: offline.words(pages.speaker) for language, pages in _pages.items()}
    for address, text in offline.files(sets, worker, words):
        (site / address).parent.mkdir(parents=True, exist_ok=True)
        (site / address).write_text(borrowing.plain(text), encoding="utf-8", newline="\n")
