"""Addresses of an OParl endpoint: which may be fetched at all, and what is added to them."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from ob_buero_tui.rules import limits
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal

NOT_FETCHED = "Die Ratsdaten wurden nicht geholt."
MAX_LENGTH = limits.OPARL_ADDRESS
DEFAULT_PORTS = {"http": 80, "https": 443}


class NotAllowed(Refusal):
    """An address that is not fetched, whoever names it."""


def endpoint_address(text: str) -> str:
    """The address of an endpoint as somebody typed it, in its one spelling.

    Raises:
        NotAllowed: it is no address of the web, or a password stands in it.
    """
    given = clean(text).strip()
    parts = _parts(given if "://" in given else f"https://{given}")
    return urlunsplit(parts._replace(fragment="", netloc=parts.netloc.lower(), path=parts.path or "/"))


def beside(endpoint: str, base: str, link: str) -> str:
    """The address that a page or a redirect of an endpoint names.

    Where the endpoint is read encrypted, so is everything it names.

    Args:
        endpoint: The address of the endpoint.
        base: The page that the link stands on; it may be given from there.

    Raises:
        NotAllowed: it leads to another host, or is no address of the web.
    """
    try:
        joined = urljoin(base, clean(link).strip())
    except ValueError:
        joined = ""
    parts, home = _parts(joined), _parts(endpoint)
    if _host(parts) != _host(home):
        raise NotAllowed(
            NOT_FETCHED,
            f"Die Adresse „{_short(joined)}“ liegt auf einem anderen Rechner als die Schnittstelle.",
            "Stimmt das, dann holen Sie sie mit ihrer eigenen Adresse.",
        )
    if home.scheme == "https" and parts.scheme == "http":
        parts = parts._replace(scheme="https", netloc=home.netloc)
    return urlunsplit(parts._replace(fragment=""))


def changed_since(address: str, since: datetime | None) -> str:
    """The address of a list with the filter of OParl for what changed since then.

    Args:
        since: An aware instant; None for everything.
    """
    if since is None:
        return address
    parts = urlsplit(address)
    known = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    kept = [(name, value) for name, value in known if name != "modified_since"]
    query = urlencode([*kept, ("modified_since", since.isoformat(timespec="seconds"))])
    return urlunsplit(parts._replace(query=query))


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        whole = not any(sign.isspace() for sign in address)
        sound = whole and parts.scheme in DEFAULT_PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or len(address) > MAX_LENGTH:
        raise NotAllowed(
            NOT_FETCHED,
            f"„{_short(address)}“ ist keine Adresse im Web.",
            "Sie beginnt mit https:// und endet oft auf /oparl/system.",
        )
    if parts.username or parts.password:
        raise NotAllowed(
            NOT_FETCHED,
            "In der Adresse steht ein Kennwort.",
            "Holen Sie nur, was ohne Anmeldung zu lesen ist.",
        )
    return parts


def _host(parts: SplitResult) -> tuple[str, int | None]:
    """The machine; both usual ports are one and the same server."""
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    return (parts.hostname or "").lower(), None if port in DEFAULT_PORTS.values() else port


def _short(address: str) -> str:
    return clean(address.partition("?")[0], limit=120)
