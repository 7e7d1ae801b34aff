"""What the words for roles in bodies mean."""

from __future__ import annotations

import pytest

from ob_buero_tui.rules.member_roles import RoleKind, is_deputy_of_role, role_kind


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("Vorsitzende", RoleKind.VORSITZ),
        ("Ausschussvorsitzender", RoleKind.VORSITZ),
        ("Fraktionsvorsitzende", RoleKind.VORSITZ),
        ("Stadtverordnetenvorsteherin", RoleKind.VORSITZ),
        ("Bezirksbürgermeister", RoleKind.VORSITZ),
        ("Oberbürgermeisterin", RoleKind.VORSITZ),
        ("stellv. Vorsitzender", RoleKind.STELLVERTRETUNG),
        ("Stv. Vorsitzende", RoleKind.STELLVERTRETUNG),
        ("1. stellvertretende Vorsitzende", RoleKind.STELLVERTRETUNG),
        ("2. Vorsitzender", RoleKind.STELLVERTRETUNG),
        ("stellv. Bezirksbürgermeisterin", RoleKind.STELLVERTRETUNG),
        ("1. Bürgermeister", RoleKind.STELLVERTRETUNG),
        ("Schriftführerin", RoleKind.SCHRIFTFUEHRUNG),
        ("stellv. Schriftführer", RoleKind.SCHRIFTFUEHRUNG),
        ("Protokollführung", RoleKind.SCHRIFTFUEHRUNG),
        ("beratendes Mitglied", RoleKind.BERATEND),
        ("Mitglied ohne Stimmrecht", RoleKind.BERATEND),
        ("sachkundiger Bürger", RoleKind.MITGLIED),
        ("ordentliches Mitglied", RoleKind.MITGLIED),
        ("", RoleKind.MITGLIED),
    ],
)
def test_a_role_is_read_whatever_the_body_calls_it(role: str, kind: RoleKind) -> None:
    assert role_kind(role) is kind


def test_who_stands_in_for_the_schriftfuehrung_is_told_apart() -> None:
    assert is_deputy_of_role("Stellv.  Schriftführerin")
    assert not is_deputy_of_role("Schriftführerin")
