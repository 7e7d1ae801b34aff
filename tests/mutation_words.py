"""Lines that readers stumbled over, by the ending of the files they go into."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NUMBERS: Final = (
    b"0", b"-1", b"00", b"1", b"31", b"32", b"60", b"99", b"0000", b"9999", b"10000", b"65536",
    b"2147483648", b"9223372036854775808", b"99999999999999999999", b"9" * 5_000, b"1e309", b"\xd9\xa3",
    b"1.5", b"0x10", b"",
)  # fmt: skip

_ICS: Final = (
    b"RRULE:FREQ=SECONDLY", b"RRULE:FREQ=DAILY;INTERVAL=0", b"RRULE:FREQ=YEARLY;COUNT=999999999",
    b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", b"RRULE:FREQ=FOO", b"RRULE:FREQ=DAILY;UNTIL=20261301",
    b"RRULE:FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=-1;COUNT=10000", b"RRULE:FREQ=WEEKLY;BYDAY=" + b"MO," * 3_000,
    b"RRULE:FREQ=MINUTELY;BYSECOND=0,1,2", b"RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;WKST=SU",
    b"RDATE:" + b"20261201T100000," * 3_000, b"EXDATE;TZID=Nirgendwo:20260329T023000",
    b"RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T100000", b"RECURRENCE-ID:00010101",
    b"DTSTART;TZID=../../etc/passwd:20261201T100000",
    b"DTSTART;TZID=W. Europe Standard Time:20260329T023000", b"DTSTART;TZID=Europe/Berlin:20261025T023000",
    b"DTSTART;VALUE=DATE:20260230", b"DTSTART:00000101T000000Z", b"DTSTART:99991231T235959Z",
    b"DTEND:00010101T000000", b"DURATION:-P1D", b"DURATION:P999999999W",
    b"DURATION:PT99999999999999999999S", b"DTSTART:20261201T240000", b"DTSTART:20261201T236060Z",
    b"SUMMARY:\x1b]0;x\x07\x1b[2J\xc2\x9b2J", b"SUMMARY:" + b"a" * 200_000, b"SUMMARY;X=\":\x00",
    b"UID:" + b"u" * 5_000, b"UID:", b"SEQUENCE:-1", b"SEQUENCE:99999999999999999999", b"METHOD:REPLY",
    b"METHOD:CANCEL", b"METHOD:COUNTER", b"STATUS:CANCELLED", b"CLASS:CONFIDENTIAL", b"BEGIN:VEVENT",
    b"END:VEVENT", b"BEGIN:VTIMEZONE", b"END:VCALENDAR", b"BEGIN:VCALENDAR", b"END:VTIMEZONE",
    b"BEGIN:VEVENT\r\n" * 2_000, b"BEGIN:VALARM\r\nTRIGGER:-PT9999999999H\r\nEND:VALARM",
    b"TZOFFSETTO:+9999", b"TZOFFSETFROM:-0000000", b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:" + b"x@" * 500,
    b"ATTACH;ENCODING=BASE64;VALUE=BINARY:!!!!", b"X-APPLE-STRUCTURED-LOCATION;VALUE=URI:geo:" + b"9" * 400,
    b"TRANSP:\\n\\n\\,", b"GEO:NaN;inf", b" Fortsetzung ohne Anfang", b";;;;:", b":" * 500, b"\xff\xfe\x00",
)  # fmt: skip

_EML: Final = (
    b"Message-ID: <[", b"From: (((((", b"From: " + b"(" * 3_000, b"From: =?utf-8?B?!!!?= <a@b>",
    b"Subject: =?utf-8?Q?=1B]0;x=07=0A?=", b"Subject: =?x-unknown?Q?a?=",
    b"Subject: " + b"=?utf-8?Q?a?=" * 2_000, b"To: " + b"a@b.example.org, " * 5_000,
    b"Date: Wed, 99 Foo 0000 99:99:99 +9999", b"Date: 1 Jan 1 0:0:0 +0000",
    b"Date: Fri, 31 Dec 9999 23:59:59 -2359", b"Content-Type: multipart/mixed; boundary=",
    b"Content-Type: ;;;", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 400,
    b"Content-Type: text/plain; charset=\"\x00\"", b"Content-Type: message/rfc822",
    b"Content-Type: text/html; charset=utf-7", b"Content-Transfer-Encoding: x-uuencode",
    b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable",
    b"Content-Disposition: attachment; filename=\"../../.bashrc\"",
    b"Content-Type: text/calendar; method=REQUEST",
    b"Content-Disposition: attachment; filename*=utf-8''%ff%00%1b", b"Content-Type: application/ms-tnef",
    b"Content-Disposition: attachment; filename*0*=" + b"a" * 9_000, b"References: " + b"<a@b> " * 5_000,
    b"In-Reply-To: <" + b"x" * 70_000 + b">", b"Received: " + b"x" * 100_000, b"From: a@b, c@d:;",
    b"Reply-To: :;", b"X: y\r\n" * 3_000, b"Subject:\r\n\r\n\r\n", b"begin 644 a.exe\r\nM!!!!\r\nend",
    b"--x--", b"--x", b"\x00\x1a", b"<html>" + b"<div>" * 5_000, b"<table>" + b"<tr><td>x" * 5_000,
    b"<a href=javascript:x>" * 500, b"&#x1b;&#155;&#xD800;", b"MIME-Version: 1.0\r\n\r\n",
    b"Auto-Submitted: auto-replied", b"From - Tue Nov 17 11:48:33 2026", b"From ",
)  # fmt: skip

_VCF: Final = (
    b"BEGIN:VCARD", b"END:VCARD", b"BEGIN:VCARD\r\n" * 2_000, b"VERSION:9.9", b"N:;;;;",
    b"N:" + b";" * 5_000, b"FN:\x1b[2J", b"BDAY:--0230", b"BDAY:00000000", b"BDAY:99999999",
    b"TEL;TYPE=\"" + b"x," * 3_000 + b"\":0", b"PHOTO;ENCODING=b:" + b"A" * 100_000,
    b"NOTE;ENCODING=QUOTED-PRINTABLE:=1B=0A=", b"item1.X-ABLABEL:_$!<x>!$_", b"EMAIL:@",
    b"ORG:" + b"a\\;" * 2_000, b"FN;CHARSET=x-unknown:\xff", b"AGENT:BEGIN:VCARD", b"ADR:;;\\;;\\n;;",
)  # fmt: skip

_CSV: Final = (
    b"=cmd|'/C calc'!A0;@SUM(1);+1;-1", b"\"" * 999, b"\"offen;\"\"", b";" * 3_000, b"\x00;\x00",
    b"a" * 140_000, b"31.02.2026;32.13.2026;0.0.0", b"9999999999;1e999;-0", b"\xff\xfe\xff",
    b"\x1b]52;c;YQ==\x07;x", b"Betreff;Betreff", b"Eingang;Betreff;Name;E-Mail;Termin;Uhrzeit;Ort;Status",
    b"sep=\x01", b"\r\r\r", b"3.11.2026;" + b"x" * 33_000,
)  # fmt: skip

_XML: Final = (
    b"<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;&b;'>]>",
    b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", b"<row r=\"1048576\">",
    b"<c r=\"XFD1048576\"><v>1</v></c>", b"<c r=\"A0\" t=\"s\"><v>99999</v></c>", b"&x;", b"]]>",
    b"<c t=\"d\"><v>9999-99-99</v></c>", b"<v>1e308</v>", b"<" * 3_000, b"</w:t></w:r>", b"<a>" * 3_000,
    b"\x00", b"<c r=\"\"/>", b"<dimension ref=\"A1:XFD1048576\"/>",
    b"<f>HYPERLINK(\"http://x.example.org\")</f>", b"<sheet name=\"\" sheetId=\"-1\" r:id=\"rId9\"/>",
    b"<table:table-row table:number-rows-repeated=\"1048576\"/>",
)  # fmt: skip

HAZARDS: Final[Mapping[str, tuple[bytes, ...]]] = {
    ".ics": _ICS,
    ".eml": _EML,
    ".mbox": _EML,
    ".vcf": _VCF,
    ".csv": _CSV,
    ".json": (
        b"[" * 100_000,
        b'{"a":' * 5_000,
        b"1" * 5_000,
        b"NaN",
        b"\\ud800",
        b'"id":"x","id":"y"',
        b"\xff",
    ),
    "xml": _XML,
    "": (b"\x00\xff", b"\x1b[2J"),
}
