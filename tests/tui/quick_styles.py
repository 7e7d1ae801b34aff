"""Textual's stylesheets by a shorter way to the same styles: half of what opening a dialog takes goes there.

A node gets exactly what Textual gives it (`test_quick_styles.py` compares them); only what it works out again
for each of hundreds of alike nodes is kept, and what a node has already is not set once more.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from textual.css.match import _check_selectors
from textual.css.model import CombinatorType, RuleSet, Selector
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.reactive import Reactive

ORDERED: Final = frozenset({"first-of-type", "last-of-type", "first-child", "last-child", "empty"})
textual_apply = Stylesheet.apply
textual_replace = Stylesheet.replace_rules
textual_get = Reactive.__get__
Matched = tuple[tuple[RuleSet, tuple[int, int, int]], ...]


class Plan(NamedTuple):
    """What is true of all nodes that the same names of selectors stand for."""

    rules: list[tuple[RuleSet, list[tuple[list[Selector], tuple[int, int, int]]]]]
    pseudo_classes: frozenset[str]
    shared: bool
    """Whether Textual lets alike siblings share their styles."""
    styles: dict[Matched, Any]


def plan(sheet: Stylesheet, names: frozenset[str]) -> Plan:
    """The rules that may hold for a node, in Textual's order."""
    limit = {rule for name in names for rule in sheet.rules_map[name]}
    rules = [rule for rule in reversed(sheet.rules) if rule in limit]
    pseudo_classes = frozenset().union(*(rule.pseudo_classes for rule in rules))
    selectors = [(rule, [(each.selectors, each.specificity) for each in rule.selector_set]) for rule in rules]
    shared = pseudo_classes.isdisjoint(Stylesheet._EXCLUDE_PSEUDO_CLASSES_FROM_CACHE)
    return Plan(selectors, pseudo_classes, shared, {})


def holds(selectors: list[Selector], node: DOMNode, path: list[DOMNode]) -> bool:
    """Whether selectors stand for a node: its own, the last one, is looked at first."""
    if not selectors[-1].check(node):
        return False
    if len(selectors) == 1 and selectors[0].combinator is CombinatorType.DESCENDENT:
        return True
    return _check_selectors(selectors, path)


_PLANS: WeakKeyDictionary[Stylesheet, tuple[object, dict[frozenset[str], Plan]]] = WeakKeyDictionary()


def apply(
    sheet: Stylesheet, node: DOMNode, *, animate: bool = False, cache: dict[Any, Any] | None = None
) -> None:
    """Give a node its styles, as `Stylesheet.apply` does."""
    rules_map = sheet.rules_map
    known = _PLANS.get(sheet)
    if known is None or known[0] is not rules_map:
        known = _PLANS[sheet] = (rules_map, {})
    names = frozenset(rules_map.keys() & node._selector_names)
    found = known[1].get(names) or known[1].setdefault(names, plan(sheet, names))
    node._has_hover_style = "hover" in found.pseudo_classes
    node._has_focus_within = "focus-within" in found.pseudo_classes
    node._has_order_style = not found.pseudo_classes.isdisjoint(ORDERED)
    node._has_odd_or_even = "odd" in found.pseudo_classes or "even" in found.pseudo_classes
    key: Any = None
    if cache is not None and found.shared:
        own = node._id if f"#{node._id}" in rules_map else None
        key = (node._parent, own, node.classes, node._pseudo_classes_cache_key, node._css_type_name)
        if key in cache:
            sheet.replace_rules(node, cache[key], animate=animate)
            sheet._process_component_classes(node)
            return
    path = node.css_path_nodes
    matched = tuple(
        (rule, specificity)
        for rule, sets in found.rules
        for selectors, specificity in sets
        if holds(selectors, node, path)
    )
    if matched not in found.styles:
        textual_apply(sheet, node, animate=animate)
        found.styles[matched] = node.__dict__.get("given_styles") if matched else None
    else:
        if found.styles[matched]:
            sheet.replace_rules(node, found.styles[matched], animate=animate)
        sheet._process_component_classes(node)
    if key is not None and found.styles[matched]:
        cache[key] = found.styles[matched]  # type: ignore[index]


def replace_rules(node: DOMNode, rules: Any, animate: bool = False) -> None:
    """Replace the styles of a node, as `Stylesheet.replace_rules` does; what stays the same is left alone."""
    node.__dict__["given_styles"] = rules
    if animate:
        textual_replace(node, rules, animate=True)
        return
    base = node.styles.base
    has = base._rules
    for key in [key for key in has if key not in rules]:
        setattr(base, key, None)
    for key, value in rules.items():
        if value is None or has.get(key) is not value:
            setattr(base, key, value)
    node.notify_style_update()


def get(reactive: Reactive[Any], node: Any, kind: type) -> Any:
    """The value of a reactive attribute, as `Reactive.__get__` finds it."""
    if node is None or hasattr(kind, reactive.compute_name):
        return textual_get(reactive, node, kind)
    try:
        return node.__dict__[reactive.internal_name]
    except KeyError:
        return textual_get(reactive, node, kind)


def install() -> None:
    """Use the shorter ways in this process."""
    Stylesheet.apply = apply  # type: ignore[method-assign,assignment]
    Stylesheet.replace_rules = staticmethod(replace_rules)  # type: ignore[method-assign,assignment]
    Reactive.__get__ = get  # type: ignore[method-assign,assignment]
