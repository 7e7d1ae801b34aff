"""The verbs of deciding on the screen of the Eingang; what they ask stands in the flows."""

from __future__ import annotations

from ob_buero_tui.tui.screens.verb_list import VerbList


class DecisionVerbs(VerbList):
    """A list whose records are decided: deputies, questions, handing over, moving, other outcomes."""

    def action_deputize(self) -> None:
        """Ask a deputy."""
        from ob_buero_tui.tui.screens.flows.deputy import deputize

        self.run_flow(deputize)

    def action_inquire(self) -> None:
        """Ask a question, or write down its answer."""
        from ob_buero_tui.tui.screens.flows.inquiry import inquire

        self.run_flow(inquire)

    def action_hand_over(self) -> None:
        """Hand over to a department."""
        from ob_buero_tui.tui.screens.flows.outcomes import hand_over

        self.run_flow(hand_over)

    def action_move_date(self) -> None:
        """The requester moves the date."""
        from ob_buero_tui.tui.screens.flows.outcomes import move_date

        self.run_flow(move_date, advance=False)

    def action_other_outcome(self) -> None:
        """Any outcome by its digit."""
        from ob_buero_tui.tui.screens.flows.outcomes import other_outcome

        self.run_flow(other_outcome)

    def action_vote(self) -> None:
        """Write the Votum down."""
        from ob_buero_tui.tui.screens.flows.outcomes import vote

        self.run_flow(vote, advance=False)
