"""The twelve types of OParl 1.0 and 1.1: which properties are read as what, and which name other objects.

Source: OParl 1.1 (20.06.2018), chapter 3; what is not listed here is kept as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Shape(StrEnum):
    """What a property's value is read as."""

    TEXT = "text"
    LONG = "long"
    TEXTS = "texts"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A property that names other objects.

    Args:
        type: Their type, where they do not say it themselves.
        listed: A text in it is the address of a list that lies elsewhere, not of an object.
    """

    type: str
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OparlType:
    """One type: the name and shape of what it says by property, and what it refers to."""

    values: Mapping[str, tuple[str, Shape]]
    references: Mapping[str, Reference] = field(default_factory=dict)


def _texts(**names: str) -> dict[str, tuple[str, Shape]]:
    """Properties that are text, with our names for them."""
    return {oparl: (ours, Shape.TEXT) for oparl, ours in names.items()}


def _files(**roles: str) -> dict[str, Reference]:
    return {name: Reference(type=type_) for name, type_ in roles.items()}


_NAMED = _texts(name="name", shortName="short_name", website="website")
_TERM = {"startDate": ("start_date", Shape.DATE), "endDate": ("end_date", Shape.DATE)}
_SPAN = {"start": ("start", Shape.MOMENT), "end": ("end", Shape.MOMENT)}
_AUXILIARY = {"auxiliaryFile": Reference(type="File")}

TYPES: dict[str, OparlType] = {
    "System": OparlType(
        values=_texts(name="name", oparlVersion="oparl_version"),
        references={"body": Reference(type="Body", listed=True)},
    ),
    "Location": OparlType(
        values=_texts(
            description="description",
            room="room",
            streetAddress="street_address",
            postalCode="postal_code",
            subLocality="sub_locality",
            locality="locality",
        ),
        references={"bodies": Reference(type="Body"), "meetings": Reference(type="Meeting")},
    ),
    "Body": OparlType(
        values=_NAMED | _texts(ags="ags", rgs="rgs"),
        references={
            "system": Reference(type="System"),
            "location": Reference(type="Location"),
            "legislativeTerm": Reference(type="LegislativeTerm"),
            "organization": Reference(type="Organization", listed=True),
            "person": Reference(type="Person", listed=True),
            "meeting": Reference(type="Meeting", listed=True),
            "paper": Reference(type="Paper", listed=True),
        },
    ),
    "LegislativeTerm": OparlType(
        values=_texts(name="name") | _TERM, references={"body": Reference(type="Body")}
    ),
    "Organization": OparlType(
        values=_NAMED
        | _TERM
        | _texts(organizationType="organization_type", classification="classification")
        | {
            "memberCount": ("member_count", Shape.WHOLE),
            "votingMemberCount": ("voting_member_count", Shape.WHOLE),
        },
        references={
            "body": Reference(type="Body"),
            "subOrganizationOf": Reference(type="Organization"),
            "membership": Reference(type="Membership"),
            "location": Reference(type="Location"),
            "meeting": Reference(type="Meeting", listed=True),
            "consultation": Reference(type="Consultation", listed=True),
        },
    ),
    "Person": OparlType(
        values=_texts(
            name="name",
            familyName="family_name",
            givenName="given_name",
            formOfAddress="form_of_address",
            affix="affix",
            gender="gender",
        )
        | {
            "title": ("title", Shape.TEXTS),
            "phone": ("phone", Shape.TEXTS),
            "email": ("email", Shape.TEXTS),
            "status": ("status", Shape.TEXTS),
        },
        references={
            "membership": Reference(type="Membership"),
            "location": Reference(type="Location"),
            "locationObject": Reference(type="Location"),
        },
    ),
    "Membership": OparlType(
        values=_texts(role="role") | _TERM | {"votingRight": ("voting_right", Shape.FLAG)},
        references={
            "person": Reference(type="Person"),
            "organization": Reference(type="Organization"),
            "onBehalfOf": Reference(type="Organization"),
        },
    ),
    "Meeting": OparlType(
        values=_texts(name="name", meetingState="meeting_state")
        | _SPAN
        | {"cancelled": ("cancelled", Shape.FLAG)},
        references={
            "location": Reference(type="Location"),
            "organization": Reference(type="Organization"),
            "participant": Reference(type="Person"),
            "agendaItem": Reference(type="AgendaItem"),
            **_files(invitation="File", resultsProtocol="File", verbatimProtocol="File"),
            **_AUXILIARY,
        },
    ),
    "AgendaItem": OparlType(
        values=_texts(number="number", name="name", result="result")
        | _SPAN
        | {
            "order": ("position", Shape.WHOLE),
            "public": ("public", Shape.FLAG),
            "resolutionText": ("resolution_text", Shape.LONG),
        },
        references={
            "meeting": Reference(type="Meeting"),
            "consultation": Reference(type="Consultation"),
            **_files(resolutionFile="File"),
            **_AUXILIARY,
        },
    ),
    "Paper": OparlType(
        values=_texts(name="name", reference="reference", paperType="paper_type")
        | {"date": ("date", Shape.DATE)},
        references={
            "body": Reference(type="Body"),
            **{
                name: Reference(type="Paper")
                for name in ("relatedPaper", "superordinatedPaper", "subordinatedPaper")
            },
            **_files(mainFile="File"),
            **_AUXILIARY,
            "originatorPerson": Reference(type="Person"),
            "originatorOrganization": Reference(type="Organization"),
            "underDirectionOf": Reference(type="Organization"),
            "consultation": Reference(type="Consultation"),
        },
    ),
    "Consultation": OparlType(
        values=_texts(role="role") | {"authoritative": ("authoritative", Shape.FLAG)},
        references={
            "paper": Reference(type="Paper"),
            "meeting": Reference(type="Meeting"),
            "agendaItem": Reference(type="AgendaItem"),
            "organization": Reference(type="Organization"),
        },
    ),
    "File": OparlType(
        values=_texts(
            name="name",
            fileName="file_name",
            mimeType="mime_type",
            sha512Checksum="sha512",
            accessUrl="access_url",
            downloadUrl="download_url",
        )
        | {"date": ("date", Shape.DATE), "size": ("size", Shape.WHOLE), "text": ("text", Shape.LONG)},
        references={
            "meeting": Reference(type="Meeting"),
            "agendaItem": Reference(type="AgendaItem"),
            "paper": Reference(type="Paper"),
        },
    ),
}

ORDERED = ("AgendaItem", "Consultation")
"""Types whose place in the list they stand in is their order, where they do not say it."""

_BY_NAME = {name.lower(): name for name in TYPES}


def type_of(value: object) -> str | None:
    """The type that an address of a type means, by its last part and in any case; None for any other.

    Args:
        value: As in `https://schema.oparl.org/1.0/Meeting`.
    """
    if not isinstance(value, str) or len(value) > 200:
        return None
    address, _, last = value.strip().rstrip("/#").replace("#", "/").rpartition("/")
    # A bare word is a type only here: „File“ and „Person“ are types of many formats.
    return _BY_NAME.get(last.lower()) if "oparl" in address.lower() else None
