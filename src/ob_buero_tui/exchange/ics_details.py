"""What was arranged for an appointment: CONTACT, RELATED-TO, and properties of our own in a file."""

from __future__ import annotations

from collections.abc import Mapping

from ob_buero_tui.exchange.ics_lines import LineWriter
from ob_buero_tui.exchange.ics_raw import Property
from ob_buero_tui.exchange.ics_values import text_of
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean

OWN = {
    "contact_phone": "X-OB-CONTACT-PHONE",
    "host": "X-OB-HOST",
    "driver": "X-OB-DRIVER",
    "car": "X-OB-CAR",
    "room": "X-OB-ROOM",
    "dress": "X-OB-DRESS",
    "gift": "X-OB-GIFT",
    "speech_min": "X-OB-SPEECH-MIN",
    "press": "X-OB-PRESS",
}
"""Properties that only this program writes, by the detail that they hold."""

STANDARD = {"contact_name": "CONTACT", "related_uid": "RELATED-TO"}
"""Properties of RFC 5545 that hold a detail."""

DETAILS = STANDARD | OWN
WANTED = frozenset(DETAILS.values())
_LIMIT = limits.ICS_DETAIL

Details = tuple[tuple[str, str], ...]
"""Details by their names, as texts; an empty one was said to be empty."""


def details_of(found: Mapping[str, list[Property]]) -> Details:
    """The details that a component tells of, cleaned."""
    told = {}
    for name, written in DETAILS.items():
        if items := found.get(written):
            told[name] = clean(text_of(items[0]).strip(), limit=_LIMIT)
    if phone := told.get("contact_phone"):
        # CONTACT says both, for programs that know nothing of our property.
        called = told.get("contact_name", "")
        told["contact_name"] = "" if called == phone else called.removesuffix(f", {phone}")
    return tuple(sorted(told.items()))


def detail_lines(writer: LineWriter, details: Details) -> dict[str, list[str]]:
    """The lines of details by the name of their property; none for one that is not said."""
    told = dict(details)
    lines = {written: [writer.text(written, told[name])] for name, written in OWN.items() if name in told}
    if "contact_name" in told or told.get("contact_phone"):
        both = (told.get("contact_name", ""), told.get("contact_phone", ""))
        lines["CONTACT"] = [writer.text("CONTACT", ", ".join(filter(None, both)))]
    if related := told.get("related_uid"):
        lines["RELATED-TO"] = [writer.text("RELATED-TO", related)]
    return {written: lines.get(written, []) for written in DETAILS.values()}


def changed_details(stored: Details, came: Details) -> frozenset[str]:
    """The properties in which what is to leave differs from what came; empty and unsaid are the same.

    Args:
        stored: What is to leave.
        came: What the text says.
    """
    now, before = dict(stored), dict(came)
    found = {
        written
        for name, written in DETAILS.items()
        if now.get(name, "") != before.get(name, "") or (name in before and name not in now)
    }
    if "X-OB-CONTACT-PHONE" in found:
        found.add("CONTACT")
    return frozenset(found)
