"""Our two looks, printed-form clear, and the colours of the kinds.

One accent only. Red, amber and green are never alone: they stand beside a sign or a word, so the
screens read the same with `NO_COLOR`. The colour of a kind is only ever the bar at the left edge.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

LIGHT: Final = "ob-hell"
DARK: Final = "ob-dunkel"

_KIND_DARK: Final = ("#6f9fd8", "#c58fb8", "#c9a24d", "#74a883", "#c98567", "#8f8fd0", "#5fa8ad", "#a3a878")
_KIND_LIGHT: Final = ("#2f66a8", "#8d4a80", "#8a6510", "#35724a", "#9a4d2a", "#5252a3", "#1f7278", "#666b35")
KIND_COLOURS: Final = 8
"""How many bar colours there are; a ninth kind shares one, its two letters still tell it apart."""

_DARK: Final = {
    "line": "#3a424a",
    "line-focus": "#7fb0e0",
    "quiet": "#a9b3bc",
    "strong": "#f2f4f6",
    "cursor-row": "#2f4257",
    "cursor-row-blurred": "#272d33",
    "mark-row": "#25303a",
    "grid-line": "#262b30",
    "paper-free": "#1f1d24",
    "paper-school": "#191d1f",
    "block-busy": "#26303a",
    "block-tentative": "#20252a",
    "block-cursor-foreground": "#f2f4f6",
    "block-cursor-background": "#2f4257",
    "block-cursor-text-style": "none",
    "input-cursor-background": "#d5d9dd",
    "input-cursor-foreground": "#16191c",
    "input-selection-background": "#7fb0e0 35%",
    "scrollbar": "#3a424a",
    "scrollbar-hover": "#56616c",
    "scrollbar-active": "#7fb0e0",
    "scrollbar-background": "#16191c",
    "scrollbar-background-hover": "#16191c",
    "scrollbar-background-active": "#16191c",
    "scrollbar-corner-color": "#16191c",
}

_LIGHT: Final = {
    "line": "#bcc2c7",
    "line-focus": "#1f5a96",
    "quiet": "#59636c",
    "strong": "#0c0f12",
    "cursor-row": "#cfe0f2",
    "cursor-row-blurred": "#e4e8eb",
    "mark-row": "#e6eff8",
    "grid-line": "#e9ebeb",
    "paper-free": "#f1eef2",
    "paper-school": "#f4f6f2",
    "block-busy": "#e2e9f0",
    "block-tentative": "#f0f1f0",
    "block-cursor-foreground": "#0c0f12",
    "block-cursor-background": "#cfe0f2",
    "block-cursor-text-style": "none",
    "input-cursor-background": "#22272c",
    "input-cursor-foreground": "#fafaf8",
    "input-selection-background": "#1f5a96 25%",
    "scrollbar": "#bcc2c7",
    "scrollbar-hover": "#98a2ac",
    "scrollbar-active": "#1f5a96",
    "scrollbar-background": "#fafaf8",
    "scrollbar-background-hover": "#fafaf8",
    "scrollbar-background-active": "#fafaf8",
    "scrollbar-corner-color": "#fafaf8",
}

# One colour for the kinds of a pile, so that eight are enough; a Kondolenz and an honour stand out in theirs.
_FAMILIES: Final = ("Gw Gr", "Sh Wa", "GB", "Ei Ve Pb Bv Gm Tw Bf", "An AB Bg Tn Ae", "Eh Ep", "Pr Pt", "Ko")
_USUAL_SIGNS: Final = {sign: colour for colour, signs in enumerate(_FAMILIES) for sign in signs.split()}


def kind_colour(sign: str) -> int:
    """The number of a kind's bar colour, 0 to 7, the same on every start.

    Args:
        sign: The two letters of the kind; an unknown sign gets a steady colour from its letters.
    """
    if sign in _USUAL_SIGNS:
        return _USUAL_SIGNS[sign]
    return sum((place + 1) * ord(letter) for place, letter in enumerate(sign[:4])) % KIND_COLOURS


def _kinds(colours: tuple[str, ...]) -> dict[str, str]:
    return {f"kind-{number}": colour for number, colour in enumerate(colours)}


def dark_theme() -> Theme:
    """The dark look: grey paper at night, one blue accent."""
    return Theme(
        name=DARK,
        dark=True,
        primary="#7fb0e0",
        secondary="#9aa7b4",
        accent="#7fb0e0",
        foreground="#d5d9dd",
        background="#16191c",
        surface="#1b1f23",
        panel="#23282d",
        warning="#e0b050",
        error="#f5a097",
        success="#86c493",
        text_alpha=1.0,
        variables={**_DARK, **_kinds(_KIND_DARK)},
    )


def light_theme() -> Theme:
    """The light look: off-white paper, dark ink, one blue accent."""
    return Theme(
        name=LIGHT,
        dark=False,
        primary="#1f5a96",
        secondary="#5a646e",
        accent="#1f5a96",
        foreground="#22272c",
        background="#fafaf8",
        surface="#fafaf8",
        panel="#eceeee",
        warning="#7d5100",
        error="#b3261e",
        success="#2a6b3c",
        text_alpha=1.0,
        variables={**_LIGHT, **_kinds(_KIND_LIGHT)},
    )


THEMES: Final = (light_theme(), dark_theme())
"""Both looks, for `App.register_theme`; their names are `LIGHT` and `DARK`."""


def other_theme(name: str) -> str:
    """The name of the look to change to from the look of this name."""
    return LIGHT if name == DARK else DARK


def variable_defaults() -> dict[str, str]:
    """Our own colour names with a value each, for `App.get_theme_variable_defaults`.

    Stylesheets are parsed before a theme is set, so each name they use needs a value from the start.
    """
    return dict(dark_theme().variables)
