"""JSON Schema of the twelve types of OParl 1.1, written from the specification's chapter 3."""

from __future__ import annotations

from functools import cache
from typing import Any

VERSION = "https://schema.oparl.org/1.1/"
URL = {"type": "string", "pattern": r"^https?://[^\s]+$"}
DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"}
TEXT = {"type": "string", "minLength": 1}
SHAPES: dict[str, Any] = {
    "t": TEXT,
    "u": URL,
    "d": DAY,
    "m": MOMENT,
    "b": {"type": "boolean"},
    "n": {"type": "integer"},
    "T": {"type": "array", "items": TEXT},
    "U": {"type": "array", "items": URL, "uniqueItems": True},
    "o": {"type": "object"},
}
"""t: text, u: address, d: day, m: moment, b: yes or no, n: number; T and U: several of them; o: anything."""

COMMON = "id:u type:t license:t keyword:T created:m modified:m web:u deleted:b"
TYPES = {
    "System": (
        "oparlVersion:u otherOparlVersions:U body:u name:t contactEmail:t contactName:t website:u"
        " vendor:u product:u"
    ),
    "Body": (
        "system:u name:t shortName:t website:u licenseValidSince:m oparlSince:m ags:t rgs:t"
        " equivalent:U contactEmail:t contactName:t organization:u person:u meeting:u paper:u"
        " legislativeTerm:[LegislativeTerm] agendaItem:u consultation:u file:u locationList:u"
        " legislativeTermList:u membership:u classification:t location:Location mainOrganization:u"
    ),
    "LegislativeTerm": "body:u name:t startDate:d endDate:d",
    "Organization": (
        "body:u name:t membership:U meeting:u consultation:u shortName:t post:T subOrganizationOf:u"
        " organizationType:t classification:t startDate:d endDate:d website:u location:Location"
        " externalBody:u memberCount:n votingMemberCount:n"
    ),
    "Person": (
        "body:u name:t familyName:t givenName:t formOfAddress:t affix:t title:T gender:t phone:T"
        " email:T location:u locationObject:Location status:T membership:[Membership] image:File"
        " life:t lifeSource:t"
    ),
    "Membership": "person:u organization:u role:t votingRight:b startDate:d endDate:d onBehalfOf:u",
    "Meeting": (
        "name:t meetingState:t cancelled:b start:m end:m location:Location organization:U"
        " participant:U invitation:File resultsProtocol:File verbatimProtocol:File"
        " auxiliaryFile:[File] agendaItem:[AgendaItem]"
    ),
    "AgendaItem": (
        "meeting:u number:t order:n name:t public:b consultation:u result:t resolutionText:t"
        " resolutionFile:File auxiliaryFile:[File] start:m end:m"
    ),
    "Paper": (
        "body:u name:t reference:t date:d paperType:t relatedPaper:U superordinatedPaper:U"
        " subordinatedPaper:U mainFile:File auxiliaryFile:[File] location:[Location]"
        " originatorPerson:U underDirectionOf:U originatorOrganization:U consultation:[Consultation]"
    ),
    "Consultation": "paper:u agendaItem:u meeting:u organization:U authoritative:b role:t",
    "File": (
        "name:t fileName:t mimeType:t date:d size:n sha1Checksum:t sha512Checksum:t text:t"
        " accessUrl:u downloadUrl:u externalServiceUrl:u masterFile:u derivativeFile:U fileLicense:u"
        " meeting:U agendaItem:U person:u paper:U"
    ),
    "Location": (
        "description:t geojson:o streetAddress:t room:t postalCode:t subLocality:t locality:t"
        " bodies:U organizations:U persons:U meetings:U papers:U"
    ),
}
REQUIRED = {
    "System": ("oparlVersion", "body"),
    "Body": ("name", "organization", "person", "meeting", "paper", "legislativeTerm"),
    "AgendaItem": ("order",),
    "File": ("accessUrl",),
}


@cache
def validator(type_: str) -> Any:
    """Checks objects of one type, and all that stand in them."""
    from jsonschema import Draft202012Validator

    definitions = {name: _schema(name) for name in TYPES}
    return Draft202012Validator({"$defs": definitions, "$ref": f"#/$defs/{type_}"})


def mistakes(one: dict[str, Any]) -> list[str]:
    """What is wrong with an object of OParl 1.1, each with its place."""
    type_ = str(one.get("type", "")).removeprefix(VERSION)
    if type_ not in TYPES:
        return [f"no type of OParl 1.1: {one.get('type')}"]
    return [
        f"{type_} {error.json_path}: {error.message}"[:300] for error in validator(type_).iter_errors(one)
    ]


def page_mistakes(page: dict[str, Any]) -> list[str]:
    """What is wrong with a page of a list (OParl 1.1, 2.5) and its objects."""
    found = [f"page without {name}" for name in ("data", "pagination", "links") if name not in page]
    pages, current = (page["pagination"][name] for name in ("totalPages", "currentPage"))
    if ("next" in page["links"]) != (current < pages):
        found.append("next belongs to all pages but the last")
    return found + [mistake for one in page["data"] for mistake in mistakes(one)]


def _schema(type_: str) -> dict[str, Any]:
    named = dict(entry.split(":") for entry in f"{COMMON} {TYPES[type_]}".split())
    properties = {name: _shape(shape) for name, shape in named.items()} | {"type": {"const": VERSION + type_}}
    # A property must not be null (2.4); unknown ones are allowed.
    return {
        "type": "object",
        "required": ["id", "type", *REQUIRED.get(type_, ())],
        "properties": properties,
        "additionalProperties": {"not": {"type": "null"}},
    }


def _shape(shape: str) -> dict[str, Any]:
    if shape in SHAPES:
        return SHAPES[shape]  # type: ignore[no-any-return]
    if shape.startswith("["):
        return {"type": "array", "items": {"$ref": f"#/$defs/{shape[1:-1]}"}}
    return {"$ref": f"#/$defs/{shape}"}
