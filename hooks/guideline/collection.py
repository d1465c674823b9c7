"""The texts of `data/` → one collection in good order, or every problem in them at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from . import languages, migrating
from .model import (
    Archived,
    AvoidedWord,
    Belonging,
    Collection,
    Copy,
    Edition,
    Figure,
    FormRules,
    GlossaryTerm,
    Illness,
    Language,
    Loc,
    Municipality,
    OwnWords,
    Program,
    ProgramType,
    Record,
    Region,
    Representatives,
    Sheet,
    Standard,
    Term,
    Text,
    Training,
    with_own_facts,
)
from .problems import DataError, Finding, Problem, particulars
from .reading import File, into, load, nearest, told

M = TypeVar("M", bound=BaseModel)

FILES = (
    "settings",
    "programs",
    "catalogue",
    "vocabulary",
    "phrases",
    "municipalities",
    "representatives",
    "standards",
    "glossary",
    "worksheets",
    "training",
    "figures",
    "questions",
    "spelling",
    "editions",
)
"""The data files that the site is made of, by name: data/<name>.yaml."""
MADE = ("examples",)
"""Those that hold records of another file a second time: made by a verb, and nobody's to edit."""
LATER = {"editions": "editions: []\n", "examples": "programs: []\n"}
"""Files that come into being in use, and what stands in them until then."""
ARCHIVE = "archive"
"""The folder of years that are over, one file a year: data/archive/2026.yaml, with the shape of programs.yaml."""
ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
"""What an id is made of: it becomes part of an address."""


class Reader:
    """Reads one set of data files and keeps what is wrong with them."""

    def __init__(self, texts: Mapping[str, File]):
        self.files = texts
        self.problems: list[Problem] = []
        self.values: dict[str, Any] = {}
        for name in texts:
            if not name.startswith(f"{languages.FOLDER}/"):
                self.load(name)
        self.told = {(problem.path, problem.line, problem.column) for problem in self.problems}

    def load(self, name: str) -> Any:
        """Read a file; gives back its values."""
        self.values[name], faults = load(self.files[name])
        self.problems += faults
        return self.values[name]

    def find(self, name: str, *findings: Finding) -> None:
        """Keep findings about the file `name` as problems, unless its form has a fault in the same place."""
        for problem in self.files[name].problems(list(findings)):
            if (problem.path, problem.line, problem.column) not in self.told:
                self.problems.append(problem)

    def one(self, name: str, model: type[M]) -> M | None:
        """The whole file as one model."""
        if self.values[name] is None:
            return None
        value, findings = into(model, self.values[name], self.files[name], ())
        self.find(name, *findings)
        return value

    def value(self, name: str, key: str, model: type[M]) -> M | None:
        """The one value under `key`."""
        part = self._part(name, key, dict)
        return self._item(name, (key,), part, model, "") if part else None

    def table(self, name: str, key: str, model: type[M]) -> dict[str, M]:
        """The mapping under `key`: id → model."""
        part = self._part(name, key, dict)
        for id in part:
            if key != "forms" and not ID.fullmatch(id):
                self.find(name, Finding(self.files[name].path, (key, id), "id-of-table", {"value": id}))
        return {id: item for id, raw in part.items() if (item := self._item(name, (key, id), raw, model, id))}

    def rows(self, name: str, key: str, model: type[M], title: Callable[[Any], str]) -> list[M]:
        """The list under `key`."""
        found = (
            self._item(name, (key, index), raw, model, title(raw))
            for index, raw in enumerate(self._part(name, key, list))
        )
        return [item for item in found if item]

    def _item(self, name: str, loc: Loc, raw: Any, model: type[M], title: str) -> M | None:
        item, findings = into(model, raw, self.files[name], loc, title)
        self.find(name, *findings)
        return item

    def _part(self, name: str, key: str, kind: type) -> Any:
        top = self.values[name]
        if top is None:
            return kind()
        if not isinstance(top, dict):
            self._not_a("mapping", name, (), name, top)
        elif key not in top:
            self.find(name, Finding(self.files[name].path, (), "missing-field", {"field": key}))
        elif not isinstance(top[key], kind):
            self._not_a("mapping" if kind is dict else "list", name, (key,), key, top[key])
        else:
            return top[key]
        return kind()

    def _not_a(self, what: str, name: str, loc: Loc, field: str, value: Any) -> None:
        self.find(name, Finding(self.files[name].path, loc, f"not-a-{what}", {"field": field, "value": told(value)}))

    def phrases(self) -> dict[str, Any]:
        """The phrases as they are: their shape is free."""
        value = self.values["phrases"]
        if value is not None and not isinstance(value, dict):
            self._not_a("mapping", "phrases", (), "phrases", value)
        return value if isinstance(value, dict) else {}

    def only(self, name: str, *keys: str) -> None:
        """Nothing but these keys at the top of the file."""
        top = self.values[name]
        for key in top if isinstance(top, dict) else ():
            if key not in keys:
                near = nearest(key, keys)
                code = "unknown-field-near" if near else "unknown-field"
                self.find(name, Finding(self.files[name].path, (key,), code, {"field": key, "near": near}))


def program_key(raw: Any) -> str:
    """The name by which problems speak of a programme, before it has been understood."""
    if not isinstance(raw, dict):
        return ""
    return "/".join(str(raw[part]) for part in ("municipality", "id") if isinstance(raw.get(part), str))


def read(texts: Mapping[str, File]) -> Collection:
    """The collection that these files hold.

    Raises `DataError` with every problem of form and shape; what must hold between values is the
    business of `checks`.
    """
    reader = Reader(texts)
    if found := _other_format(texts["settings"]):
        raise DataError(found)
    settings = reader.one("settings", Copy)
    further = _further(reader, settings.languages if settings else ())
    for name, keys in (
        ("programs", ("programs",)),
        ("catalogue", ("types",)),
        ("municipalities", ("regions", "municipalities")),
        ("representatives", ("representatives",)),
        ("standards", ("status", "standards")),
        ("glossary", ("categories", "terms", "avoid")),
        ("worksheets", ("worksheets", "annexes")),
        ("training", ("trainings",)),
        ("figures", ("figures",)),
        ("questions", ("groups", "diagnoses")),
        ("editions", ("editions",)),
    ):
        reader.only(name, *keys)
    collection_parts: dict[str, Any] = {
        "archive": tuple(_archived(reader)),
        "entered": tuple(reader.rows("programs", "programs", Program, program_key)),
        "types": reader.table("catalogue", "types", ProgramType),
        "municipalities": reader.table("municipalities", "municipalities", Municipality),
        "representatives": reader.table("representatives", "representatives", Representatives),
        "regions": reader.table("municipalities", "regions", Region),
        "vocabulary": _vocabulary(reader),
        "forms": reader.table("vocabulary", "forms", FormRules),
        "phrases": reader.phrases(),
        "standards": reader.table("standards", "standards", Standard),
        "standards_status": reader.value("standards", "status", Text),
        "glossary": reader.table("glossary", "terms", GlossaryTerm),
        "glossary_categories": reader.table("glossary", "categories", Text),
        "avoided": tuple(reader.rows("glossary", "avoid", AvoidedWord, lambda raw: "")),
        "worksheets": reader.table("worksheets", "worksheets", Sheet),
        "annexes": reader.table("worksheets", "annexes", Sheet),
        "trainings": reader.table("training", "trainings", Training),
        "figures": reader.table("figures", "figures", Figure),
        "belongings": tuple(reader.rows("questions", "groups", Belonging, lambda raw: "")),
        "illnesses": tuple(reader.rows("questions", "diagnoses", Illness, lambda raw: "")),
        "editions": tuple(reader.rows("editions", "editions", Edition, _code)),
        "own_words": reader.one("spelling", OwnWords),
        "further": further,
    }
    if settings and settings.municipality and "examples" in texts:
        # Where all municipalities are, the examples are made from their records and nobody reads them.
        reader.only("examples", "programs")
        collection_parts["examples"] = tuple(reader.rows("examples", "programs", Program, program_key))
    if reader.problems or settings is None:
        raise DataError(reader.problems)
    return Collection(copy=settings, **{**collection_parts, "municipalities": _as_here(collection_parts, settings)})


def _as_here(parts: Mapping[str, Any], settings: Copy) -> dict[str, Municipality]:
    """The municipalities; that of the copy as its settings say."""
    own = settings.municipality
    return {id: with_own_facts(one, settings) if id == own else one for id, one in parts["municipalities"].items()}


def _archived(reader: Reader) -> Iterator[Archived]:
    """The records of years that are over, the newest year first."""
    for name in sorted(filter(year_of, reader.files), reverse=True):
        reader.only(name, "programs")
        for program in reader.rows(name, "programs", Program, program_key):
            yield Archived.from_record(program, year_of(name))


def year_of(name: str) -> int:
    """The year of an archive by the name of its file ("archive/2026"); 0 where it is none."""
    folder, _, year = name.partition("/")
    return int(year) if folder == ARCHIVE and re.fullmatch(r"\d{4}", year) else 0


def _other_format(settings: File) -> list[Problem]:
    """What is wrong where the data have a shape that this code does not read: all else would be a consequence."""
    have, own = migrating.format_of(settings.text), migrating.current()
    if have is None or have == own:
        return []
    code = "format-older" if have < own else "format-newer"
    return list(settings.problems([Finding(settings.path, ("format",), code, {"value": have, "own": own})]))


def _further(reader: Reader, codes: Sequence[str]) -> dict[str, Language]:
    """The languages that are switched on; their words are put beside those of the source languages."""
    found: dict[str, Language] = {}
    for index, code in enumerate(codes):
        name, loc = languages.name_of(code), ("languages", index)
        if name not in reader.files:
            path = reader.files["settings"].path
            reader.find("settings", Finding(path, loc, "no-language-file", {"value": code}))
        elif code not in found:
            words = reader.load(name)
            language, findings = into(Language, _head(words), reader.files[name], ())
            reader.find(name, *findings, *languages.faults(reader.values, reader.files[name], code))
            reader.values.update(languages.with_words(reader.values, words, code))
            found |= {code: language} if language else {}
    return found


def _head(words: Any) -> Any:
    """What the file of a language says of it."""
    return {key: words[key] for key in languages.HEAD if key in words} if isinstance(words, dict) else words


def _code(raw: Any) -> str:
    """The name by which problems speak of an edition."""
    code = raw.get("code") if isinstance(raw, dict) else None
    return code if isinstance(code, str) else ""


def _vocabulary(reader: Reader) -> dict[str, dict[str, Term]]:
    tables = reader.values["vocabulary"]
    names = [name for name in tables if name != "forms"] if isinstance(tables, dict) else []
    return {name: reader.table("vocabulary", name, Term) for name in names}


def files_in(folder: Path) -> dict[str, File]:
    """The data files of `folder`, as texts.

    Raises `DataError` where a file is missing or is not UTF-8.
    """
    files, problems = {}, []
    for name in (*FILES, *MADE):
        path = folder / f"{name}.yaml"
        shown = f"{folder.name}/{path.name}"
        text = LATER[name] if name in LATER and not path.exists() else text_of(path, shown)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            files[name] = File(shown, text)
    for inner in (ARCHIVE, languages.FOLDER):
        for path in sorted((folder / inner).glob("*.yaml")):
            name, shown = f"{inner}/{path.stem}", f"{folder.name}/{inner}/{path.name}"
            text = text_of(path, shown)
            if isinstance(text, Problem):
                problems.append(text)
            elif inner == ARCHIVE and not year_of(name):
                problems.append(Problem(shown, 1, 1, "", "archive-name", particulars({"value": path.name})))
            else:
                files[name] = File(shown, text)
    if problems:
        raise DataError(problems)
    return files


def with_texts(files: Mapping[str, File], instead: Mapping[str, str]) -> dict[str, File]:
    """The files, with other texts for some of them, by path; an archive may be among these that is not there yet."""
    changed = {name: File(file.path, instead.get(file.path, file.text)) for name, file in files.items()}
    there = {file.path for file in files.values()}
    for path, text in instead.items():
        name = "/".join(path.removesuffix(".yaml").rsplit("/", 2)[-2:])
        if path not in there and year_of(name):
            changed[name] = File(path, text)
    return changed


def text_of(path: Path, shown: str) -> str | Problem:
    """The text of a file, or what is wrong with the way it is stored."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError:
        return Problem(shown, 1, 1, "", "no-file")
    except UnicodeDecodeError as error:
        *before, last = error.object[: error.start].decode("utf-8-sig").split("\n")
        return Problem(shown, len(before) + 1, len(last) + 1, "", "not-utf-8")


def walk(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any, Any]]:
    """Every value of a record with its place and the field it stands in: (loc, value, field).

    Places use the names that stand in the file (`is`, `from`, `if`), not those of the code.
    """
    if isinstance(value, Record):
        for name, info in type(value).model_fields.items():
            item = getattr(value, name)
            if name in value.model_fields_set:
                yield from _inside(item, (*loc, info.alias or name), info)
        for name, item in (value.model_extra or {}).items():
            yield from _inside(item, (*loc, name), None)


def _inside(value: Any, loc: Loc, field: Any) -> Iterator[tuple[Loc, Any, Any]]:
    if isinstance(value, Record):
        yield loc, value, field
        yield from walk(value, loc)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inside(item, (*loc, index), field)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(item, (*loc, key), field)
    elif value is not None:
        yield loc, value, field
