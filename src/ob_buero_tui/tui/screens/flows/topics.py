"""What the verbs of the Themenspeicher ask and do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import clean, shorten
from ob_buero_tui.rules.german import long_date
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.topic_line import EXAMPLE, TopicLine, parse_topic
from ob_buero_tui.rules.when import Ambiguous
from ob_buero_tui.services.council import topic_list, topics
from ob_buero_tui.services.council.placing import place_topics
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.workcalendar import office_calendar
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.note import NoteDialog
from ob_buero_tui.tui.screens.dialogs.prompt_line import PromptLine, Understood
from ob_buero_tui.tui.screens.flows.agenda import ask_ground

if TYPE_CHECKING:
    from collections.abc import Callable

    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.services.workplace import Workplace
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.topics import TopicScreen

DRAFT = "add:topic"


async def type_topics(screen: TopicScreen) -> None:
    """Ask for one line after the other; an empty one or Esc ends it."""
    told = ""
    while True:
        typed = await screen.app.push_screen_wait(
            PromptLine(
                "Neues Thema",
                understand=understanding(screen, empty=True),
                text=told,
                draft=(screen.place, DRAFT),
            )
        )
        if typed is None or not typed.strip():
            return
        line = parse_topic(typed, screen.place.today, office_calendar(screen.place))
        done = await screen.desk.act(partial(_new, line))
        if done is None:
            return
        drop_draft(screen.desk.patient, DRAFT)
        told = f"{done.text} · Leer oder Esc beendet."
        screen.desk.data_changed((("topic", done.ids[0]),))


def _new(line: TopicLine, place: Workplace) -> Done:
    return topics.new_topic(place, line)


def understanding(screen: TopicScreen, *, empty: bool) -> Callable[[str], Understood]:
    """How a line is read, said while one types.

    Args:
        empty: Whether an empty line is understood, as the end of typing.
    """
    today, calendar = screen.place.today, office_calendar(screen.place)

    def understand(typed: str) -> Understood:
        if not typed.strip():
            return Understood(EXAMPLE, ok=empty)
        try:
            return Understood(f"→ {_words(parse_topic(typed, today, calendar))}")
        except Ambiguous as asked:
            return Understood(f"{asked.what} {asked.why}".strip(), ok=False)
        except Refusal as refusal:
            return Understood(str(refusal), ok=False)

    return understand


def _words(one: TopicLine) -> str:
    parts = (
        f"„{shorten(one.title, 60)}“",
        "" if one.public else "nichtöffentlich",
        f"Gremium {one.body}" if one.body else "",
        f"von {one.contributor}" if one.contributor else "",
        f"ab {long_date(one.earliest_on)}" if one.earliest_on else "",
        f"bis {long_date(one.latest_on)}" if one.latest_on else "",
        f"nach außen „{shorten(one.general_name, 40)}“" if one.general_name else "",
    )
    return " · ".join(part for part in parts if part)


async def place(screen: TopicScreen, batch: Batch) -> Done | None:
    """Ask for the session, and for the ground where the topics would be late there."""
    offers = topic_list.sessions_for(screen.place, batch.ids)
    if not offers:
        raise Refusal(
            "Es gibt keine Sitzung dafür.",
            "Keine kommende Sitzung dieses Gremiums, deren Tagesordnung das Büro führt, liegt in der Zeit.",
            "Unter Sitzungen (F4) legt + eine an, und S sagt, wer ihre Tagesordnung führt.",
        )
    choices = [
        Choice(
            key=str(one.id),
            label=one.label,
            hint=" · ".join(part for part in (one.remark, "Nachtrag" if one.late else "") if part),
            help=clean(one.late),
        )
        for one in offers
    ]
    first = next((one for one in offers if not one.late and not one.remark), offers[0])
    chosen = await screen.app.push_screen_wait(
        Choose(f"{batch.name}: auf welche Sitzung?", choices, current=str(first.id))
    )
    if chosen is None:
        return None
    meeting_id = int(chosen)
    ground = await ask_ground(screen, meeting_id, next(one.late for one in offers if one.id == meeting_id))
    if ground is None:
        return None
    return await screen.carry_out(
        lambda workplace, ids: place_topics(workplace, ids, meeting_id, ground), batch
    )


async def edit(screen: TopicScreen, topic_id: int) -> Done | None:
    """The line that the topic could have been typed as."""
    typed = await screen.app.push_screen_wait(
        PromptLine(
            "Thema ändern",
            value=topic_list.line_of(screen.place, topic_id),
            understand=understanding(screen, empty=False),
            max_length=1500,
        )
    )
    if typed is None:
        return None
    line = parse_topic(typed, screen.place.today, office_calendar(screen.place))
    return await screen.desk.act(lambda place: topics.edit_topic(place, topic_id, line))


async def finish(screen: TopicScreen, batch: Batch) -> Done | None:
    """Nothing is asked."""
    return await screen.carry_out(topics.finish_topics, batch)


async def drop(screen: TopicScreen, batch: Batch) -> Done | None:
    """Nothing is asked."""
    return await screen.carry_out(topics.drop_topics, batch)


async def note(screen: TopicScreen, batch: Batch) -> Done | None:
    """Ask for the remark; what was typed and not saved is kept as a draft."""
    form = f"note:topic:{batch.ids[0]}"
    text = await screen.app.push_screen_wait(NoteDialog(screen.place, form, f"Notiz zu {batch.name}"))
    if text is None:
        return None
    done = await screen.carry_out(lambda place, ids: topics.note_topics(place, ids, text), batch)
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done
