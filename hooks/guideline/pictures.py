"""The picture that other sites show beside a link to a page (Open Graph): words in, PNG out.

Drawn when the site is built, kept by content: a picture whose words, colours, fonts and drawing are the
same is drawn once. The file's name is the digest of all that goes into it, so an old picture never
stands for a new sum, and several builds may share one folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import cache, cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import PIL
from PIL import Image, ImageDraw, ImageFont, features

from .colours import BLACK, WHITE, Rgb, readable_on, rgb, toward

SIZE = (1200, 630)
"""Width and height in pixels: what Facebook, Viber, X and others cut nothing from."""
KEPT_DAYS = 30
"""Pictures that no build has used for so long are thrown away."""
_MARGIN = 64
_BAND = 92
"""The height of the coloured band at the top."""
_LEADING = 1.28
"""The height of a line, in font sizes: Georgian letters reach far above and below."""
_SHADES = 4
"""Steps between the ground and the full colour at the edges of letters."""
_EFFORT = 7
"""How hard zlib tries, 0 to 9: 9 takes twice as long for a few bytes."""
_LEAST = 12
"""The smallest type; words that do not fit in it are drawn over the margin rather than left out."""
_SMALL = 65
"""The share of its wished size, in percent, below which a text rather takes more lines."""
_FEW = 4
"""A text of more lines needs no balance."""
_WARN: Rgb = rgb("#fdf3d7")
_WARN_LINE: Rgb = rgb("#9a6b00")
_INK: Rgb = rgb("#1d2327")
_FONTS = ("noto-sans-georgian", "noto-sans", "noto-sans-armenian")
"""The font of the words, and those for what it lacks."""
_NOT_A_CHARACTER = "\uffff"


@dataclass(frozen=True)
class Caption:
    """What a picture says. A card has them all; the picture of the site has its name and its sentence."""

    site: str
    name: str = ""
    amount: str = ""
    place: str = ""
    note: str = ""
    sure: bool = False
    """Has the municipality confirmed it? Then the note is no warning."""
    sentence: str = ""


class Picture(NamedTuple):
    """Words with the copy's two colours ("#1f5c7a")."""

    words: Caption
    primary: str
    accent: str


# --- type ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fonts:
    """The full fonts of the site: docs/assets/fonts/*.ttf."""

    folder: Path

    def __hash__(self) -> int:
        return hash(self.folder)

    @cached_property
    def digest(self) -> bytes:
        """What the fonts and everything that draws with them amount to."""
        made = hashlib.sha256(Path(__file__).read_bytes())
        for version in (PIL.__version__, *(str(features.version(name)) for name in ("freetype2", "raqm", "harfbuzz"))):
            made.update(version.encode())
        for name in _FONTS:
            for weight in (400, 700):
                made.update((self.folder / f"{name}-{weight}.ttf").read_bytes())
        return made.digest()

    def runs(self, text: str, size: int, weight: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """The text in pieces, each with the font that has its characters."""
        found: list[tuple[str, ImageFont.FreeTypeFont]] = []
        for character in text:
            font = _font(self.folder, _font_with(self.folder, character, weight), size, weight)
            if found and found[-1][1] is font:
                found[-1] = (found[-1][0] + character, font)
            else:
                found.append((character, font))
        return found

    def width(self, text: str, size: int, weight: int) -> float:
        """How long a line is, in pixels."""
        return sum(_length(font, run) for run, font in self.runs(text, size, weight))


@lru_cache(maxsize=512)
def _font(folder: Path, name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    shaping = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    return ImageFont.truetype(folder / f"{name}-{weight}.ttf", size, layout_engine=shaping)


@lru_cache(maxsize=65_536)
def _length(font: ImageFont.FreeTypeFont, text: str) -> float:
    return float(font.getlength(text))


@lru_cache(maxsize=4096)
def _font_with(folder: Path, character: str, weight: int) -> str:
    """The first font that has the character; one that is lacking is drawn as the box for missing ones."""
    fonts = ((name, _font(folder, name, 20, weight)) for name in _FONTS)
    return next((name for name, font in fonts if bytes(font.getmask(character)) != _box(font)), _FONTS[0])


@cache
def _box(font: ImageFont.FreeTypeFont) -> bytes:
    return bytes(font.getmask(_NOT_A_CHARACTER))


# --- lines -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    """Words set in lines of one size."""

    lines: tuple[str, ...]
    size: int
    weight: int

    @property
    def height(self) -> int:
        """In pixels, all lines together."""
        return round(len(self.lines) * self.size * _LEADING)


def wrapped(fonts: Fonts, text: str, size: int, weight: int, width: int) -> Paragraph:
    """The text in lines no longer than `width`; a word longer than a line is broken, never cut.

    Words part at plain spaces only: a figure stays with its unit.
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, text.split(" ")):
        joined = f"{line} {word}" if line else word
        if fonts.width(joined, size, weight) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(fonts, word, size, weight, width)
        lines += full
    return Paragraph((*lines, line) if line else tuple(lines), size, weight)


def _pieces(fonts: Fonts, word: str, size: int, weight: int, width: int) -> list[str]:
    """The word, or the pieces of one that is longer than a line."""
    found, piece = [], ""
    for character in word:
        if piece and fonts.width(piece + character, size, weight) > width:
            found.append(piece)
            piece = ""
        piece += character
    return [*found, piece]


class Style(NamedTuple):
    """How a text wishes to stand: its largest size, its weight, and in how many lines it looks well."""

    size: int
    weight: int
    lines: int


def fitted(fonts: Fonts, texts: Iterable[tuple[str, Style]], width: int, height: int, gap: int) -> list[Paragraph]:
    """The texts, one below another, as large as they may be so that all of every text fits into the space."""
    own = [(text, style, _own_share(fonts, text, style, width)) for text, style in texts]
    for share in range(100, 5, -5):
        set_ = [_set(fonts, text, style, min(share, most), width) for text, style, most in own]
        if sum(one.height for one in set_) + gap * (len(set_) - 1) <= height:
            break
    return [_balanced(fonts, text, one, width) for one, (text, _, _) in zip(set_, own, strict=True)]


def _own_share(fonts: Fonts, text: str, style: Style, width: int) -> int:
    """How large a text may be, in percent of its wish, to stand in its lines with no word broken."""
    for share in range(100, _SMALL - 1, -5):
        set_ = _set(fonts, text, style, share, width)
        if len(set_.lines) <= style.lines and not _broken(set_, text):
            return share
    return _SMALL


def _set(fonts: Fonts, text: str, style: Style, share: int, width: int) -> Paragraph:
    return wrapped(fonts, text, max(_LEAST, style.size * share // 100), style.weight, width)


def _balanced(fonts: Fonts, text: str, paragraph: Paragraph, width: int) -> Paragraph:
    """The same lines, of about the same length: no last word alone."""
    for share in range(50, 100, 5) if 1 < len(paragraph.lines) <= _FEW else ():
        even = wrapped(fonts, text, paragraph.size, paragraph.weight, width * share // 100)
        if len(even.lines) == len(paragraph.lines) and not _broken(even, text):
            return even
    return paragraph


def _broken(paragraph: Paragraph, text: str) -> bool:
    """Was a word longer than its line?"""
    return " ".join(paragraph.lines).split(" ") != list(filter(None, text.split(" ")))


# --- ink -------------------------------------------------------------------------------------


class _Sheet:
    """A picture of few colours: every pair of ink and ground has its shades in the palette."""

    def __init__(self, fonts: Fonts, ground: Rgb):
        self.fonts = fonts
        self.palette: list[Rgb] = [ground]
        self.image = Image.new("L", SIZE, 0)

    def box(self, area: tuple[int, int, int, int], colour: Rgb) -> None:
        """A filled rectangle: left, top, right, bottom."""
        self.image.paste(self._entry(colour), area)

    def write(self, paragraph: Paragraph, left: int, top: int, ink: Rgb, ground: Rgb) -> None:
        """The lines of a paragraph from its left upper corner; letters have soft edges."""
        shades = bytes(self._entry(toward(ground, ink, step / _SHADES)) for step in range(_SHADES + 1))
        mask = Image.new("L", (SIZE[0] - left, paragraph.height + paragraph.size), 0)
        pen = ImageDraw.Draw(mask)
        for number, line in enumerate(paragraph.lines):
            x, base = 0.0, round((number + 0.95) * paragraph.size * _LEADING - paragraph.size * 0.12)
            for run, font in self.fonts.runs(line, paragraph.size, paragraph.weight):
                pen.text((x, base), run, fill=255, font=font, anchor="ls")
                x += _length(font, run)
        coloured = mask.point([shades[(depth * _SHADES + 127) // 255] for depth in range(256)])
        self.image.paste(coloured, (left, top), mask.point([255 * (depth > 127 // _SHADES) for depth in range(256)]))

    def _entry(self, colour: Rgb) -> int:
        if colour not in self.palette:
            self.palette.append(colour)
        return self.palette.index(colour)

    def png(self) -> bytes:
        """The picture as a file: no date, no program's name, so that the same picture is the same bytes."""
        self.image.putpalette([round(part * 255) for colour in self.palette for part in colour])
        file = BytesIO()
        self.image.save(file, "PNG", compress_level=_EFFORT)
        return file.getvalue()


def draw(picture: Picture, fonts: Fonts) -> bytes:
    """The picture as PNG, the same bytes for the same words."""
    primary, accent = rgb(picture.primary), rgb(picture.accent)
    words = picture.words
    return _cover(words, primary, fonts) if words.sentence else _card(words, primary, accent, fonts)


def _card(words: Caption, primary: Rgb, accent: Rgb, fonts: Fonts) -> bytes:
    """A card: whose it is, what it is called, how much, and how far it can be trusted."""
    width = SIZE[0] - 2 * _MARGIN
    ground = toward(primary, WHITE, 0.94)
    sheet = _Sheet(fonts, ground)
    sheet.box((0, 0, SIZE[0], _BAND), primary)
    (site,) = fitted(fonts, [(words.site, Style(38, 700, 1))], width, _BAND - 20, 0)
    sheet.write(site, _MARGIN, (_BAND - site.height) // 2, WHITE, primary)
    foot = _foot(sheet, words, fonts, width)
    inks = (readable_on(rgb("#4a545a"), ground, BLACK), _INK, readable_on(accent, ground, BLACK))
    texts = [(words.place, Style(36, 400, 1)), (words.name, Style(68, 700, 3)), (words.amount, Style(54, 700, 2))]
    shown = [(text, ink) for text, ink in zip(texts, inks, strict=True) if text[0]]
    space, gap = foot - _BAND - 48, 18
    set_ = fitted(fonts, [text for text, _ in shown], width, space, gap)
    top = _BAND + 24 + max(0, space - sum(one.height for one in set_) - gap * (len(set_) - 1)) // 2
    for paragraph, (_, ink) in zip(set_, shown, strict=True):
        sheet.write(paragraph, _MARGIN, top, ink, ground)
        top += paragraph.height + gap
    return sheet.png()


def _foot(sheet: _Sheet, words: Caption, fonts: Fonts, width: int) -> int:
    """The strip at the bottom that says who vouches for it; gives back where the strip begins."""
    lines = 1 if fonts.width(words.note, 27, 400) <= width else 2
    (note,) = fitted(fonts, [(words.note, Style(30, 400, lines))], width, 110, 0)
    top = SIZE[1] - note.height - 36
    line, ground = (rgb("#2e7d32"), WHITE) if words.sure else (_WARN_LINE, _WARN)
    sheet.box((0, top, *SIZE), ground)
    sheet.box((0, top, 14, SIZE[1]), line)
    sheet.write(note, _MARGIN, top + 18, _INK, ground)
    return top


def _cover(words: Caption, primary: Rgb, fonts: Fonts) -> bytes:
    """The site itself: its name and its sentence."""
    sheet = _Sheet(fonts, primary)
    width = SIZE[0] - 2 * _MARGIN
    texts = [(words.site, Style(104, 700, 1)), (words.sentence, Style(44, 400, 6))]
    gap, space = 36, SIZE[1] - 2 * _MARGIN
    set_ = fitted(fonts, texts, width, space, gap)
    top = (SIZE[1] - sum(one.height for one in set_) - gap) // 2
    for paragraph in set_:
        sheet.write(paragraph, _MARGIN, top, WHITE, primary)
        top += paragraph.height + gap
    return sheet.png()


# --- kept ------------------------------------------------------------------------------------


class Album:
    """The folder in which drawn pictures are kept, named by what they are drawn from."""

    def __init__(self, folder: Path, fonts: Fonts):
        self.folder = folder
        self.fonts = fonts

    def name(self, picture: Picture) -> str:
        """The file's name: the digest of the words, the colours, the fonts and the drawing."""
        made = hashlib.sha256(self.fonts.digest)
        made.update(repr((astuple(picture.words), picture.primary, picture.accent)).encode())
        return f"{made.hexdigest()[:20]}.png"

    def draw(self, pictures: Iterable[Picture]) -> dict[Picture, Path]:
        """The file of every picture; what is not there yet is drawn, what nobody used for a month is removed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        wanted = {picture: self.folder / self.name(picture) for picture in pictures}
        for picture, path in wanted.items():
            if not _used(path):
                self._keep(picture, path)
        for path in self._old():
            path.unlink(missing_ok=True)
        return wanted

    def _keep(self, picture: Picture, path: Path) -> None:
        """Written beside and renamed: another build sees the whole picture or none."""
        with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".new", delete=False) as beside:
            beside.write(draw(picture, self.fonts))
        Path(beside.name).replace(path)

    def _old(self) -> Iterator[Path]:
        """What no build has used for a month, left-over pieces too; nothing that is not a picture's file."""
        oldest = time.time() - KEPT_DAYS * 86_400
        for path in self.folder.iterdir():
            if re.fullmatch(r"[0-9a-f]{20}\.png|.*\.new", path.name) and _last_used(path) < oldest:
                yield path


def _last_used(path: Path) -> float:
    """When a build last used the file; now, where another build has just renamed or removed it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _used(path: Path) -> bool:
    """Is the picture there? Then it is marked as used today."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True
