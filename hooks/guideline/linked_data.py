"""Facts for machines: a page → what it is about in the terms of schema.org (JSON-LD).

Only what the record says and what is exactly true: a sum that depends on something, or on which sources
differ, stays in words. Types and properties are those of schema.org 30.0; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from . import routes
from .model import Benefit, Condition, Contact, Municipality, Program
from .wording.benefits import benefit_words
from .wording.brief import description, note
from .wording.card import groups_of, type_of
from .wording.layout import Card
from .wording.speech import Speaker
from .wording.steps import contacts_of, tel
from .wording.trust import act_words, ends

CONTEXT = "https://schema.org"
CURRENCY = "GEL"
SEARCHED = "search_term_string"
"""The name that search engines give to the words that somebody looks for."""

Thing = dict[str, Any]
"""A thing with its type and properties; those that are not known are left out."""


def block(things: Sequence[Thing]) -> Thing:
    """Several things as one document."""
    return {"@context": CONTEXT, "@graph": list(things)}


def _thing(type_: str, **properties: Any) -> Thing:
    """A thing without what is unknown. A property that Python reads as something else ends in "_"."""
    known = {name.rstrip("_"): value for name, value in properties.items() if value not in (None, "", [], {})}
    return {"@type": type_, **known}


def _marked(id: str, thing: Thing) -> Thing:
    return {"@type": thing["@type"], "@id": id, **thing}


# --- a card ----------------------------------------------------------------------------------


def card_things(speaker: Speaker, program: Program, card: Card, site_url: str) -> list[Thing]:
    """The service that a card tells of, and the page that tells of it: from which sources, confirmed or not."""
    url = site_url + routes.address(routes.program(program.key), speaker.language)
    return [_service(speaker, program, card, site_url, url), _page(speaker, program, card, site_url, url)]


def _service(speaker: Speaker, program: Program, card: Card, site_url: str, url: str) -> Thing:
    municipality = speaker.collection.municipalities[program.municipality]
    operator = _organization(speaker, program.municipality, site_url)
    other = program.provider and _thing("Organization", name=program.provider[speaker.language])
    type_ = type_of(speaker, program)
    return _marked(
        _service_id(url),
        _thing(
            "GovernmentService",
            name=card.name,
            alternateName=card.official_name,
            serviceType=type_.name[speaker.language],
            category=speaker.term("categories", type_.category)["one"],
            description=description(speaker, program, card),
            url=url,
            serviceOperator=operator,
            provider=other or {"@id": operator["@id"]},
            areaServed=_area(speaker, municipality),
            audience=_audience(speaker, program),
            availableChannel=[_channel(speaker, one) for one in contacts_of(program, municipality) if _reachable(one)],
            serviceOutput=[_grant(speaker, program, benefit) for benefit in certain_sums(program)],
        ),
    )


def _service_id(url: str) -> str:
    return f"{url}#service"


def _organization(speaker: Speaker, id: str, site_url: str) -> Thing:
    """The municipality; known by the address of its page, which is the same for all of its cards."""
    municipality = speaker.collection.municipalities[id]
    page = site_url + routes.address(routes.municipality(id), speaker.language)
    return _marked(
        f"{page}#municipality",
        _thing(
            "GovernmentOrganization",
            name=municipality.official[speaker.language],
            url=municipality.website,
        ),
    )


def _area(speaker: Speaker, municipality: Municipality) -> Thing:
    region = speaker.collection.regions[municipality.region].name[speaker.language]
    return _thing(
        "AdministrativeArea",
        name=municipality.official[speaker.language],
        containedInPlace=_thing("AdministrativeArea", name=region),
    )


def _audience(speaker: Speaker, program: Program) -> Thing | None:
    """The groups it is for, and between which ages one must be where every reader must."""
    groups = [speaker.term("groups", group)["many"] for group in groups_of(speaker, program)]
    least, most = age_limits(program)
    if not groups and least is None and most is None:
        return None
    words = speaker.pattern("list.comma").join(groups)
    return _thing("PeopleAudience", audienceType=words, requiredMinAge=least, requiredMaxAge=most)


def age_limits(program: Program) -> tuple[int | None, int | None]:
    """The least and the greatest age in full years that everybody must have; None where none is certain."""
    who = program.eligibility
    if not who or who.subject != "person":
        return None, None
    spans = [span for condition in who.all if (span := _age_span(condition))]
    least = max((low for low, _ in spans), default=0)
    most = min((high for _, high in spans if high is not None), default=None)
    return least or None, most


def _age_span(condition: Condition) -> tuple[int, int | None] | None:
    """The ages of a condition; none where it is another's age, of one sex only, or its limit unclear."""
    age = condition.age
    if not age or age.who or age.sex or age.boundary or not (span := age.span()):
        return None
    low, high = span
    return int(low), int(high) if high.is_finite() else None


def _reachable(contact: Contact) -> bool:
    return bool(contact.phones or contact.email or contact.address)


def _channel(speaker: Speaker, contact: Contact) -> Thing:
    """An office: its numbers as they are dialled from anywhere, and where it is."""
    numbers = [tel(phone).removeprefix("tel:") for phone in contact.phones]
    points = [_thing("ContactPoint", telephone=number) for number in numbers]
    if contact.email:
        points = [{**point, "email": contact.email} for point in points] or [
            _thing("ContactPoint", email=contact.email)
        ]
    address = contact.address and contact.address[speaker.language]
    return _thing(
        "ServiceChannel",
        servicePhone=points,
        serviceLocation=address and _thing("Place", address=address),
    )


def certain_sums(program: Program) -> Iterator[Benefit]:
    """The benefits in money whose sum holds for everybody who gets the help: no table, no condition, no conflict."""
    disputed = any(conflict.field == "amount" for conflict in program.conflicts)
    if disputed or (program.benefits_are == "alternatives" and len(program.benefits) > 1):
        return
    for benefit in program.benefits:
        depends = benefit.tiers or benefit.when or benefit.to or benefit.depends_on or benefit.supplement
        share = benefit.percent is not None or benefit.up_to_percent is not None
        sums = (benefit.gel, benefit.up_to_gel, benefit.from_gel)
        if benefit.kind == "cash" and not depends and not share and any(sum_ is not None for sum_ in sums):
            yield benefit


def _grant(speaker: Speaker, program: Program, benefit: Benefit) -> Thing:
    """Money that is paid; how often and for each of what stands in the words, for which schema.org has no term."""
    value, least, most = benefit.gel, benefit.from_gel, benefit.up_to_gel or benefit.to_gel
    numbers = {name: float(sum_) for name, sum_ in (("value", value), ("minValue", least), ("maxValue", most)) if sum_}
    whole = {name: int(number) if number.is_integer() else number for name, number in numbers.items()}
    return _thing(
        "MonetaryGrant",
        description=benefit_words(speaker, program, benefit),
        amount=_thing("MonetaryAmount", currency=CURRENCY, **whole),
    )


def _page(speaker: Speaker, program: Program, card: Card, site_url: str, url: str) -> Thing:
    """The card as a page: it carries the age and the sources of what it says."""
    review, to, act = program.review, ends(program), program.act
    confirmed = review.date if review.status == "confirmed" and review.date else None
    operator = {"@id": _organization(speaker, program.municipality, site_url)["@id"]}
    legislation = act and _thing(
        "Legislation",
        name=act_words(speaker, program, act),
        legislationIdentifier=act.number,
        legislationDate=act.date and act.date.isoformat(),
        url=act.url,
    )
    sources = [source.url for source in program.sources]
    return _marked(
        url,
        _thing(
            "WebPage",
            url=url,
            name=card.name,
            inLanguage=speaker.language,
            mainEntity={"@id": _service_id(url)},
            creativeWorkStatus=note(speaker, program),
            lastReviewed=confirmed and confirmed.isoformat(),
            reviewedBy=operator if confirmed else None,
            expires=to.isoformat() if to else None,
            isBasedOn=[*sources, legislation] if legislation else sources,
        ),
    )


# --- other pages -----------------------------------------------------------------------------


def website(name: str, about: str, language: str, site_url: str) -> Thing:
    """The site, and how one searches it: with the finder."""
    url = site_url + routes.address("", language)
    finder = site_url + routes.address(routes.PROGRAMS, language)
    target = _thing("EntryPoint", urlTemplate=f"{finder}?text={{{SEARCHED}}}")
    action = {"@type": "SearchAction", "target": target, "query-input": f"required name={SEARCHED}"}
    site = _thing("WebSite", name=name, description=about, url=url, inLanguage=language, potentialAction=action)
    return _marked(f"{url}#website", site)


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Thing:
    """The way to a page: addresses and names from the home page to the page itself."""
    steps = [
        _thing("ListItem", position=position, name=name, item={"@type": "WebPage", "@id": url})
        for position, (url, name) in enumerate(trail, 1)
    ]
    return _thing("BreadcrumbList", itemListElement=steps)
