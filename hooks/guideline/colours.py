"""A copy's two colours → the custom properties of its pages, readable in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator

Rgb = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

WHITE: Rgb = (1.0, 1.0, 1.0)
BLACK: Rgb = (0.0, 0.0, 0.0)
DARK_PAGE: Rgb = (0.118, 0.129, 0.161)
"""The background of Material's dark scheme."""
READABLE = 4.5
"""The least contrast of text, WCAG 2.2 criterion 1.4.3 (AA)."""
COMFORTABLE = 7.5
"""The contrast that links have on dark pages, where less looks dull."""


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours, from 1 (none) to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(colour: str) -> Rgb:
    """ "#1f5c7a" → its parts."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def hex_code(colour: Rgb) -> str:
    """The parts → "#1f5c7a"."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def toward(colour: Rgb, aim: Rgb, share: float) -> Rgb:
    """The colour moved towards another by a share from 0 to 1."""
    red, green, blue = (one + (other - one) * share for one, other in zip(colour, aim, strict=True))
    return red, green, blue


def readable_on(colour: Rgb, page: Rgb, aim: Rgb, least: float = READABLE + 0.5) -> Rgb:
    """The colour, moved towards `aim` just as far as text on `page` needs for the contrast `least`."""
    steps = (toward(colour, aim, step / 20) for step in range(21))
    return next((one for one in steps if contrast(one, page) >= least), aim)


def style_sheet(primary: str, accent: str) -> str:
    """The custom properties of both schemes, made from the two colours of the settings."""
    return "\n".join(_rules(rgb(primary), rgb(accent)))


def _rules(primary: Rgb, accent: Rgb) -> Iterator[str]:
    soft, dark_soft = toward(primary, WHITE, 0.94), toward(DARK_PAGE, WHITE, 0.05)
    yield "/* Made from data/settings.yaml. */"
    yield ":root {"
    yield f"  --md-primary-fg-color: {hex_code(primary)};"
    yield f"  --md-primary-fg-color--light: {hex_code(toward(primary, WHITE, 0.2))};"
    yield f"  --md-primary-fg-color--dark: {hex_code(toward(primary, BLACK, 0.3))};"
    yield "  --md-primary-bg-color: #fff;"
    yield "  --md-primary-bg-color--light: #fff;"
    yield f"  --md-accent-fg-color: {hex_code(accent)};"
    yield f"  --gz-link: {hex_code(readable_on(primary, soft, BLACK))};"
    yield f"  --gz-soft: {hex_code(soft)};"
    yield f"  --gz-line: {hex_code(toward(primary, WHITE, 0.75))};"
    yield "}"
    yield '@media screen { [data-md-color-scheme="slate"] {'
    yield f"  --md-accent-fg-color: {hex_code(readable_on(accent, dark_soft, WHITE))};"
    yield f"  --gz-link: {hex_code(readable_on(primary, dark_soft, WHITE, COMFORTABLE))};"
    yield f"  --gz-soft: {hex_code(dark_soft)};"
    yield f"  --gz-line: {hex_code(toward(DARK_PAGE, WHITE, 0.25))};"
    yield "} }\n"
