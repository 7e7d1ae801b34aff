"""The mayor's list: putting on it, noting what the mayor said, typing paper in, carrying it out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from ob_buero_tui.rules.clean import shorten
from ob_buero_tui.rules.german import long_date, plural, short_date
from ob_buero_tui.rules.vorlage_line import parse_marks, spoken
from ob_buero_tui.services.drafts import drop_draft
from ob_buero_tui.services.requests.exceptions import Exempt, Sorted, sort_out
from ob_buero_tui.services.requests.proposing_deputies import DeputyChoice, propose_deputies
from ob_buero_tui.services.vorlage import selecting, verbs
from ob_buero_tui.services.vorlage.card import card
from ob_buero_tui.services.vorlage.carrying_out import carry_out_vorlage
from ob_buero_tui.services.vorlage.outcomes import Outcome, Preparation, prepare
from ob_buero_tui.services.vorlage.talks import next_talk
from ob_buero_tui.services.vorlage.views import VorlageDecision
from ob_buero_tui.tui.screens.dialogs.choose import Choice, Choose
from ob_buero_tui.tui.screens.dialogs.confirm_list import ConfirmList
from ob_buero_tui.tui.screens.dialogs.prompt_line import NO_REASON, PromptLine, Understood, not_empty
from ob_buero_tui.tui.screens.dialogs.votum import VotumDialog

if TYPE_CHECKING:
    from ob_buero_tui.services.requests.verbs import Done
    from ob_buero_tui.tui.screens.base import DeskScreen
    from ob_buero_tui.tui.screens.flows.batch import Batch
    from ob_buero_tui.tui.screens.verb_list import VerbList

OTHER = "andere"
EXAMPLE = "Zum Beispiel 1a 2n 3v 5-8a 9w: a ja, n nein, v Vertretung, r Rücksprache, w später."


async def put_on(screen: VerbList, batch: Batch) -> Done | None:
    """Onto the next list with a Votum; what lies there already comes off again."""
    found = await screen.desk.patiently(
        lambda place: sort_out(place, batch.ids, "put_on_vorlage"), long=batch.many
    )
    there = await _on_list(screen, batch.ids)
    if len(there) == len(batch.ids):
        return await screen.carry_out(verbs.take_off, batch)
    wanted = [key for key in found.possible if key not in there]
    left = [*found.exempt, *(Exempt(id=key, number=there[key], reason="steht schon darauf") for key in there)]
    if not batch.many:
        wanted = list(batch.ids)  # alone, the use case says itself what is wrong
        left = []
    sorted_out = Sorted(possible=tuple(wanted), exempt=tuple(left))
    if not wanted:
        from ob_buero_tui.tui.screens.dialogs.told import Told

        await screen.app.push_screen_wait(Told(sorted_out.heading("auf die Vorlage"), sorted_out.reasons()))
        return None
    present = _present(screen, wanted[0]) if len(wanted) == 1 else ("", "")
    name = batch.name if not left else plural(len(wanted), "Eingang", "Eingänge")
    form = f"votum:request:{wanted[0]}"
    answer = await screen.app.push_screen_wait(
        VotumDialog(
            f"{name} auf die OB-Vorlage für {short_date(next_talk(screen.place))}",
            votum=present[0],
            text=present[1],
            text_above=sorted_out.reasons(),
            draft=(screen.place, form),
        )
    )
    if answer is None:
        return None
    votum, text = answer
    # A batch without a Votum keeps what each of them has.
    given = votum if votum or len(wanted) == 1 else None
    done = await screen.desk.act(lambda place: verbs.put_on(place, wanted, given, text))
    if done is not None:
        drop_draft(screen.desk.patient, form)
    return done


async def _on_list(screen: DeskScreen, ids: tuple[int, ...]) -> Mapping[int, str]:
    """Those of some requests that lie on a list, with their numbers."""
    from ob_buero_tui.rules.states import RequestState
    from ob_buero_tui.services.requests import inbox

    rows = inbox.rows(screen.place, ids)
    return {key: row.number for key, row in rows.items() if row.state is RequestState.VORLAGE}


def _present(screen: DeskScreen, request_id: int) -> tuple[str, str]:
    return selecting.present_votum(screen.place, request_id)


async def take_off(screen: VerbList, batch: Batch) -> Done | None:
    """Off the list."""
    rows = selecting.rows(screen.place, batch.ids)
    requests = [row.request_id for row in rows.values()]
    return await screen.desk.act(lambda place: verbs.take_off(place, requests))


async def say(decision: VorlageDecision, screen: VerbList, batch: Batch) -> Done | None:
    """What the mayor said, by one key."""
    return await screen.carry_out(partial(_say, decision=decision), batch)


def _say(place: object, ids: object, *, decision: VorlageDecision) -> Done:
    return verbs.say(place, ids, decision)  # type: ignore[arg-type]


async def remark(screen: VerbList, batch: Batch) -> Done | None:
    """A line that OB says besides; it goes into the notes when the item is carried out."""
    present = "" if batch.many else card(screen.place, batch.ids[0]).remark
    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"{batch.name}: Bemerkung",
            value=present,
            text="Was OB dazu sagt; mit dem Übernehmen kommt es in die Notizen. Leer nimmt sie weg.",
        )
    )
    if typed is None:
        return None
    said = typed
    return await screen.carry_out(lambda place, ids: verbs.remark(place, ids, said), batch)


async def deputy(screen: VerbList, batch: Batch) -> Done | None:
    """Who stands in; said already, it is taken back without a question."""
    rows = selecting.rows(screen.place, batch.ids)
    said = {row.decision for row in rows.values()}
    wanted = VorlageDecision.VERTRETUNG
    if said == {wanted}:
        kept = selecting.deputies_of(screen.place, batch.ids)
        if len(set(kept.values())) == 1:
            calendar = next(iter(kept.values()))
            return await screen.desk.act(lambda place: verbs.say(place, batch.ids, wanted, calendar))
    first = next(iter(rows.values()), None)
    if first is None or first.hidden:
        return await screen.desk.act(lambda place: verbs.say(place, batch.ids, wanted))
    proposal = propose_deputies(screen.place, first.request_id)
    choices = [
        Choice(key=one.calendar, label=one.label, hint=_hint(one))
        for chain in proposal.chains
        for one in chain.deputies
    ]
    choices.append(Choice(key="", label="noch offen", hint="wird beim Übernehmen gefragt"))
    current = next((one.key for one in choices if one.hint.startswith("frei")), choices[0].key)
    chosen = await screen.app.push_screen_wait(
        Choose(f"{batch.name}: Wer vertritt?", choices, current=current)
    )
    if chosen is None:
        return None
    calendar = chosen
    return await screen.carry_out(lambda place, ids: verbs.say(place, ids, wanted, calendar), batch)


def _hint(one: DeputyChoice) -> str:
    stood = f" · {one.stood}-mal vertreten" if one.stood else ""
    return (shorten(one.conflicts[0], 40) if one.conflicts else "frei") + stood


async def transfer(screen: DeskScreen, item_id: int) -> Done | None:
    """Type the printed list in; what is understood is shown while one types."""
    talk = selecting.talk_of(screen.place, item_id)
    if talk is None:
        return None
    numbers = tuple(talk.numbers)

    def understand(text: str) -> Understood:
        marks = parse_marks(text, numbers)
        lines = [part for part in (spoken(marks), *marks.mistakes) if part]
        return Understood("\n".join(lines) or EXAMPLE, ok=marks.ok)

    typed = await screen.app.push_screen_wait(
        PromptLine(
            f"Liste vom {long_date(talk.talk_on)} übertragen",
            understand=understand,
            text=EXAMPLE,
            draft=(screen.place, f"vorlage:{talk.vorlage_id}"),
        )
    )
    if typed is None:
        return None
    decisions = parse_marks(typed, numbers).decisions
    done = await screen.desk.act(lambda place: verbs.transfer(place, talk.vorlage_id, decisions))
    if done is not None:
        drop_draft(screen.desk.patient, f"vorlage:{talk.vorlage_id}")
    return done


async def carry_out(screen: DeskScreen, split: str) -> Done | None:
    """Show what becomes of each decision, ask what is missing, and do all as one step."""
    items = selecting.ids(screen.place, split)
    prepared = await screen.desk.patiently(lambda place: prepare(place, items), long=True)
    if not prepared.outcomes:
        return await screen.desk.act(lambda place: carry_out_vorlage(place, ()))
    reasons: dict[int, str] = {}
    deputies: dict[int, str] = {}
    for outcome in prepared.outcomes:
        if outcome.deputies:
            chosen = await _who(screen, outcome)
            if chosen is None:
                return None
            deputies[outcome.plan.item_id] = chosen
        if outcome.reasons:
            why = await _why(screen, outcome)
            if why is None:
                return None
            reasons[outcome.plan.item_id] = why
    prepared = await screen.desk.patiently(
        lambda place: prepare(place, items, reasons=reasons, deputies=deputies), long=True
    )
    name = plural(len(prepared.outcomes), "Entscheidung", "Entscheidungen")
    question = f"{name} des OB-Gesprächs übernehmen?"
    if not await screen.app.push_screen_wait(ConfirmList(question, text=_listed(prepared), yes="übernehmen")):
        return None
    plans = prepared.plans
    return await screen.desk.act(lambda place: carry_out_vorlage(place, plans))


async def _who(screen: DeskScreen, outcome: Outcome) -> str | None:
    choices = [Choice(key=key, label=text) for key, text in outcome.deputies]
    free = next((key for key, text in outcome.deputies if text.endswith(": frei")), choices[0].key)
    title = f"{outcome.name}: Wer vertritt?"
    return await screen.app.push_screen_wait(Choose(title, choices, current=free, text=outcome.subject))


async def _why(screen: DeskScreen, outcome: Outcome) -> str | None:
    choices = [Choice(key=reason, label=reason) for reason in outcome.reasons]
    choices.append(Choice(key=OTHER, label="anderer Grund …"))
    title = f"{outcome.name} absagen: aus welchem Grund?"
    chosen = await screen.app.push_screen_wait(
        Choose(title, choices, current=choices[0].key, text=outcome.subject)
    )
    if chosen != OTHER:
        return chosen
    return await screen.app.push_screen_wait(
        PromptLine(f"{outcome.name} absagen: Grund", understand=not_empty(NO_REASON))
    )


def _listed(prepared: Preparation) -> str:
    """What becomes of each, with what is in the way."""
    lines = []
    for outcome in prepared.outcomes:
        lines.append(f"{outcome.name} „{shorten(outcome.subject, 60)}“")
        lines.append(f"    {outcome.text}")
        lines += [f"    ! {text}" for text in outcome.conflicts]
    lines += [f"! {text}" for text in prepared.clashes]
    return "\n".join(lines)
