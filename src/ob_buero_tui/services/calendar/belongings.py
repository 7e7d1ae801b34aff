"""What belongs to an appointment and goes along where another entry is made of it."""

from __future__ import annotations

from sqlalchemy import select

from ob_buero_tui.services.work import Work
from ob_buero_tui.store.documents import Attachment, Document
from ob_buero_tui.store.requests import RequestEvent
from ob_buero_tui.store.tasks import Task


def share(work: Work, old: int, new: int) -> None:
    """People, files and requests of an appointment belong to another one too."""
    from ob_buero_tui.store.appointments import EventPerson

    shared = ((EventPerson, ("person_id", "name", "email", "part", "partstat")),
              (RequestEvent, ("request_id",)),
              (Attachment, ("document_id", "filename", "media_type", "size", "sha256")))  # fmt: skip
    for table, names in shared:
        for row in work.session.scalars(select(table).where(table.event_id == old).order_by(table.id)).all():
            work.session.add(table(event_id=new, **{name: getattr(row, name) for name in names}))


def take_along(work: Work, old: int, new: int) -> None:
    """Open tasks and texts, such as a speech, go to the entry that takes place."""
    tasks = select(Task).where(Task.event_id == old, Task.done_at.is_(None))
    for task in work.session.scalars(tasks).all():
        task.event_id = new
    for document in work.session.scalars(select(Document).where(Document.event_id == old)).all():
        document.event_id = new
    work.session.flush()
