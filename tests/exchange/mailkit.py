"""Hand-made mails for the tests of the mail reader."""

from __future__ import annotations

HEAD = (
    b"From: Erika Muster <erika@example.org>\nTo: ob@stadt.example.org\n"
    b"Date: Wed, 25 Nov 2026 10:00:00 +0100\n"
)


def mail(body: bytes = b"Guten Tag\n", *, head: bytes = HEAD, extra: bytes = b"Subject: Anfrage\n") -> bytes:
    """Return a mail from its header lines and body."""
    return head + extra + b"\n" + body


def multipart(kind: bytes, *parts: bytes, extra: bytes = b"Subject: Anfrage\n") -> bytes:
    """Return a mail of this multipart type; each part brings its own header."""
    lines = b"".join(b"--grenze\n" + part + b"\n" for part in parts)
    return mail(
        lines + b"--grenze--\n", extra=extra + b"Content-Type: multipart/" + kind + b"; boundary=grenze\n"
    )


def part(content: bytes, media_type: bytes = b"text/plain; charset=utf-8", *extra: bytes) -> bytes:
    """Return one part of a multipart mail."""
    return b"Content-Type: " + media_type + b"\n" + b"".join(line + b"\n" for line in extra) + b"\n" + content
