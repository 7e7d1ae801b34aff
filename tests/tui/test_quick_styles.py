"""The shorter way to a screen's styles gives the styles that Textual's own gives."""

from __future__ import annotations

from typing import Any

import pytest
import quick_styles
from app_kit import at_desk
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.layout import Layout

from ob_buero_tui.office import Office
from ob_buero_tui.tui.screens.dialogs.edit import EditDialog

FLAGS = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")


def rules(node: DOMNode) -> dict[str, Any]:
    """The rules of a node; each has a layout of its own, which are alike by their names."""
    return {
        name: value.name if isinstance(value, Layout) else value
        for name, value in node.styles.base._rules.items()
    }


def styled(node: DOMNode) -> dict[str, Any]:
    """All that the stylesheet gives to a node as it stands."""
    node.styles.base.set_rule("opacity", 0.5)  # what no rule gives is taken away
    node.app.stylesheet.apply(node)
    parts = {name: dict(each.base._rules) for name, each in node._component_styles.items()}
    return {"own": rules(node), "parts": parts} | {name: getattr(node, name) for name in FLAGS}


async def test_every_node_has_the_styles_that_textual_gives(
    office: Office, five: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(office, size=(80, 24)) as desk:
        await desk.press("b")
        await desk.opened(EditDialog)
        await desk.press("tab", "tab")
        await desk.type("x")
        nodes = [node for screen in desk.app.screen_stack for node in screen.walk_children(with_self=True)]
        assert len(nodes) > 200
        given = [styled(node) for node in nodes]
        monkeypatch.setattr(Stylesheet, "apply", quick_styles.textual_apply)
        monkeypatch.setattr(Stylesheet, "replace_rules", staticmethod(quick_styles.textual_replace))
        for node, short in zip(nodes, given, strict=True):
            assert styled(node) == short, node
