"""Figures → HTML: a drawing as inline SVG, its caption, and all that it says once more as text.

Where things stand is reckoned here, in units of which a phone's page has about as many as pixels;
the templates draw, the style sheet gives colours. No word is ever outside its box: widths of letters
are estimated, a little too wide rather than too narrow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from .cards import Place, render
from .model import Figure
from .model.figures import Bar, Cycle, Matrix, Moment, Ring
from .wording.comparison import Chart
from .wording.speech import Speaker

WIDTH = 340
"""Units across a drawing: the width of a phone's page, so that text keeps its size there."""
LEADING = 1.35
"""The height of a line, in sizes of its text."""

_WIDTHS = (
    (0.3, " \u00a0!,.:;·'’‘ijl"),
    (0.46, "()[]{}-/\\`“ftrIJ"),
    (0.56, '?_zsc*|–„FE"'),
    (0.61, "აეიპკჯჰ0123456789+=<>$aevxyLSTZ"),
    (0.82, "ტცOQHNUDGXA₾&"),
    (0.92, "ორღფw%…"),
    (1.02, "დთmWM—@"),
    (1.15, "ლ№"),
)
_EM = {letter: width for width, letters in _WIDTHS for letter in letters}
"""The width of a letter in sizes of its text, in the bold face of the site's Georgian font, which is the wider one."""
_MEASURED, _OTHER = 0.68, 0.9
"""The widths of letters that the table leaves out: of the two measured alphabets, of any further one."""


def estimated(text: str, size: float) -> float:
    """How wide the text will be at most."""
    return size * sum(_EM.get(one, _MEASURED if one < "\u0100" or "ა" <= one <= "ჰ" else _OTHER) for one in text)


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """The text in lines that fit the width; a word that is longer than a line is parted."""
    lines: list[str] = []
    for word in re.split(r"[ \t\n]+", text.strip(" \t\n")):
        if lines and estimated(f"{lines[-1]} {word}", size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _parted(word, width, size)
    return tuple(lines)


def _parted(word: str, width: float, size: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and estimated(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts


# --- what drawings are made of ---------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """Lines of text: where the first stands, and how much room they have."""

    lines: tuple[str, ...]
    x: float
    top: float
    width: float
    size: float = 13
    style: str = ""
    anchor: str = "start"
    turned: int = 0
    """Degrees by which the one line is turned around its anchor."""

    @property
    def bottom(self) -> float:
        """Where the next thing can begin."""
        return round(self.top + len(self.lines) * self.size * LEADING, 1)

    @property
    def middle(self) -> float:
        """The height of the first line's middle, where a mark beside it stands."""
        return round(self.top + self.size * LEADING / 2, 1)

    @property
    def baselines(self) -> list[tuple[float, str]]:
        """Every line with its height."""
        first = self.middle + self.size * 0.34
        return [(round(first + index * self.size * LEADING, 1), line) for index, line in enumerate(self.lines)]


def words(text: str, x: float, top: float, width: float, size: float = 13, **look: Any) -> Words:
    """The text in a column that begins at `x`, or has its middle or end there."""
    return Words(wrapped(text, width, size), round(x, 1), round(top, 1), round(width, 1), size, **look)


def line(text: str, x: float, middle: float, room: float, size: float = 12, **look: Any) -> Words:
    """The text in one line around the height `middle`; where the room is too small, so are the letters."""
    size = min(size, int(100 * size * room / estimated(text, size)) / 100)
    return Words((text,), round(x, 1), round(middle - size * LEADING / 2, 1), round(room, 1), size, **look)


@dataclass(frozen=True)
class Spot:
    """A numbered or shaped mark on a drawing."""

    x: float
    y: float
    label: str
    style: str


@dataclass(frozen=True)
class Entry:
    """A line of the key: a mark, and what it stands for."""

    spot: Spot
    words: tuple[Words, ...]

    @property
    def bottom(self) -> float:
        """Where the next entry can begin."""
        return max(self.words[-1].bottom, round(self.spot.y + 12, 1))


def _entry(label: str, style: str, top: float, texts: Iterable[tuple[str, float, str]]) -> Entry:
    """A mark at the left edge, and texts (words, size, style) under each other beside it."""
    column: list[Words] = []
    for text, size, look in texts:
        column.append(words(text, 32, column[-1].bottom if column else top, WIDTH - 33, size, style=look))
    return Entry(Spot(12, column[0].middle, label, style), tuple(column))


def _round(middle: float, radius: float, turn: float) -> tuple[float, float]:
    """The point of a circle at a part of a turn, from the top, as the hand of a clock goes."""
    angle = turn * 2 * pi
    return round(WIDTH / 2 + radius * sin(angle), 1), round(middle - radius * cos(angle), 1)


@dataclass(frozen=True)
class Drawing:
    """The drawing of a figure: its height, and the parts that its template draws."""

    height: float
    parts: dict[str, Any]


# --- the kinds -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stop:
    """A step of the path: its mark, its name, and the voice of those who stop there, in a box."""

    spot: Spot
    name: Words
    voice: Words | None
    onward: float
    """How broad the path still is after it."""


def _path(figure: Figure, speaker: Speaker) -> Drawing:
    """Steps below each other; the path grows narrower wherever somebody is lost."""
    stops: list[Stop] = []
    lost = sum(step.lost is not None for step in figure.path)
    top, onward = 4.0, 12.0
    for number, step in enumerate(figure.path, 1):
        name = words(step.name[speaker.language], 44, top, WIDTH - 45, 14, style="strong")
        voice = words(step.lost[speaker.language], 66, name.bottom + 12, WIDTH - 77) if step.lost else None
        onward = round(onward - 9 / lost, 1) if voice else onward
        mark = (str(number), "step") if number < len(figure.path) else ("", "last")
        stops.append(Stop(Spot(18, name.middle, *mark), name, voice, onward))
        top = voice.bottom + 22 if voice else name.bottom + 16
    return Drawing(top - 10, {"stops": stops})


@dataclass(frozen=True)
class Circle:
    """A ring with its spots, and the threads by which news comes to them."""

    radius: float
    style: str
    spots: tuple[Spot, ...]
    threads: tuple[tuple[Spot, Spot], ...]
    name: Words
    entries: tuple[Entry, ...]


MIDDLE = 40.0
"""The radius of the circle in the middle of rings."""


def _rings(figure: Figure, speaker: Speaker) -> Drawing:
    """Numbered spots on circles, and below them a key that names each number."""
    assert figure.rings
    centre, around = 150.0, figure.rings.around
    circles: list[Circle] = []
    nearer: Sequence[Spot] = (Spot(WIDTH / 2, centre, "", "middle"),)
    number, top = 1, 2 * centre + 6
    for index, ring in enumerate(around):
        radius = round(MIDDLE + 98 * (index + 1) / len(around), 1)
        spots = _spots(ring, index, number, centre, radius)
        threads = () if ring.outside else tuple((_nearest(spot, nearer), spot) for spot in spots)
        name = words(ring.name[speaker.language], 0, top, WIDTH, 14, style="strong")
        entries = _key(name.bottom + 6, spots, [group[speaker.language] for group in ring.groups])
        circles.append(Circle(radius, spots[0].style, spots, threads, name, entries))
        number, top, nearer = number + len(spots), entries[-1].bottom + 10, spots
    middle = _in_the_middle(figure.rings.middle[speaker.language], centre)
    return Drawing(top - 6, {"centre": centre, "inner": MIDDLE, "middle": middle, "circles": circles})


def _in_the_middle(text: str, centre: float) -> Words:
    """The words inside the innermost circle."""
    lines = wrapped(text, 1.6 * MIDDLE, 13)
    top = round(centre - len(lines) * 13 * LEADING / 2, 1)
    return Words(lines, WIDTH / 2, top, 1.6 * MIDDLE, 13, "inverse", "middle")


def _spots(ring: Ring, index: int, number: int, centre: float, radius: float) -> tuple[Spot, ...]:
    """The groups of a ring, evenly around it; every other ring is turned by half a step."""
    count = len(ring.groups)
    style = "outside" if ring.outside else "first" if index == 0 else "next"
    points = (_round(centre, radius, (step + index % 2 / 2) / count) for step in range(count))
    return tuple(Spot(x, y, str(number + step), style) for step, (x, y) in enumerate(points))


def _nearest(spot: Spot, others: Sequence[Spot]) -> Spot:
    return min(others, key=lambda other: (spot.x - other.x) ** 2 + (spot.y - other.y) ** 2)


def _key(top: float, spots: Iterable[Spot], texts: Iterable[str]) -> tuple[Entry, ...]:
    """What each spot stands for, below each other."""
    entries: list[Entry] = []
    for spot, text in zip(spots, texts, strict=True):
        entries.append(_entry(spot.label, spot.style, top, [(text, 13, "")]))
        top = entries[-1].bottom + 4
    return tuple(entries)


_SHAPES = ("diamond", "square", "triangle")
"""The marks of the moments of a year, in their order."""


def _cycle(figure: Figure, speaker: Speaker) -> Drawing:
    """A year as the face of a clock, January after noon: arcs for seasons, small marks for moments."""
    assert figure.cycle
    centre, radius = 98.0, 68.0
    arcs, marks = [], []
    for number, season in enumerate(figure.cycle.seasons, 1):
        first, length = (season.first - 1) / 12, ((season.last - season.first) % 12 + 1) / 12
        spot = Spot(*_round(centre, radius, first + length / 2), str(number), "season")
        arcs.append((_arc(centre, radius, first + 0.006, length - 0.012), spot))
    for shape, moment in zip(_SHAPES, figure.cycle.moments, strict=False):
        turns = [(month - 1 + ((moment.day or 1) - 1) / 31) / 12 for month in moment.months]
        marks += [Spot(*_round(centre, radius - 24, turn), "", shape) for turn in turns]
    months = [_month(number, centre, radius + 20, speaker) for number in range(1, 13)]
    told = list(_told_of_the_year(figure.cycle, speaker))
    entries = _key_to_the_year(len(arcs), told, 2 * centre + 10)
    parts = {"centre": centre, "radius": radius, "months": months, "arcs": arcs, "marks": marks, "entries": entries}
    return Drawing(entries[-1].bottom + 4, {**parts, "told": told})


def _key_to_the_year(seasons: int, told: Sequence[tuple[str, str, str]], top: float) -> list[Entry]:
    """What each number and each shape on the year stands for."""
    entries: list[Entry] = []
    marks = [*((str(number), "first") for number in range(1, seasons + 1)), *(("", shape) for shape in _SHAPES)]
    for mark, (name, when, what) in zip(marks, told, strict=False):
        entries.append(_entry(*mark, top, [(name, 14, "strong"), (when, 13, "muted"), (what, 13, "")]))
        top = entries[-1].bottom + 10
    return entries


def _told_of_the_year(cycle: Cycle, speaker: Speaker) -> Iterator[tuple[str, str, str]]:
    """Every season and moment: its name, when it is, what is done."""
    for season in cycle.seasons:
        yield season.name[speaker.language], span(season.first, season.last, speaker), season.what[speaker.language]
    for moment in cycle.moments:
        yield moment.name[speaker.language], times(moment, speaker), moment.what[speaker.language]


def _month(number: int, centre: float, radius: float, speaker: Speaker) -> Words:
    """The name of a month outside the circle, beginning or ending at it."""
    turn = (number - 0.5) / 12
    x, y = _round(centre, radius, turn)
    anchor, room = ("start", WIDTH - x) if turn < 0.5 else ("end", x)
    return line(str(speaker.term("months", str(number))), x, y, room, anchor=anchor)


def _arc(centre: float, radius: float, first: float, length: float) -> str:
    """A part of a circle as the path of SVG."""
    (x, y), (to_x, to_y) = _round(centre, radius, first), _round(centre, radius, first + length)
    return f"M{x} {y}A{radius} {radius} 0 {int(length > 0.5)} 1 {to_x} {to_y}"


def span(first: int, last: int, speaker: Speaker) -> str:
    """ "ივნისი–აგვისტო"."""
    names = [speaker.term("months", str(month)) for month in (first, last)]
    return str(names[0]) if first == last else speaker.say("figure.months", first=names[0], last=names[1])


def times(moment: Moment, speaker: Speaker) -> str:
    """ "იანვარი, აპრილი და ივლისი", "1 ნოემბრის ჩათვლით"."""
    names = [speaker.term("months", str(month)) for month in moment.months]
    return speaker.both([speaker.say("figure.by", d=moment.day, m=name) if moment.day else str(name) for name in names])


@dataclass(frozen=True)
class Row:
    """A row of a matrix: its name, and its marks at the height of its middle."""

    name: Words
    y: float
    marks: tuple[tuple[float, str], ...]
    bottom: float


MARKS = ("strong", "partly", "weak")
"""The marks of a matrix, the best first."""
_STEEP, _FLAT = sin(50 * pi / 180), cos(50 * pi / 180)
"""How far names of columns go down and aside: they lean by 50 degrees."""


def _matrix(figure: Figure, speaker: Speaker) -> Drawing:
    """Names of columns leaning over the corner, rows with a mark in each column, and the key to the marks."""
    assert figure.matrix
    left = 126.0
    step = (WIDTH - left) / len(figure.matrix.columns)
    places = [round(left + step * (index + 0.5), 1) for index in range(len(figure.matrix.columns))]
    columns = _leaning([column[speaker.language] for column in figure.matrix.columns], places)
    head = columns[0].middle + 8
    rows: list[Row] = []
    for row in figure.matrix.rows:
        name = words(row.name[speaker.language], 0, (rows[-1].bottom if rows else head) + 7, left - 6)
        middle = round((name.top + name.bottom) / 2, 1)
        rows.append(Row(name, middle, tuple(zip(places, row.marks, strict=True)), name.bottom + 7))
    key = _key_to_the_marks(rows[-1].bottom + 20, speaker)
    told = list(_told_of_the_matrix(figure.matrix, speaker))
    return Drawing(key[-1][1].bottom + 4, {"head": head, "columns": columns, "rows": rows, "key": key, "told": told})


def _leaning(names: Sequence[str], places: Sequence[float]) -> list[Words]:
    """The names of columns, each ending above its column; the longest says how high they begin."""
    foot = max(min(estimated(name, 12), x / _FLAT) for name, x in zip(names, places, strict=True)) * _STEEP + 8
    return [line(name, x, foot, x / _FLAT, anchor="end", turned=50) for name, x in zip(names, places, strict=True)]


def _key_to_the_marks(middle: float, speaker: Speaker) -> list[tuple[Spot, Words]]:
    """What each mark means, beside each other; where a line is full, in the next."""
    key, x = [], 10.0
    for mark in MARKS:
        said = speaker.say(f"figure.mark_{mark}")
        room = estimated(said, 13)
        x, middle = (x, middle) if x + 14 + room <= WIDTH else (10.0, middle + 22)
        key.append((Spot(x, round(middle, 1), "", mark), line(said, x + 14, middle, room, 13)))
        x = round(x + room + 32, 1)
    return key


def _told_of_the_matrix(matrix: Matrix, speaker: Speaker) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every row: its name, and the columns under each mark."""
    comma = speaker.pattern("list.comma")
    for row in matrix.rows:
        under: dict[str, list[str]] = {mark: [] for mark in MARKS}
        for column, mark in zip(matrix.columns, row.marks, strict=True):
            under[mark].append(column[speaker.language])
        cells = [(mark, comma.join(names) or speaker.say("figure.none")) for mark, names in under.items()]
        yield row.name[speaker.language], cells


@dataclass(frozen=True)
class Beam:
    """A bar with its name above it and its number at its end; up to `sure` it is solid, beyond it hollow."""

    name: Words
    y: float
    sure: float
    length: float
    number: Words


@dataclass(frozen=True)
class Measured:
    """What a bar shows: its name, its number in words, how far it is solid, how far it goes."""

    name: str
    said: str
    sure: float
    value: float


THICK = 18.0
"""The height of a bar."""


def _bars(figure: Figure, speaker: Speaker) -> Drawing:
    """Panels below each other, each with a scale of its own."""
    panels, told, top = [], [], 2.0
    for panel in figure.bars:
        bars = [_measured(bar, speaker) for bar in panel.bars]
        told.append((panel.name[speaker.language], [(bar.name, bar.said) for bar in bars]))
        heading = words(panel.name[speaker.language], 0, top, WIDTH, 14, style="strong")
        beams = _beams(bars, heading.bottom + 6)
        panels.append((heading, beams))
        top = beams[-1].y + THICK + 18
    note = words(speaker.say("figure.own_scale"), 0, top, WIDTH, style="muted") if len(panels) > 1 else None
    height = note.bottom + 4 if note else top - 10
    return Drawing(height, {"panels": panels, "thick": THICK, "note": note, "told": told})


def _measured(bar: Bar, speaker: Speaker) -> Measured:
    return Measured(bar.name[speaker.language], reported(bar, speaker), bar.value, bar.value)


def _beams(bars: Sequence[Measured], top: float) -> list[Beam]:
    """The bars of a panel; the longest leaves just the room that the numbers need."""
    room = max(estimated(bar.said, 14) for bar in bars)
    scale = (WIDTH - room - 10) / max(1, *(bar.value for bar in bars))
    beams: list[Beam] = []
    for bar in bars:
        above = words(bar.name, 8, top, WIDTH - 9)
        y, sure, length = round(above.bottom + 3, 1), round(bar.sure * scale, 1), round(bar.value * scale, 1)
        number = line(bar.said, length + 9, y + THICK / 2, room, 14, style="strong")
        beams.append(Beam(above, y, sure, length, number))
        top = y + THICK + 8
    return beams


def chart(some: Chart, speaker: Speaker) -> Drawing:
    """The bars of a comparison, and the key where one of them is partly hollow."""
    bars = [Measured(bar.name, bar.said, float(bar.figure.low or 0), float(bar.figure.high)) for bar in some.bars]
    beams = _beams(bars, 2)
    bottom = beams[-1].y + THICK + 8
    kinds = (("sure", any(beam.sure for beam in beams)), ("open", any(beam.sure < beam.length for beam in beams)))
    key: list[tuple[str, Words]] = []
    for kind in [kind for kind, there in kinds if there] if kinds[1][1] else ():
        key.append((kind, words(speaker.say(f"comparison.chart.key_{kind}"), 36, bottom + 2, WIDTH - 37, 12)))
        bottom = key[-1][1].bottom + 2
    return Drawing(bottom, {"beams": beams, "thick": THICK, "key": key})


def chart_html(some: Chart, id: str, place: Place, speaker: Speaker) -> str:
    """A chart with its caption; the table of the same page is its text."""
    drawn = chart(some, speaker)
    parts = {"chart": some, "id": f"{place.prefix}{id}", "width": WIDTH, "height": round(drawn.height, 1)}
    return render("chart.html.j2", place, say=speaker.say, **parts, **drawn.parts)


def reported(bar: Bar, speaker: Speaker) -> str:
    """The number of a bar as it was reported: "5000-ზე მეტი", "about 50"."""
    return speaker.say(f"figure.said_{bar.said}", n=speaker.number(bar.value))


# --- the figure ------------------------------------------------------------------------------

_DRAW: dict[str, Callable[[Figure, Speaker], Drawing]] = {
    "path": _path,
    "rings": _rings,
    "cycle": _cycle,
    "matrix": _matrix,
    "bars": _bars,
}


def drawing(figure: Figure, speaker: Speaker) -> Drawing:
    """Where everything stands in the drawing."""
    return _DRAW[figure.kind](figure, speaker)


def figure_html(figure: Figure, id: str, place: Place, speaker: Speaker) -> str:
    """The figure with its caption and its text; its ids begin with what the place says."""
    drawn = drawing(figure, speaker)
    return render(
        f"figure-{figure.kind}.html.j2",
        place,
        figure=figure,
        id=f"{place.prefix}figure-{id}",
        width=WIDTH,
        height=round(drawn.height, 1),
        language=speaker.language,
        say=speaker.say,
        **drawn.parts,
    )
