"""The rules as the browser evaluates them, beside a direct reading of every real record."""

# ruff: noqa: E501

import json
from random import Random

import pytest
from factory import a_program, collection
from households import Maker, Reading, fewer
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from guideline.pages.everything import Pages
from guideline.rules import Rules
from guideline.wording.card import card, groups_of
from guideline.wording.speech import Speaker

EVALUATE = """async ([asked, ticks]) => {
    const { evaluate, householdOf } = await import(new URL("../assets/javascripts/rules.js", location));
    return asked.map(([rules, answers]) => rules.map(rule => evaluate(rule, householdOf(answers, ticks))));
}"""
AT_HOME = 10
"""Households in each municipality, whose programmes are evaluated for them, in one call of the browser."""
chances = st.integers(0, 2**32).map(Random)


@pytest.fixture(scope="module")
def real(workplace):
    return workplace.collection


@pytest.fixture(scope="module")
def shown(real):
    return [program for program in real.programs if program.listed == "card"]


@pytest.fixture(scope="module")
def page(chromium, origin):
    """The page of questions, whose module evaluates for us."""
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(f"{origin}/for-me/", wait_until="networkidle")
    yield opened
    context.close()


class Bench:
    """The real programmes, and their rules in the browser."""

    def __init__(self, page, real, shown):
        self.page, self.real, self.shown = page, real, shown
        self.rules = {program.key: Rules(real).of(program).as_json(lambda reason: 0) for program in shown}
        self.at_home = {}
        for program in shown:
            self.at_home.setdefault(program.municipality, []).append(program)

    def households(self, maker, people=None):
        """Some households in every municipality, each with the programmes of the place."""
        return [
            (programs, maker.household(town, programs, people))
            for town, programs in self.at_home.items()
            for _ in range(AT_HOME)
        ]

    def evaluated(self, maker, asked):
        """For each list of programmes and household's answers: each programme with yes, no or None."""
        sent = [[[self.rules[program.key] for program in programs], answers] for programs, answers in asked]
        found = self.page.evaluate(EVALUATE, [sent, maker.ticks()])
        return [list(zip(programs, some, strict=True)) for (programs, _), some in zip(asked, found, strict=True)]


@pytest.fixture(scope="module")
def bench(page, real, shown):
    return Bench(page, real, shown)


def searching(examples):
    """So many examples; a seed does not become simpler by being smaller."""
    return settings(max_examples=examples, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def named(program, household, answer):
    return program.key, household, json.dumps(answer, ensure_ascii=False)


@searching(8)
@given(chance=chances)
def test_yes_and_no_are_said_only_where_a_direct_reading_is_sure_of_them(bench, chance):
    maker = Maker(chance, bench.real)
    homes = bench.households(maker)
    asked = [(programs, maker.answers(home, chance.choice((0.3, 0.6, 0.9, 1.0)))) for programs, home in homes]
    for (_, home), (_, answer), values in zip(homes, asked, bench.evaluated(maker, asked), strict=True):
        for program, value in values:
            if value is True:
                assert Reading(bench.real, program, home, lucky=False).right(), named(program, home, answer)
            if value is False:
                assert not Reading(bench.real, program, home, lucky=True).right(), named(program, home, answer)


@searching(8)
@given(chance=chances)
def test_one_person_who_has_answered_everything_is_told_what_a_direct_reading_says(bench, chance):
    maker = Maker(chance, bench.real)
    homes = bench.households(maker, people=1)
    asked = [(programs, maker.answers(home, 1.0)) for programs, home in homes]
    for (_, home), (_, answer), values in zip(homes, asked, bench.evaluated(maker, asked), strict=True):
        for program, value in values:
            surely = Reading(bench.real, program, home, lucky=False).right()
            perhaps = Reading(bench.real, program, home, lucky=True).right()
            assert value == (surely or (None if perhaps else False)), named(program, home, answer)


@searching(6)
@given(chance=chances)
def test_a_further_answer_never_turns_yes_into_no_or_no_into_yes(bench, chance):
    maker = Maker(chance, bench.real)
    more = [(programs, maker.answers(home, 0.9)) for programs, home in bench.households(maker)]
    less = [(programs, fewer(chance, answer)) for programs, answer in more]
    for before, after, (_, answer) in zip(
        bench.evaluated(maker, less), bench.evaluated(maker, more), more, strict=True
    ):
        for (program, one), (_, other) in zip(before, after, strict=True):
            assert one in (None, other), (program.key, answer)


def test_nobody_who_has_answered_nothing_is_told_yes_or_no(bench):
    [values] = bench.evaluated(Maker(Random(1), bench.real), [(bench.shown, {})])
    assert {value for _, value in values} == {None}


def saying(id, groups):
    """The answers of somebody who says nothing but to belong to this group."""
    means = groups[id].means if id in groups else None
    answer = {"ticked": [f"group:{id}"]}
    if means and means.diagnosis:
        answer = {"ticked": [f"diagnosis:{means.diagnosis.is_}"]}
    if means and means.education:
        answer = {"ticked": ["level:school"]}
    if means and means.age:
        answer |= {"adults": 1} if means.age.pension else {"minors": 1}
    if id in ("large-family", "newborn-family"):
        answer = {"minors": 4, "minorAges": [0]}
    if id == "socially-vulnerable-family":
        answer = {"score": {"has": True}}
    return answer


def test_whoever_says_to_belong_to_a_group_is_not_refused_by_a_programme_for_it(bench, today):
    maker, speaker = Maker(Random(1), bench.real), Speaker("en", bench.real, today)
    listed = [groups_of(speaker, program) for program in bench.shown]
    ids = sorted({id for groups in listed for id in groups})
    asked = [(bench.shown, saying(id, maker.groups)) for id in ids]
    for id, values in zip(ids, bench.evaluated(maker, asked), strict=True):
        for groups, (program, value) in zip(listed, values, strict=True):
            assert value is not False or id not in groups, (program.key, id)


@pytest.mark.parametrize("language", ["ka", "en"])
def test_every_reason_stands_on_the_card(workplace, real, shown, today, language):
    pages = Pages(real, workplace.chapters, language, today)
    speaker = Speaker(language, real, today)
    cards = {f"../programs/{program.key}/": card(speaker, program) for program in shown}
    for _, text in pages.questions.files():
        data = json.loads(text)
        for program in data["programs"]:
            made = cards[program["page"]]
            said = [line.text for section in made.sections if section.id == "eligibility" for line in section.lines()]
            assert program["name"] == made.name
            for number in numbers(program["rule"]):
                words = data["words"][number]
                assert words == speaker.say("for_me.death") or any(words in line for line in said), words
            assert [data["words"][number] for number in program["status"]] == [line.text for line in made.status]


def numbers(rule):
    """The sentences that a rule may say."""
    if "says" in rule:
        yield rule["says"]
    for part in [*rule.get("all", ()), *rule.get("any", ()), *([rule["not"]] if "not" in rule else [])]:
        yield from numbers(part)


def test_every_leaf_can_be_explained(workplace, real, today):
    def explained(rule, inherited=False):
        has = inherited or "says" in rule
        parts = [*rule.get("all", ()), *rule.get("any", ()), *([rule["not"]] if "not" in rule else [])]
        return all(explained(part, has) for part in parts) if parts else has

    for _, text in Pages(real, workplace.chapters, "en", today).questions.files():
        assert all(explained(program["rule"]) for program in json.loads(text)["programs"])


# --- what real records do not say yet -----------------------------------------------------------------


def rule_of(**eligibility):
    made = collection(a_program(eligibility=eligibility))
    return Rules(made).of(made.programs[0]).as_json(lambda reason: 0)


TICKS = {"group:orphan": {"ages": [[0, 17]]}, "group:highland-resident": {"family": True}}
TWO = {"minors": 0, "adults": 2}
VETERAN_OF_70 = {"all": [{"age": {"at_least": 70}}, {"status": "veteran"}]}
CASES = [
    # Two people who each meet half are not one who meets all; one alone is.
    (VETERAN_OF_70, {**TWO, "adultAges": [70, 40], "ticked": ["group:veteran"]}, None),
    (VETERAN_OF_70, {"minors": 0, "adults": 1, "adultAges": [70], "ticked": ["group:veteran"]}, True),
    (VETERAN_OF_70, {**TWO, "adultAges": [69, 40], "ticked": ["group:veteran"]}, False),
    (VETERAN_OF_70, {**TWO, "adultAges": [69, None], "ticked": ["group:veteran"]}, None),
    # Exclusions.
    ({"all": [{"status": "idp"}], "none": [{"status": "veteran"}]}, {"ticked": ["group:idp"]}, None),
    ({"all": [{"status": "idp"}], "none": [{"status": "veteran"}]}, {"ticked": ["group:idp"], "denied": ["group:veteran"]}, True),
    ({"all": [{"residence": "registered"}], "none": [{"residence": "living"}]}, {"registered": "telavi", "living": "telavi"}, False),
    # A narrower group, a broader one.
    ({"all": [{"status": "ww2-veteran"}]}, {"denied": ["group:veteran"]}, False),
    ({"all": [{"status": "veteran"}]}, {"ticked": ["group:ww2-veteran"]}, True),
    ({"all": [{"status": "veteran"}]}, {"denied": ["group:ww2-veteran"]}, None),
    ({"all": [{"disability": "severe"}]}, {"ticked": ["group:person-with-disability"]}, None),
    ({"all": [{"status": {"is": "veteran", "who": "parent"}}]}, {"denied": ["group:veteran"]}, None),
    # Said of a family, met by everybody in it; an age that a status implies.
    ({"all": [{"status": "single-parent"}, {"status": "highland-resident"}]}, {**TWO, "ticked": ["group:single-parent", "group:highland-resident"]}, True),
    ({"all": [{"status": "orphan"}, {"age": {"below": 18}}]}, {"ticked": ["group:orphan"]}, True),
    # Violence is not to be held against those who do not say it.
    ({"all": [{"status": "domestic-violence-victim"}]}, {"denied": ["group:domestic-violence-victim", "group:violence-survivor"]}, None),
    # What makes a large family is for the municipality to say; with fewer than three children nobody says it.
    ({"subject": "family", "all": [{"status": "large-family"}]}, {"minors": 5, "grown": 0}, None),
    ({"subject": "family", "all": [{"status": "large-family"}]}, {"minors": 1, "grown": 1}, False),
    ({"subject": "family", "all": [{"status": "large-family"}]}, {"minors": 1}, None),
    # Limits of the score.
    ({"all": [{"score": {"at_most": 70000}}]}, {"score": {"has": True, "number": 70000}}, True),
    ({"all": [{"score": {"at_most": 70000, "boundary": "unclear"}}]}, {"score": {"has": True, "number": 70000}}, None),
    ({"all": [{"score": {"at_most": 70000, "boundary": "unclear"}}]}, {"score": {"has": True, "number": 70001}}, False),
    ({"all": [{"score": {"at_most": 70000}}]}, {}, None),
    ({"all": [{"score_age": {"value": 1, "unit": "year"}}]}, {"score": {"has": True, "number": 1, "months": 13}}, False),
    ({"all": [{"score_age": {"value": 1, "unit": "year"}}]}, {"score": {"has": True, "number": 1, "months": 12}}, None),
    ({"all": [{"score_age": {"value": 1, "unit": "week"}}]}, {"score": {"has": True, "number": 1, "months": 13}}, None),
    # Places, time, region.
    ({"all": [{"residence": {"basis": "registered", "lasting": {"value": 2, "unit": "year"}}}]}, {"registered": "telavi"}, None),
    ({"all": [{"residence": {"basis": "registered", "lasting": {"value": 2, "unit": "year"}}}]}, {"registered": "gori"}, False),
    ({"all": [{"residence": {"basis": "registered", "region": "kakheti"}}]}, {"registered": "gurjaani"}, True),
    ({"all": [{"residence": {"basis": "registered", "region": "kakheti"}}]}, {"registered": "elsewhere"}, None),
    ({"all": [{"residence": {"basis": "living", "idp_rule": "temporary-is-enough"}}]}, {"living": "gori"}, None),
    ({"all": [{"residence": "registered-or-living"}]}, {"living": "telavi", "registered": "gori"}, True),
    # Ages of men and women, of children, of pension; what nobody asks.
    ({"all": [{"age": {"at_least": 50, "sex": "female"}}]}, {**TWO, "adultAges": [60, 60]}, None),
    ({"all": [{"age": {"at_least": 50, "sex": "female"}}]}, {**TWO, "adultAges": [40, 30]}, False),
    ({"all": [{"age": {"pension": "true"}}]}, {**TWO, "adultAges": [62, 59]}, None),
    ({"all": [{"age": {"pension": "true"}}]}, {**TWO, "adultAges": [65, 59]}, True),
    ({"all": [{"age": {"pension": "true"}}]}, {**TWO, "adultAges": [59, 59]}, False),
    ({"all": [{"age": {"below": 18}}]}, {"minors": 0}, False),
    ({"all": [{"household": {"at_least": 4}}]}, {"minors": 3, "adults": 1}, True),
    ({"all": [{"household": {"at_most": 3}}]}, {"minors": 4}, False),
    ({"all": [{"income": {"at_most_gel": 500}}]}, {"minors": 1}, None),
    ({"all": [{"birth": {"multiple": "twins"}}]}, {"ticked": ["birth:twins"]}, True),
    ({"all": [{"birth": {"order_from": 3}}]}, {"minors": 0, "grown": 0}, None),
    ({"all": [{"pregnancy_weeks": {"at_least": 12}}]}, {"ticked": ["group:pregnant-woman"]}, None),
    ({"all": [{"pregnancy_weeks": {"at_least": 12}}]}, {"denied": ["group:pregnant-woman"]}, False),
    # Somebody who has died.
    ({"subject": "deceased", "all": [{"status": "veteran"}]}, {"denied": ["group:veteran"], "ticked": ["event:death"]}, None),
    ({"subject": "deceased", "all": [{"status": "veteran"}]}, {"denied": ["event:death"]}, False),
    # Gaps in what is known.
    ({"all": [{"status": "idp"}], "complete": "false"}, {"ticked": ["group:idp"]}, None),
    ({"all": [{"status": "idp"}], "complete": "false"}, {"denied": ["group:idp"]}, False),
    ({"all": [{"status": "idp"}], "selection": {"ka": "ირჩევენ.", "en": "Chosen."}}, {"ticked": ["group:idp"]}, None),
    ({"all": [{"text": {"ka": "სოფელში", "en": "in a village"}}]}, {"registered": "gori"}, None),
    ({"all": [{"decided_by": "commission"}]}, {"registered": "gori"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("eligibility", "answers", "value"), CASES)
def test_a_rule_is_yes_no_or_unknown(page, eligibility, answers, value):
    assert page.evaluate(EVALUATE, [[[[rule_of(**eligibility)], answers]], TICKS]) == [[value]]


def test_sources_that_contradict_each_other_decide_nothing(page):
    claims = [{"number": 10, "year": 2024}, {"number": 99, "year": 2025}]
    conflicting = a_program(
        eligibility={"all": [{"score": {"at_most": 10}}]}, conflicts=[{"field": "score", "values": claims}]
    )
    made = collection(conflicting)
    rule = Rules(made).of(made.programs[0]).as_json(lambda reason: 0)
    assert page.evaluate(EVALUATE, [[[[rule], {"score": {"has": True, "number": 99}}]], {}]) == [[None]]


def test_every_group_of_the_vocabulary_that_is_told_is_known(real):
    told = [row.is_ for row in real.belongings]
    assert len(told) == len(set(told))
    assert set(told) <= set(real.vocabulary["groups"])
