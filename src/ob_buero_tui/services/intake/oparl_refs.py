"""Where a reference of OParl is kept: as a key in its own row or the one it names, or in one between them."""

from __future__ import annotations

from dataclasses import dataclass

TABLES: dict[str, str] = {
    "System": "system",
    "Location": "location",
    "Body": "body",
    "LegislativeTerm": "legislative_term",
    "Organization": "organization",
    "Person": "person",
    "Membership": "membership",
    "File": "file",
    "Meeting": "meeting",
    "AgendaItem": "agenda_item",
    "Paper": "paper",
    "Consultation": "consultation",
}
"""The table of each type, in an order in which a row's keys are there before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The row itself holds the key of what it names."""

    target: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """The row that is named holds the key of the one that names it."""

    target: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A row between the two holds both keys.

    Args:
        own: The column of the row that names.
        other: The column of the row that is named.
        role: OParl's property in snake case, where the table has one.
        weak: It only says that the two belong together; it counts where nothing else says more.
        cleared: Where a newer version no longer has the property, its links go.
    """

    target: str
    table: str
    own: str
    other: str
    role: str = ""
    weak: bool = False
    cleared: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The row takes over the address of the place it names."""

    target: str = "location"


Place = Key | Back | Link | Address


def _file(column: str, role: str) -> Link:
    return Link(target="file", table="file_link", own=column, other="file_id", role=role)


def _file_of(target: str) -> Link:
    return Link(
        target=target,
        table="file_link",
        own="file_id",
        other=f"{target}_id",
        role="auxiliary_file",
        weak=True,
        cleared=False,
    )


def _party(target: str, role: str) -> Link:
    return Link(target=target, table="paper_party", own="paper_id", other=f"{target}_id", role=role)


def _paper(own: str, other: str, role: str) -> Link:
    return Link(target="paper", table="paper_relation", own=own, other=other, role=role, cleared=False)


PLACES: dict[tuple[str, str], Place] = {
    ("system", "body"): Back(target="body", column="system_id"),
    ("location", "bodies"): Back(target="body", column="location_id"),
    ("location", "meetings"): Back(target="meeting", column="location_id"),
    ("body", "system"): Key(target="system", column="system_id"),
    ("body", "location"): Key(target="location", column="location_id"),
    ("body", "legislativeTerm"): Back(target="legislative_term", column="body_id"),
    ("body", "organization"): Back(target="organization", column="body_id"),
    ("body", "paper"): Back(target="paper", column="body_id"),
    ("legislative_term", "body"): Key(target="body", column="body_id"),
    ("organization", "body"): Key(target="body", column="body_id"),
    ("organization", "subOrganizationOf"): Key(target="organization", column="part_of_id"),
    ("organization", "membership"): Back(target="membership", column="organization_id"),
    ("organization", "location"): Address(),
    ("organization", "meeting"): Link(
        target="meeting",
        table="meeting_organization",
        own="organization_id",
        other="meeting_id",
        weak=True,
        cleared=False,
    ),
    ("organization", "consultation"): Link(
        target="consultation",
        table="consultation_organization",
        own="organization_id",
        other="consultation_id",
        weak=True,
        cleared=False,
    ),
    ("person", "membership"): Back(target="membership", column="person_id"),
    ("person", "location"): Address(),
    ("person", "locationObject"): Address(),
    ("membership", "person"): Key(target="person", column="person_id"),
    ("membership", "organization"): Key(target="organization", column="organization_id"),
    ("membership", "onBehalfOf"): Key(target="organization", column="on_behalf_of_id"),
    ("meeting", "location"): Key(target="location", column="location_id"),
    ("meeting", "organization"): Link(
        target="organization",
        table="meeting_organization",
        own="meeting_id",
        other="organization_id",
        cleared=False,
    ),
    ("meeting", "participant"): Link(
        target="person", table="meeting_participant", own="meeting_id", other="person_id"
    ),
    ("meeting", "agendaItem"): Back(target="agenda_item", column="meeting_id"),
    ("meeting", "invitation"): _file("meeting_id", "invitation"),
    ("meeting", "resultsProtocol"): _file("meeting_id", "results_protocol"),
    ("meeting", "verbatimProtocol"): _file("meeting_id", "verbatim_protocol"),
    ("meeting", "auxiliaryFile"): _file("meeting_id", "auxiliary_file"),
    ("agenda_item", "meeting"): Key(target="meeting", column="meeting_id"),
    ("agenda_item", "consultation"): Back(target="consultation", column="agenda_item_id"),
    ("agenda_item", "resolutionFile"): _file("agenda_item_id", "resolution_file"),
    ("agenda_item", "auxiliaryFile"): _file("agenda_item_id", "auxiliary_file"),
    ("paper", "body"): Key(target="body", column="body_id"),
    ("paper", "relatedPaper"): _paper("paper_id", "other_id", "related_paper"),
    ("paper", "superordinatedPaper"): _paper("paper_id", "other_id", "superordinated_paper"),
    # Said by the other one: the same relation as its superordinatedPaper.
    ("paper", "subordinatedPaper"): _paper("other_id", "paper_id", "superordinated_paper"),
    ("paper", "mainFile"): _file("paper_id", "main_file"),
    ("paper", "auxiliaryFile"): _file("paper_id", "auxiliary_file"),
    ("paper", "originatorPerson"): _party("person", "originator_person"),
    ("paper", "originatorOrganization"): _party("organization", "originator_organization"),
    ("paper", "underDirectionOf"): _party("organization", "under_direction_of"),
    ("paper", "consultation"): Back(target="consultation", column="paper_id"),
    ("consultation", "paper"): Key(target="paper", column="paper_id"),
    ("consultation", "meeting"): Key(target="meeting", column="meeting_id"),
    ("consultation", "agendaItem"): Key(target="agenda_item", column="agenda_item_id"),
    ("consultation", "organization"): Link(
        target="organization",
        table="consultation_organization",
        own="consultation_id",
        other="organization_id",
        cleared=False,
    ),
    ("file", "meeting"): _file_of("meeting"),
    ("file", "agendaItem"): _file_of("agenda_item"),
    ("file", "paper"): _file_of("paper"),
}
"""Where each reference is kept, by table and OParl property; one that is not here is only read, not kept."""

KEYS: dict[str, dict[str, Key]] = {
    table: {
        name: place for (owner, name), place in PLACES.items() if owner == table and isinstance(place, Key)
    }
    for table in TABLES.values()
}
"""The keys that a table's rows hold themselves, by OParl property."""

ANCHORS: dict[str, str] = {
    "meeting_organization": "meeting_id",
    "meeting_participant": "meeting_id",
    "paper_party": "paper_id",
    "paper_relation": "paper_id",
    "consultation_organization": "consultation_id",
    "file_link": "file_id",
}
"""For each table between two others the column by which its rows are looked up."""
