"""What helps editors: schemas that accept the data and refuse faults, and words for every field."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import yaml
from factory import COVERED, ROOT, TODAY, a_benefit, a_condition, a_program
from jsonschema import Draft202012Validator

from guideline import proofreading, schema
from guideline.checks import everything
from guideline.collection import FILES, LATER
from guideline.model import Program
from guideline.problems import messages
from guideline.reading import File, into, parse

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
GEORGIAN = re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf]")


class EditorLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML as editors read it (1.2): numbers, true and false are values; dates and `on` are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


for tag, pattern, first in (
    ("bool", r"(true|false)$", "tf"),
    ("int", r"[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*$", "-+0123456789"),
    ("null", r"(null|~|)$", ["n", "~", ""]),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))
EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def as_an_editor_sees_it(text: str) -> Any:
    return yaml.load(text, Loader=EditorLoader)


@cache
def shipped(name: str) -> Any:
    """What a data file holds."""
    return as_an_editor_sees_it((ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def validator(name: str) -> Draft202012Validator:
    text = (ROOT / "data" / "schema" / f"{name}.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def refusals(name: str, value: Any) -> list[str]:
    """Everything that the schema has against the value, inside its alternatives too."""
    found, waiting = [], list(validator(name).iter_errors(value))
    while waiting:
        error = waiting.pop()
        found.append(error.message)
        waiting += error.context or []
    return found


def refusals_of(**changes: Any) -> list[str]:
    """What the schema has against a programme in good order that was changed."""
    return refusals("programs", {"programs": [a_program(**changes)]})


def every(part: Any) -> list[dict[str, Any]]:
    """Every mapping inside a schema."""
    inside = list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else []
    return ([part] if isinstance(part, dict) else []) + [found for inner in inside for found in every(inner)]


# --- the schemas -----------------------------------------------------------------------------


def test_the_schemas_on_disk_are_fresh(workplace):
    on_disk = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "data" / "schema").glob("*.json")}
    assert on_disk == schema.texts(workplace.collection), "run: make refresh"


SHIPPED = [name for name in FILES if name not in LATER or (ROOT / "data" / f"{name}.yaml").exists()]
"""The data files that there are: some come into being in use."""


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_a_schema(name):
    Draft202012Validator.check_schema(validator(name).schema)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_schema_accepts_the_shipped_data(name):
    assert refusals(name, shipped(name)) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_data_file_names_its_schema(name):
    first = (ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema=schema/{name}.json"


@pytest.mark.parametrize("name", FILES)
def test_a_schema_never_offers_null(name):
    parts = every(validator(name).schema)
    assert [
        part for part in parts if part.get("type") == "null" or ("default" in part and part["default"] is None)
    ] == []


@pytest.mark.parametrize("name", FILES)
def test_every_description_in_a_schema_stands_in_both_languages(name):
    described = [
        part["description"] for part in every(validator(name).schema) if isinstance(part.get("description"), str)
    ]
    assert described
    for words in described:
        ka, en = words.split("\n\n")
        assert GEORGIAN.search(ka)
        assert not GEORGIAN.search(en)


def test_a_programme_in_good_order_is_accepted():
    assert refusals_of() == []


@pytest.mark.parametrize(
    "changes",
    [
        a_condition(status="idp"),
        a_condition(status=["idp", "veteran"]),
        a_condition(residence="registered"),
        {"documents": {"list": ["identity-card-copy"]}},
        {"valid": {"from": "2026-01-01", "to": "2026-12-31"}},
        {"budget": [{"year": 2026, "gel": 120000, "code": "06 02 10"}]},
        {"budget": [{"code": 6.02}]},
        {"act": {"form": "ordinance", "issuer": "council", "number": 10, "article": "4"}},
        {"reports": [{"when": 2025, "applied": 12}, {"when": "2026-03", "applied": 3}]},
        {"contacts": [{"phones": [{"number": "1 300", "kind": "short"}]}]},
        {"name": {"ka": "დახმარება", "en": "Help", "az": "Yardım"}},
        a_benefit(gel=250.5),
    ],
    ids=repr,
)
def test_what_may_be_written_is_accepted(changes):
    assert refusals_of(**changes) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"benefit": []}, "'benefit' was unexpected"),
        ({"sources": None}, "'sources' is a required property"),
        ({"sources": []}, "[] should be non-empty"),
        ({"confidence": "sure"}, "'sure' is not one of ['high', 'medium', 'low']"),
        ({"municipality": "telawi"}, "'telawi' is not one of"),
        ({"type": "large-famly"}, "'large-famly' is not one of"),
        ({"name": {"ka": "დახმარება"}}, "'en' is a required property"),
        ({"name": {"ka": "დახმარება", "en": "Help", "English": "Help"}}, "'English' does not match any of the regexes"),
        ({"groups": ["large-famly"]}, "'large-famly' is not one of"),
        (a_benefit(kind="money"), "'money' is not one of"),
        (a_benefit(gel="250 ₾"), "'250 ₾' is not of type 'number'"),
        (a_benefit(period="monthly"), "'monthly' is not one of"),
        (a_benefit(times=0), "0 is less than the minimum of 1"),
        (a_condition(status="idps"), "'idps' is not one of"),
        (a_condition(status=["idp", "veterans"]), "'veterans' is not one of"),
        (a_condition(residence="resident"), "'resident' is not one of"),
        (a_condition(score={"less": 70001}), "'less' was unexpected"),
        ({"documents": {"list": ["identity-card"]}}, "'identity-card' is not one of"),
        ({"application": {"at": ["state"]}}, "'state' is not one of"),
    ],
    ids=repr,
)
def test_a_fault_in_a_programme_is_refused(changes, said):
    assert any(said in refusal for refusal in refusals_of(**changes))


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("catalogue", lambda file: file.update(kinds={}), "'kinds' was unexpected"),
        (
            "catalogue",
            lambda file: next(iter(file["types"].values())).pop("summary"),
            "'summary' is a required property",
        ),
        (
            "municipalities",
            lambda file: file["municipalities"]["telavi"].update(region="kaxeti"),
            "'kaxeti' is not one of",
        ),
        ("vocabulary", lambda file: file["groups"]["idp"].pop("en"), "'en' is a required property"),
        ("vocabulary", lambda file: file["groups"]["idp"]["ka"].pop("has"), "'has' is a required property"),
        ("vocabulary", lambda file: file["groups"]["idp"].update(icno="a"), "'icno' does not match any of the regexes"),
        ("settings", lambda file: file.update(review_months=0), "0 is less than the minimum of 1"),
        ("settings", lambda file: file.update(colors={}), "'colors' was unexpected"),
        ("phrases", lambda file: file["list"]["or"].pop("en"), "'en' is a required property"),
        ("phrases", lambda file: file["list"].update(xor="ან"), "'ან' is not of type 'object'"),
    ],
)
def test_a_fault_in_another_file_is_refused(name, change, said):
    value = deepcopy(shipped(name))
    change(value)
    assert any(said in refusal for refusal in refusals(name, value))


def test_an_id_is_offered_with_its_name_in_both_languages():
    groups = validator("programs").schema["$defs"]["groups"]
    names = dict(zip(groups["enum"], groups["enumDescriptions"], strict=True))
    assert names["idp"] == "დევნილი · an IDP"


# --- the words -------------------------------------------------------------------------------


def described() -> list[tuple[str, str]]:
    return [(model, field) for model, fields in schema.fields().items() for field in fields]


def test_every_field_of_every_model_is_described_and_nothing_else():
    needed = [("files", name) for name in FILES]
    for name, model in schema.models().items():
        needed += [(name, field) for field in (schema.ITSELF, *schema.declared(model).values())]
    assert sorted(described()) == sorted(needed)


@pytest.mark.parametrize("model", schema.fields())
def test_a_field_has_a_title_and_a_description_in_each_language(model):
    for words in schema.fields()[model].values():
        assert list(words) == ["ka", "en"]
        for title, description in words.values():
            assert 0 < len(title) <= 45
            assert description.endswith(".")


@pytest.mark.parametrize("model", schema.fields())
def test_georgian_words_are_georgian_and_english_words_are_not(model):
    for words in schema.fields()[model].values():
        assert all(GEORGIAN.search(part) for part in words["ka"])
        assert not any(GEORGIAN.search(part) for part in words["en"])


@pytest.mark.parametrize("model", schema.fields())
def test_the_words_stand_up_to_proofreading(model):
    for words in schema.fields()[model].values():
        faults = [
            fault for language in words for part in words[language] for fault in proofreading.faults(part, language)
        ]
        assert faults == []


# --- CONTRIBUTING.md -------------------------------------------------------------------------


def blocks() -> list[str]:
    """The YAML in CONTRIBUTING.md about programmes; test_representatives reads what is about villages."""
    found = re.findall(r"^```yaml\n(.*?)^```$", CONTRIBUTING, re.M | re.S)
    return [block for block in found if not block.startswith("representatives:")]


def examples() -> list[Any]:
    """What the blocks hold: programmes as they stand in the list, or parts of a programme."""
    return [parse(block).value for block in blocks()]


def whole(example: Any) -> list[dict[str, Any]]:
    """The programmes of an example; a part is put into a programme in good order."""
    return example if isinstance(example, list) else [into_text(a_program()) | example]


def into_text(value: Any) -> Any:
    """The value as `reading` gives it: every plain word is text."""
    return parse(yaml.safe_dump(value, allow_unicode=True)).value


def test_the_list_of_fields_is_fresh():
    assert schema.with_reference(CONTRIBUTING) == CONTRIBUTING, "run: make refresh"


def test_the_list_names_every_field():
    listed = CONTRIBUTING.partition(schema.BEGIN)[2]
    for name, model in schema.models().items():
        section = listed.partition(f"#### {name}\n")[2].partition("\n####")[0]
        assert set(re.findall(r"^\| `(.+?)`", section, re.M)) == set(schema.declared(model).values())


def test_the_messages_that_are_explained_exist():
    table = CONTRIBUTING.partition("| message | what happened |")[2].partition("\n\n")[0]
    explained = re.findall(r"^\| `(.+?)` \|", table, re.M)
    said = [re.sub(r"\{\w+\}", "…", words["en"]) for words in messages().values()]
    assert explained
    assert [words for words in explained if not any(words in message for message in said)] == []


def test_the_examples_show_a_whole_programme():
    assert any(isinstance(example, list) for example in examples())


def test_the_examples_show_every_field_of_a_programme():
    shown = {field for example in examples() for program in whole(example) for field in program}
    assert shown == set(schema.written(Program).values())


@pytest.mark.parametrize("example", examples(), ids=range(len(examples())))
def test_an_example_can_be_read(example):
    for raw in whole(example):
        assert into(Program, raw, File("CONTRIBUTING.md", ""), ())[1] == []


@pytest.mark.parametrize("text", blocks(), ids=range(len(blocks())))
def test_an_example_is_accepted_by_the_schema(text):
    example = as_an_editor_sees_it(text)
    programs = example if isinstance(example, list) else [a_program() | example]
    assert refusals("programs", {"programs": programs}) == []


def test_the_examples_make_sense(workplace):
    paths = {name: name for name in FILES}
    programs = [Program.model_validate(raw) for example in examples() for raw in whole(example)]
    own = tuple(program.model_copy(update={"id": f"example-{n}"}) for n, program in enumerate(programs))
    found = everything.findings(replace(workplace.collection, entered=own), paths, TODAY, COVERED)
    assert [finding for finding in found if finding.path == "programs"] == []
