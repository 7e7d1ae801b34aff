"""What a hit of the search is told by, for each type of record and each audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ob_buero_tui.rules.visibility import OUTSIDE, Audience

_MEETING = (
    "SELECT m.id, m.confidentiality, '', m.name || ' ' || coalesce((SELECT group_concat(o.name, ' ')"
    " FROM meeting_organization mo JOIN organization o ON o.id = mo.organization_id"
    " WHERE mo.meeting_id = m.id), '') || ' ' || coalesce(l.description || ' ' || l.room, '')"
    " || ' ' || coalesce((SELECT group_concat({}, ' ') FROM agenda_item a"
    " WHERE a.meeting_id = m.id AND a.deleted = 0), '')"
    " FROM meeting m LEFT JOIN location l ON l.id = m.location_id WHERE m.id"
)
_HERE = "CASE WHEN a.public IS NOT 0 THEN a.name END"
_OUTSIDE = (
    "CASE WHEN a.public = 1 AND NOT EXISTS (SELECT 1 FROM consultation c JOIN paper p ON p.id = c.paper_id"
    " WHERE c.agenda_item_id = a.id AND c.deleted = 0 AND p.confidentiality <> 'oeffentlich') THEN a.name"
    " WHEN a.public IS NOT NULL THEN a.general_name END"
)
"""What is not public, or has a paper that is not, is told by its general term; of neither part not at all."""
_NAME = "p.given_name || ' ' || p.family_name || ' ' || p.job_title || ' ' || p.mandate"

_AT_THE_DESK: Final[Mapping[str, str]] = {
    "request": (
        "SELECT r.id, r.confidentiality, r.owner, r.number || ' ' || r.subject || ' ' ||"
        " coalesce((SELECT substr(m.body, 1, 4000) FROM message m WHERE m.request_id = r.id"
        " ORDER BY m.id LIMIT 1), '') FROM request r WHERE r.id"
    ),
    "event": (
        "SELECT id, confidentiality, owner, summary || ' ' || location || ' ' || substr(description, 1, 4000)"
        " FROM event WHERE id"
    ),
    "person": (
        f"SELECT p.id, p.confidentiality, '', {_NAME}"  # noqa: S608 our own words
        " || ' ' || coalesce((SELECT group_concat(o.name || ' ' || m.role, ' ')"
        " FROM membership m JOIN organization o ON o.id = m.organization_id WHERE m.person_id = p.id), '')"
        " || ' ' || coalesce(p.email, '') || ' ' || p.tel || ' ' || p.mobile || ' ' || p.locality"
        " || ' ' || p.note FROM person p WHERE p.id"
    ),
    "organization": (
        "SELECT id, confidentiality, '', name || ' ' || short_name || ' ' || classification || ' '"
        " || coalesce(email, '') || ' ' || tel || ' ' || locality || ' ' || note FROM organization WHERE id"
    ),
    # A task is as confidential as all it belongs to, and lies in the trash with it.
    "task": (
        "SELECT t.id, coalesce(r.confidentiality, 'intern'), coalesce(r.owner, ''),"
        " t.label || ' ' || t.due_text, e.confidentiality, e.owner"
        " FROM task t LEFT JOIN request r ON r.id = t.request_id LEFT JOIN event e ON e.id = t.event_id"
        " WHERE r.trashed_at IS NULL AND e.trashed_at IS NULL AND t.id"
    ),
    # What stands in the non-public part is searched at the desk, but never shown as a snippet.
    "meeting": _MEETING.format(_HERE),
    "paper": (
        "SELECT id, confidentiality, '', reference || ' ' || name || ' ' || paper_type FROM paper WHERE id"
    ),
}
_OUT_OF_THE_OFFICE: Final[Mapping[str, str]] = {
    # The index knows who asked: a deputy who may not know them must not find out by asking for them.
    "request": (
        "SELECT r.id, r.confidentiality, r.owner, r.number || ' ' || r.subject || ' ' ||"
        " coalesce((SELECT substr(m.body, 1, 4000) FROM message m WHERE m.request_id = r.id"
        " ORDER BY m.id LIMIT 1), '') || ' ' || coalesce((SELECT p.given_name || ' ' || p.family_name"
        " FROM person p WHERE p.id = r.requester_id AND p.confidentiality IN ('oeffentlich', 'intern')), '')"
        " || ' ' || coalesce((SELECT o.name FROM organization o WHERE o.id = r.organization_id"
        " AND o.confidentiality IN ('oeffentlich', 'intern')), '') FROM request r WHERE r.id"
    ),
    # Where somebody is a member, and how to reach them, is the office's own knowledge.
    "person": (
        f"SELECT p.id, p.confidentiality, '', p.honorific_prefix || ' ' || {_NAME} FROM person p WHERE p.id"  # noqa: S608 our own words
    ),
    "organization": (
        "SELECT id, confidentiality, '', name || ' ' || short_name || ' ' || classification"
        " FROM organization WHERE id"
    ),
}
_OUT_OF_THE_HOUSE: Final[Mapping[str, str]] = {
    # A letter has its writer's name and number in it: a hit is told by its subject alone.
    "request": "SELECT id, confidentiality, owner, number || ' ' || subject FROM request WHERE id",
    # What will happen there, and with whom, is written for the office.
    "event": "SELECT id, confidentiality, owner, summary || ' ' || location FROM event WHERE id",
    "meeting": _MEETING.format(_OUTSIDE),
}


def told_by(type_: str, audience: Audience) -> tuple[str, bool]:
    """The beginning of the query for a type's texts, and whether a hit must be one of that text alone.

    Its columns: key, confidentiality, owner, text, and once more level and owner of what else it belongs to.
    """
    if audience in OUTSIDE and type_ in _OUT_OF_THE_HOUSE:
        return _OUT_OF_THE_HOUSE[type_], True
    if audience is not Audience.INTERN and type_ in _OUT_OF_THE_OFFICE:
        return _OUT_OF_THE_OFFICE[type_], True
    return _AT_THE_DESK[type_], False
