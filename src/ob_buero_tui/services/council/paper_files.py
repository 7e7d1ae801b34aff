"""Which file is a paper's text, and which ones are annexed; they are named here and stay where they are."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from sqlalchemy import select

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.paper_checks import MAIN_FILE
from ob_buero_tui.services.council.paper_edit import named_paper, own_paper
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.store.council import File, FileLink

ANNEX = "auxiliary_file"
WEB = ("https://", "http://")
NAME_LENGTH = 300


@use_case("add_paper_file")
def add_paper_file(work: Work, paper_id: int, where: str, main: bool = True) -> Done:
    """Name the file that is a paper's text, or one that is annexed to it.

    Of a path only the file's name is kept: what a paper says of its files may go out, folders must not.

    Args:
        where: Its name, its path, or its address in the web.
        main: Whether it is the text; one that was named before stays as an annex.

    Raises:
        Refusal: nothing is named, or the council information system leads the paper.
    """
    paper = own_paper(work, paper_id)
    typed = clean(where, limit=2000).strip()
    web = typed.startswith(WEB)
    last = PurePosixPath(typed).name if web else PureWindowsPath(typed).name
    name = last[:NAME_LENGTH]
    if not name:
        raise Refusal("Das Dokument wurde nicht eingetragen.", "Es hat keinen Namen.", "Schreiben Sie ihn.")
    file = File(name=name, file_name=name, access_url=typed if web else "", date=work.today, extra={})
    work.session.add(file)
    work.session.flush()
    if main:
        before = select(FileLink).where(FileLink.paper_id == paper.id, FileLink.role == MAIN_FILE)
        for link in work.session.scalars(before):
            link.role = ANNEX
    role = MAIN_FILE if main else ANNEX
    work.session.add(FileLink(file_id=file.id, paper_id=paper.id, role=role))
    work.tell(table="paper", ids=[paper.id], main=main)
    return Done(ids=(paper.id,), text=f"{named_paper(paper)}: {'Dokument' if main else 'Anlage'} {name}")


@sentence("add_paper_file")
def _added(params: Params) -> str:
    return "Dokument eingetragen" if params.get("main") else "Anlage eingetragen"
