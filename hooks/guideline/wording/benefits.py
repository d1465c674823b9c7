"""Benefits → what one gets: "თვეში 100 ₾ თითო შვილზე", "GEL 100 a month for each child"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ..model import Amount, Benefit, Capacity, Payment, Program, Repeat, Tier
from .conditions import fill_form, label, unclear
from .layout import Block, Line
from .speech import Forms, Speaker

PLAIN_RECIPIENTS = ("person", "family", "customer")
"""Recipients that need not be named at the top of a card."""
SAID_ABOVE = ("once", "year")
"""Rhythms said once above a table of sums; those of a monthly table stand in every row."""


def benefit_blocks(speaker: Speaker, program: Program) -> Iterator[Block]:
    """What one gets, benefit by benefit; a table of sums becomes a list of its own."""
    alternatives = program.benefits_are == "alternatives" and len(program.benefits) > 1
    plain = [benefit for benefit in program.benefits if not benefit.tiers]
    if plain:
        lead = speaker.say("benefit.alternatives") if alternatives else ""
        lines = [_line(speaker, program, benefit) for benefit in plain]
        if any(benefit.when and unclear(benefit.when) for benefit in plain):
            lines.append(Line(speaker.say("limits_unclear"), kind="unknown"))
        yield Block(tuple(lines), lead, style="list" if len(lines) > 1 else "text")
    for benefit in program.benefits:
        if benefit.tiers:
            yield _tiers(speaker, program, benefit)


def headline(speaker: Speaker, program: Program) -> str:
    """How much, in a few words, for the top of the card; empty where the source does not say."""
    sized = [benefit for benefit in program.benefits if _sized(benefit) and not benefit.supplement]
    known = [benefit for benefit in sized if _size(speaker, benefit)][:3]
    if not known:
        return ""
    first = known[0]
    alternatives = program.benefits_are == "alternatives" or all(benefit.when or benefit.to for benefit in known)
    join = speaker.either if alternatives else speaker.both
    if len(known) > 1 and len({(benefit.period, benefit.times, benefit.per) for benefit in known}) == 1:
        sizes = join([_size(speaker, benefit) for benefit in known])
        return _per(speaker, first, _rhythm(speaker, first, sizes, "once_after"))
    return join([_per(speaker, benefit, _short(speaker, benefit)) for benefit in known])


def _per(speaker: Speaker, benefit: Benefit, amount: str) -> str:
    """The amount with for each of what it is, unless that is the person or family who asks."""
    if not benefit.per or benefit.per in PLAIN_RECIPIENTS or not amount:
        return amount
    per = speaker.term("recipient_units", benefit.per)["per"]
    return speaker.say("amount.per", amount=amount, per=per)


def _sized(benefit: Benefit) -> bool:
    return bool(benefit.known() or benefit.tiers or benefit.item or benefit.worth_gel or benefit.text)


def _short(speaker: Speaker, benefit: Benefit) -> str:
    plain = _plain_sum(benefit) or benefit.tiers is not None
    return _rhythm(speaker, benefit, _size(speaker, benefit), "once" if plain else "once_after")


def _plain_sum(benefit: Benefit) -> bool:
    """Is it a sum or a range, after which "one time" follows without a comma?"""
    return benefit.gel is not None or benefit.from_gel is not None


def _size(speaker: Speaker, benefit: Benefit) -> str:
    """The amount of a benefit, or the span of its table."""
    if benefit.tiers:
        return _span(speaker, [row for row in benefit.tiers.rows if row.known()])
    return _amount(speaker, benefit)


def _span(speaker: Speaker, rows: list[Tier]) -> str:
    """From the smallest to the largest sum of a table."""
    if rows and all(row.up_to_gel is not None for row in rows):
        return speaker.say("amount.up_to", n=speaker.number(max(_figures(rows, "up_to_gel"))))
    sums = sorted({*_figures(rows, "gel"), *_figures(rows, "up_to_gel")})
    percents = sorted({*_figures(rows, "percent"), *_figures(rows, "up_to_percent")})
    if len(sums) == 1:
        return speaker.money(sums[0])
    if sums:
        return speaker.say("amount.range", low=speaker.number(sums[0]), high=speaker.number(sums[-1]))
    if len(percents) == 1:
        return speaker.percent(percents[0])
    if percents:
        return speaker.say("amount.percent_range", low=speaker.number(percents[0]), high=speaker.number(percents[-1]))
    return ""


def _figures(rows: list[Tier], field: str) -> list[Decimal]:
    """The figures that rows give in one field."""
    return [value for row in rows if (value := getattr(row, field)) is not None]


def _line(speaker: Speaker, program: Program, benefit: Benefit) -> Line:
    if benefit.text and not (benefit.known() or benefit.item):
        return Line(_prefixed(speaker, program, benefit, benefit.text[speaker.language]), kind="text")
    if not _sized(benefit):
        return Line(_prefixed(speaker, program, benefit, _unsized(speaker, benefit)), kind="unknown")
    text = _with_total(speaker, program, benefit, _sentence(speaker, benefit))
    inner = () if not benefit.text else (Line(benefit.text[speaker.language], kind="text"),)
    return Line(_prefixed(speaker, program, benefit, text), lines=inner)


def _unsized(speaker: Speaker, benefit: Benefit) -> str:
    """What is known of a benefit whose sum is not: a part of what, how often, for what, for each."""
    if not any((benefit.of, benefit.period, benefit.per, benefit.for_, benefit.to, benefit.days, benefit.lasting)):
        return speaker.say(f"amount.unknown.{benefit.kind}")
    base = speaker.term("share_bases", benefit.of) if benefit.of else ""
    name = speaker.say("amount.nameless.share_of" if base else f"amount.nameless.{benefit.kind}", base=base)
    return speaker.say("amount.unknown_rest", known=_sentence(speaker, benefit, name))


def _prefixed(speaker: Speaker, program: Program, benefit: Benefit, text: str) -> str:
    return _under(speaker, label(speaker, program, benefit.when), text) if benefit.when else text


def benefit_words(speaker: Speaker, program: Program, benefit: Benefit) -> str:
    """One benefit that is no table, as its card says it."""
    return _line(speaker, program, benefit).text


def _under(speaker: Speaker, condition: str, text: str) -> str:
    return speaker.say("benefit.under_condition", condition=condition, text=text)


def _tiers(speaker: Speaker, program: Program, benefit: Benefit) -> Block:
    tiers = benefit.tiers
    assert tiers is not None
    lines = [_row(speaker, program, benefit, row) for row in tiers.rows]
    if tiers.overlap_in_source:
        numbers = speaker.both([speaker.number(n) for n in tiers.overlap_in_source])
        by = tiers.by if speaker.has(f"tiers.overlap.{tiers.by}") else "other"
        overlap = speaker.say(f"tiers.overlap.{by}", count=len(tiers.overlap_in_source), n=numbers)
        lines.append(Line(overlap, kind="conflict"))
    if any(row.when and unclear(row.when) for row in tiers.rows):
        lines.append(Line(speaker.say("limits_unclear"), kind="unknown"))
    if not tiers.complete:
        lines.append(Line(speaker.say("tiers.incomplete"), kind="unknown"))
    lead = speaker.say(f"tiers.by.{tiers.by}", rhythm=_rhythm_above(speaker, benefit))
    if benefit.supplement:
        lead = speaker.say("tiers.supplement", lead=lead)
    if benefit.item and not benefit.for_:
        lead = speaker.say("tiers.item", item=speaker.term("items", benefit.item), lead=lead)
    if benefit.when:
        lead = _under(speaker, label(speaker, program, benefit.when), lead)
    return Block(tuple(lines), lead)


def _row(speaker: Speaker, program: Program, benefit: Benefit, row: Tier) -> Line:
    condition = label(speaker, program, row.when) if row.when else speaker.say("tiers.otherwise")
    if not row.known():
        return Line(_under(speaker, condition, speaker.say("amount.unknown_short")), kind="unknown")
    merged = benefit.model_copy(
        update={"tiers": None, **row.model_dump(include=set(Amount.model_fields), exclude_none=True)}
    )
    alone = merged.model_copy(update={"period": None}) if _rhythm_above(speaker, benefit) else merged
    return Line(_under(speaker, condition, _with_total(speaker, program, merged, _sentence(speaker, alone))))


def _rhythm_above(speaker: Speaker, benefit: Benefit) -> str:
    """How often the sums of a table are paid, where it is said above the table."""
    if benefit.period not in SAID_ABOVE or benefit.times:
        return ""
    return speaker.term("periods", benefit.period).get("adjective", "")


def _with_total(speaker: Speaker, program: Program, benefit: Benefit, words: str) -> str:
    """A supplement with what it makes together with the help, if that comes as often and for the same."""
    bases = [base for base in program.benefits if not base.supplement]
    if not benefit.supplement or benefit.gel is None or len(bases) != 1 or bases[0].gel is None:
        return words
    if benefit.period != bases[0].period or benefit.per not in (None, bases[0].per):
        return words
    return speaker.say("benefit.total", added=words, total=speaker.money(bases[0].gel + benefit.gel))


# --- the parts of one sentence ---------------------------------------------------------------


def _amount(speaker: Speaker, benefit: Benefit) -> str:
    """How much, without when and for whom."""
    if benefit.kind == "goods":
        return _goods(speaker, benefit)
    if benefit.kind == "service":
        return _service(speaker, benefit)
    if benefit.kind == "voucher" and benefit.gel is not None:
        return speaker.say("amount.voucher", n=speaker.number(benefit.gel))
    if benefit.kind == "discount" and benefit.percent is not None:
        base = speaker.term("share_bases", benefit.of or "")
        key = "discount" if {"discount_on", "off"} & set(base) else "discount_of"
        return speaker.say(f"amount.{key}", n=speaker.number(benefit.percent), base=base)
    return _sum(speaker, benefit)


def _sum(speaker: Speaker, amount: Amount) -> str:
    share = _share(speaker, amount)
    if share:
        return share
    if amount.gel is not None:
        return speaker.money(amount.gel)
    if amount.up_to_gel is not None:
        return speaker.say("amount.up_to", n=speaker.number(amount.up_to_gel))
    if amount.from_gel is not None and amount.to_gel is not None:
        return speaker.say("amount.range", low=speaker.number(amount.from_gel), high=speaker.number(amount.to_gel))
    return ""


def _share(speaker: Speaker, amount: Amount) -> str:
    percent = amount.percent if amount.percent is not None else amount.up_to_percent
    if percent is None:
        return ""
    of = getattr(amount, "of", None)
    key = "percent" if amount.percent is not None else "up_to_percent"
    base = speaker.term("share_bases", of)["of"] if of else ""
    words = speaker.say(f"amount.{key}", n=speaker.number(percent), base=base)
    if amount.cap_gel is None:
        return words
    return speaker.say("amount.capped", words=words, cap=speaker.money(amount.cap_gel))


def _goods(speaker: Speaker, benefit: Benefit) -> str:
    item = speaker.term("items", benefit.item or "goods")
    if benefit.quantity is not None and benefit.unit:
        unit = speaker.term("measures", benefit.unit)
        return speaker.say("amount.quantity", n=speaker.number(benefit.quantity), unit=unit, item=item)
    if benefit.worth_gel is not None:
        return speaker.say("amount.worth", n=speaker.number(benefit.worth_gel), item=item)
    return _sum(speaker, benefit) or _item(speaker, benefit)


def _service(speaker: Speaker, benefit: Benefit) -> str:
    if benefit.worth_gel is not None:
        return speaker.money(benefit.worth_gel)
    return _sum(speaker, benefit) or _item(speaker, benefit)


def _item(speaker: Speaker, benefit: Benefit) -> str:
    item = speaker.term("items", benefit.item or ("goods" if benefit.kind == "goods" else "service"))
    return speaker.say("amount.free", item=item) if benefit.free else item["one"]


def _named(speaker: Speaker, benefit: Benefit, amount: str) -> str:
    """The amount after the name of what is paid for: "ბინის ქირა: თვეში 200 ლარამდე"."""
    if benefit.kind == "rent":
        return speaker.say("amount.rent", amount=amount)
    if benefit.kind == "service" and benefit.worth_gel is not None:
        return speaker.say("amount.service_worth", item=_item(speaker, benefit), amount=amount)
    counted = benefit.unit or benefit.worth_gel is not None
    if benefit.kind in ("goods", "service") and _sum(speaker, benefit) and not counted:
        return speaker.say("amount.item_and_sum", item=_item(speaker, benefit), amount=amount)
    return amount


def _rhythm(speaker: Speaker, benefit: Benefit, amount: str, once: str) -> str:
    """The amount with how often it comes; `once` names the phrase for what comes one time."""
    period = speaker.term("periods", benefit.period) if benefit.period else Forms()
    if "in" in period:
        times = how_often(speaker, benefit.times) if benefit.times else ""
        key = "in_period" if (benefit.times or 1) <= 2 else "often_in_period"
        amount = speaker.say(f"benefit.{key}", amount=amount, period=period, times=times)
    if benefit.supplement:
        amount = speaker.say("benefit.supplement", amount=amount)
    if period and "in" not in period:
        amount = speaker.say(f"benefit.{once}", amount=amount, once=period["adverb"])
    return _named(speaker, benefit, amount)


def _sentence(speaker: Speaker, benefit: Benefit, amount: str = "") -> str:
    """The whole line: days, rhythm, for each, for what, for whom, how long, ceilings, payers.

    `amount` stands in for a sum that the source does not give.
    """
    more = benefit.per or benefit.for_ or benefit.to
    once = "once_after" if not _plain_sum(benefit) else "once_and" if more else "once"
    parts: dict[str, Any] = {
        "days": speaker.both([speaker.calendar_day(day) for day in benefit.days]),
        "amount": _rhythm(speaker, benefit, amount or _amount(speaker, benefit), once),
        "per": speaker.term("recipient_units", benefit.per)["per"] if benefit.per else "",
        "purpose": speaker.both([speaker.term("items", item)["for"] for item in benefit.for_]),
        "to": speaker.either([_recipient(speaker, group) for group in benefit.to]),
        "lasting": speaker.say("benefit.lasting", time=speaker.duration(benefit.lasting)) if benefit.lasting else "",
    }
    return speaker.say("benefit.line", **parts) + "".join(_afterwards(speaker, benefit))


def _recipient(speaker: Speaker, group: str) -> str:
    return speaker.say("benefit.to", group=fill_form(speaker.term("groups", group), "to_one", "a_one"))


def _afterwards(speaker: Speaker, benefit: Benefit) -> Iterator[str]:
    """What follows the line after a comma or semicolon."""
    if benefit.depends_on:
        yield speaker.pattern(f"benefit.depends_on.{benefit.depends_on}")
    if benefit.until_age:
        yield speaker.pattern("benefit.until_age").replace("{n}", speaker.number(benefit.until_age))
    if benefit.delivered:
        yield speaker.pattern("benefit.delivered")
    if benefit.by:
        yield speaker.pattern(f"benefit.by.{benefit.by}")
    if benefit.except_days:
        yield _except(speaker, benefit)
    if benefit.cap_percent is not None and benefit.cap_of:
        cap = speaker.say(
            "benefit.cap_share", n=speaker.number(benefit.cap_percent), base=speaker.term("share_bases", benefit.cap_of)
        )
        yield speaker.pattern("list.then") + cap
    if benefit.payers:
        payers = [
            speaker.say("benefit.payer", amount=speaker.money(payer.gel), body=speaker.term("bodies", payer.from_))
            for payer in benefit.payers
        ]
        yield speaker.pattern("list.colon") + speaker.pattern("list.comma").join(payers)
    if benefit.since:
        yield speaker.pattern("list.then") + speaker.say("benefit.since", when=speaker.partial_day(benefit.since))


def _except(speaker: Speaker, benefit: Benefit) -> str:
    days = [speaker.term("weekdays", day) for day in benefit.except_days]
    words = [day["besides"] for day in days[:-1]] + [days[-1]["besides_last"]]
    return speaker.pattern("list.comma") + speaker.say("benefit.except", days=speaker.both(words))


# --- around the benefits ---------------------------------------------------------------------


def payment_lines(speaker: Speaker, payment: Payment) -> Iterator[Line]:
    """How and when the money comes."""
    if payment.to:
        yield Line(speaker.say(f"payment.to.{payment.to}"))
    if payment.days:
        days = speaker.both([speaker.calendar_day(day) for day in payment.days])
        yield Line(speaker.say("payment.days", days=days))
    if payment.within and payment.after:
        event = speaker.term("events", payment.after)
        yield Line(speaker.say("payment.within", time=speaker.duration(payment.within), event=event))


def repeat_line(speaker: Speaker, repeat: Repeat) -> Line:
    """How often one may get it, and whether one must apply again."""
    again = {True: "apply_again", False: "goes_on", None: "plain"}[repeat.new_application]
    return Line(speaker.say(f"repeat.{repeat.per}.{again}", times=how_often(speaker, repeat.times)))


def how_often(speaker: Speaker, times: int) -> str:
    """ "ერთხელ", "once"; from three times on in digits."""
    return speaker.pattern(f"times.{times}") if times <= 2 else speaker.say("times.many", n=times)


def capacity_line(speaker: Speaker, capacity: Capacity) -> Line:
    """How many places there are, and what happens after them."""
    if capacity.places is None and capacity.then:
        return Line(speaker.say("capacity.only_list"))
    if capacity.places is None:
        places = speaker.say("capacity.limited")
    else:
        period = speaker.term("periods", capacity.per).get("in", "") if capacity.per else ""
        places = speaker.say("capacity.places", count=capacity.places, n=speaker.number(capacity.places), period=period)
    if capacity.then:
        order = speaker.pattern(f"capacity.order.{capacity.order_by}") if capacity.order_by else ""
        places = speaker.say("capacity.then_list", places=places, order=order)
    return Line(places)
