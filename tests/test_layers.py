"""Who may import whom: data flows one way, MkDocs stays behind events.py, files are opened in few places."""

import ast
import sys
from pathlib import Path

import pytest

HOOKS = Path(__file__).parent.parent / "hooks"

ORDER = (
    "model.values",
    "model.conditions",
    "model.benefits",
    "model.steps",
    "model.trust",
    "model.representatives",
    "model.program",
    "model.editions",
    "model.figures",
    "model.glossary",
    "model.spelling",
    "model.standards",
    "model.training",
    "model.questions",
    "model.shared",
    "borrowing",
    "kinds",
    "rules",
    "problems",
    "telling",
    "reading",
    "changes",
    "splicing",
    "cutting",
    "ownership",
    "trees",
    "merging",
    "releases",
    "switching",
    "migrating",
    "proofreading",
    "languages",
    "collection",
    "confirming",
    "archiving",
    "chapters",
    "local",
    "parity",
    "translations",
    "spelling",
    "acadnusx",
    "comparing",
    "wording.layout",
    "wording.speech",
    "wording.conditions",
    "wording.benefits",
    "wording.origin",
    "wording.steps",
    "wording.trust",
    "wording.village",
    "wording.card",
    "wording.brief",
    "wording.comparison",
    "wording.editions",
    "wording.handout",
    "wording.elsewhere",
    "wording.board",
    "wording.catalogue",
    "wording.application",
    "wording.meeting",
    "wording.faults",
    "wording.aloud",
    "wording.messages",
    "colours",
    "checks.at",
    "checks.references",
    "checks.figures",
    "checks.tiers",
    "checks.days",
    "checks.editions",
    "checks.words",
    "checks.villages",
    "checks.vocabulary",
    "checks.glyphs",
    "checks.everything",
    "checks.language",
    "fonts",
    "checks.ways",
    "routes",
    "editions",
    "qr",
    "pictures",
    "linked_data",
    "icons",
    "manifest",
    "cards",
    "head",
    "figures",
    "search",
    "pages.page",
    "pages.programs",
    "pages.comparison",
    "pages.finder",
    "pages.search",
    "pages.questions",
    "pages.guideline",
    "pages.offline",
    "pages.editions",
    "pages.everything",
    "quoting",
    "examples",
    "checks.chapters",
    "checks.local",
    "reading_aids",
    "policy",
    "links",
    "loading",
    "offline",
    "publishing",
    "golden",
    "report",
    "schema",
    "naming",
    "wording.changes",
    "fonts",
    "crest",
    "workplace",
    "revising",
    "starting",
    "forges",
    "due",
    "outside",
    "asking",
    "preview",
    "serving",
    "gitlab",
    "workbook.layout",
    "workbook.cells",
    "workbook.rows",
    "workbook.keeping",
    "workbook.writing",
    "workbook.opening",
    "workbook.edits",
    "workbook.importing",
    "repository",
    "upgrading",
    "editor.shape",
    "editor.merging",
    "editor.words",
    "editor.desk",
    "editor.guard",
    "editor.server",
    "paper.press",
    "paper.imposition",
    "paper.reading",
    "paper.sheets",
    "paper.programs",
    "paper.municipalities",
    "paper.comparisons",
    "paper.guideline",
    "paper.everything",
    "paper.making",
    "paper.downloads",
    "weight",
    "hosting",
    "lighthouse",
    "bench",
    "verbs.here",
    "verbs.starting",
    "verbs.publishing",
    "verbs.checking",
    "verbs.upgrading",
    "verbs.developing",
    "verbs.tending",
    "verbs.receiving",
    "verbs.serving",
    "verbs.posting",
    "verbs.tables",
    "verbs.yearly",
    "verbs.form",
    "verbs.translating",
    "__main__",
)
"""Each room may import only rooms that stand before it."""

MODELS = frozenset({"pydantic", "pydantic_core"})
OUTSIDE = {
    **{f"model.{path.stem}": MODELS for path in (HOOKS / "guideline" / "model").glob("*.py")},
    "problems": {"yaml"},
    "telling": {"yaml"},
    "cutting": {"yaml"},
    "upgrading": {"yaml"},
    "reading": {"yaml", "pydantic"},
    "splicing": {"yaml"},
    "collection": {"pydantic"},
    "translations": {"yaml"},
    "editions": {"yaml"},
    "qr": {"segno"},
    "spelling": {"hunspell"},
    "wording.speech": {"babel"},
    "pictures": {"PIL"},
    "cards": {"jinja2", "markupsafe"},
    "head": {"markupsafe", "selectolax"},
    "icons": {"PIL"},
    "quoting": {"markdown"},
    "reading_aids": {"markupsafe"},
    "links": {"selectolax"},
    "schema": {"yaml", "pydantic", "annotated_types"},
    "naming": {"yaml", "pydantic"},
    "fonts": {"fontTools"},
    "workplace": {"yaml"},
    "paper.press": {"typst"},
    "paper.imposition": {"pikepdf"},
    "paper.reading": {"pypandoc", "selectolax"},
    "paper.making": {"pikepdf"},
    "workbook.keeping": {"openpyxl"},
    "workbook.writing": {"openpyxl", "annotated_types"},
    "workbook.opening": {"openpyxl"},
    "workbook.edits": {"openpyxl"},
    "bench": {"yaml"},
    "editor.server": {"starlette", "uvicorn"},
    **{f"verbs.{path.stem}": {"click"} for path in (HOOKS / "guideline" / "verbs").glob("*.py")},
    "__main__": {"click"},
}
"""The libraries that a room may use, besides the standard library."""

OPENS_FILES = {
    "problems",
    "telling",
    "starting",
    "verbs.starting",
    "naming",
    "switching",
    "repository",
    "upgrading",
    "collection",
    "pictures",
    "cards",
    "links",
    "publishing",
    "schema",
    "workplace",
    "revising",
    "workbook.opening",
    "workbook.importing",
    "editor.desk",
    "paper.press",
    "paper.imposition",
    "paper.reading",
    "paper.making",
    "paper.downloads",
    "lighthouse",
    "bench",
    "verbs.here",
    "verbs.developing",
    "verbs.receiving",
    "verbs.serving",
    "verbs.posting",
    "asking",  # opens connections, no files
    "verbs.tables",
    "verbs.translating",
}
"""Rooms that read or write files; the core is given text."""


def rooms() -> dict[str, ast.Module]:
    package = HOOKS / "guideline"
    found = {}
    for path in sorted(package.rglob("*.py")):
        name = ".".join(path.relative_to(package).with_suffix("").parts)
        if path.name != "__init__.py":
            found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imports(name: str, tree: ast.Module) -> set[str]:
    """Rooms (with a dot in front) and libraries that a room imports."""
    here = name.split(".")[:-1]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) + 1 - node.level]
            if node.module:
                found.add("." + ".".join([*base, node.module]))
            else:
                found |= {"." + ".".join([*base, alias.name]) for alias in node.names}
    return found


ROOMS = rooms()


def test_every_room_has_its_place_in_the_order():
    assert set(ROOMS) == set(ORDER)


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_a_room_imports_only_rooms_before_it(name):
    before = {f".{room}" for room in ORDER[: ORDER.index(name)]} | {
        ".model",
        ".wording",
        ".checks",
        ".pages",
        ".paper",
        ".verbs",
        ".workbook",
        ".migrations",
        ".",
    }
    inside = {item for item in imports(name, ROOMS[name]) if item.startswith(".")}
    assert inside <= before


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_a_room_uses_only_its_libraries(name):
    outside = {item for item in imports(name, ROOMS[name]) if not item.startswith(".")}
    assert outside - set(sys.stdlib_module_names) <= OUTSIDE.get(name, set())


@pytest.mark.parametrize("name", sorted(set(ROOMS) - OPENS_FILES))
def test_the_core_is_given_text_and_opens_no_file(name):
    opening = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
    called = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(ROOMS[name])
        if isinstance(node, ast.Call)
    }
    assert not called & opening


def test_only_events_knows_mkdocs():
    for path in HOOKS.rglob("*.py"):
        if path.name != "events.py":
            assert "mkdocs" not in imports("x", ast.parse(path.read_text(encoding="utf-8")))


def test_no_stored_word_changes_its_case():
    """Upper-casing Georgian makes Mtavruli letters, which nobody writes that way."""
    changing = {"upper", "lower", "title", "capitalize", "swapcase", "casefold"}
    for name, tree in ROOMS.items():
        if name.startswith(("wording", "pages")) or name in ("cards", "figures"):
            calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
            assert not {func.attr for func in calls if isinstance(func, ast.Attribute)} & changing, name
