"""No widget gets a plain string that was put together at run time: it could be read as markup.

A text for a widget is a literal in our own source, or comes from `label()`, `cell()` or `Content`.
Messages (`notify`) are the one exception: the app cleans them all and switches markup off, which is
checked here too. The check reads the source of tui/; where it cannot know what a name holds, the code
has to be written so that it can.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import ob_buero_tui.tui

SOURCE = Path(ob_buero_tui.tui.__file__).parent
CONTROLS = {"Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "Tab", "TabPane"}
LISTS = {"Option", "OptionList", "SelectionList", "add_option", "add_options", "add_tab"}
TABLES = {"add_row", "add_column", "add_columns"}
SINKS = {"update"} | CONTROLS | LISTS | TABLES
TITLES = {"border_title", "border_subtitle", "tooltip"}
MAKERS = {"label", "cell", "Content", "Text", "assemble", "styled", "from_markup"}
MARKUP_MAKERS = {"from_markup"}
TYPES = {"Content", "Text", "VisualType", "int", "float", "bool", "None"}


def name_of(node: ast.expr) -> str:
    """The last part of a called or assigned name."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


class Finder(ast.NodeVisitor):
    """Collects calls and assignments that hand a text of unknown origin to a widget."""

    def __init__(self) -> None:
        self.bad: list[tuple[int, str]] = []
        self._known: list[set[str]] = [set()]

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Learn which local names hold safe text, then look inside."""
        every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        known = {arg.arg for arg in every if arg.annotation and ast.unparse(arg.annotation) in TYPES}
        self._known.append(known)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign) and self.safe(inner.value):
                known |= {target.id for target in inner.targets if isinstance(target, ast.Name)}
        self.generic_visit(node)
        self._known.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def safe(self, node: ast.expr) -> bool:
        """Whether a value is a literal, made by one of the safe makers, or a name that holds such a value."""
        if isinstance(node, ast.Constant):
            return True
        if isinstance(node, ast.Name):
            return any(node.id in known for known in self._known)
        if isinstance(node, ast.IfExp):
            return self.safe(node.body) and self.safe(node.orelse)
        if isinstance(node, ast.Starred | ast.List | ast.Tuple | ast.ListComp | ast.GeneratorExp):
            parts = (
                node.elts
                if isinstance(node, ast.List | ast.Tuple)
                else [getattr(node, "value", None) or node.elt]
            )
            return all(self.safe(part) for part in parts)
        if isinstance(node, ast.Call) and name_of(node.func) in MAKERS:
            literal = not node.args or isinstance(node.args[0], ast.Constant)
            return literal or name_of(node.func) not in MARKUP_MAKERS
        return isinstance(node, ast.Call) and name_of(node.func) in SINKS

    def visit_Call(self, node: ast.Call) -> None:
        """Look at what a sink is given."""
        name = name_of(node.func)
        if name in SINKS:
            texts = node.args if name in ("add_row", "add_columns", "OptionList") else node.args[:1]
            for text in texts:
                if not self.safe(text) and not _fills_a_mapping(name, text):
                    self.bad.append((node.lineno, f"{name}({ast.unparse(text)})"))
            for keyword in node.keywords:
                if keyword.arg in ("tooltip", "title", "label", "prompt") and not self.safe(keyword.value):
                    self.bad.append((node.lineno, f"{name}({keyword.arg}={ast.unparse(keyword.value)})"))
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Look at titles and tooltips."""
        if any(
            isinstance(target, ast.Attribute) and target.attr in TITLES for target in node.targets
        ) and not (self.safe(node.value)):
            self.bad.append((node.lineno, ast.unparse(node)))
        self.generic_visit(node)


def _fills_a_mapping(name: str, value: ast.expr) -> bool:
    """Whether an `update` is that of a dict: a widget takes no pairs, dict or set."""
    return name == "update" and isinstance(value, ast.GeneratorExp | ast.Dict | ast.DictComp | ast.SetComp)


def offences(source: str) -> list[tuple[int, str]]:
    """What a source text does wrong: line and code."""
    finder = Finder()
    finder.visit(ast.parse(source))
    return finder.bad


def files() -> list[Path]:
    """All of tui/."""
    return sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_widgets_get_no_plain_text(path: Path) -> None:
    """Every file of tui/ keeps the rule."""
    assert offences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        "Static(f'a {x}')",
        "Static(text)",
        "self.query_one(Static).update(mail.subject)",
        "below.update('Von ' + name)",
        "below.update('%s' % name)",
        "Button(label.text)",
        "OptionList(label('a'), Option(subject))",
        "table.add_row(label('a'), subject)",
        "panel.border_title = record.subject",
        "widget.tooltip = str(x)",
        "Tab(title)",
        "Button('gut', tooltip=x)",
        "def f(text: str):\n    Static(text)",
        "Static(Content.from_markup(f'[b]{x}[/b]'))",
    ],
)
def test_the_guard_sees_what_is_wrong(code: str) -> None:
    """The check itself can fail."""
    assert len(offences(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "Static('Neu')",
        "Static(label(subject))",
        "Static()",
        "self.rows.update((key, value) for key, value in pairs)",
        "def f(text: Content):\n    Static(text)",
        "def f(subject):\n    shown = label(subject)\n    Static(shown)",
        "panel.border_title = label(a) if a else ''",
        "table.add_row(cell(a), cell(b))",
        "Static(Content.from_markup('[b]$s[/b]', s=text))",
    ],
)
def test_the_guard_lets_safe_code_pass(code: str) -> None:
    """Literals and what the safe doors return are allowed."""
    assert offences(code) == []


def test_the_app_reads_no_message_as_markup() -> None:
    """The app's own `notify` hands every message on with markup off, whoever calls it."""
    tree = ast.parse((SOURCE / "covering.py").read_text(encoding="utf-8"))
    (own,) = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "notify")
    calls = [node for node in ast.walk(own) if isinstance(node, ast.Call) and name_of(node.func) == "notify"]
    assert len(calls) == 1
    assert [ast.unparse(each.value) for each in calls[0].keywords if each.arg == "markup"] == ["False"]
    assert ast.unparse(calls[0].args[0]).startswith("clean(")


@pytest.mark.parametrize(
    ("raw", "own"), [("Input", "asked_line.py: OneLine"), ("TextArea", "note.py: NoteArea")]
)
def test_every_field_is_one_that_cleans_its_value(raw: str, own: str) -> None:
    """Textual's own fields draw what they are given; only one class may be made from each."""
    found = []
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) == raw:
                found.append(f"{path.name}:{node.lineno}")
            if isinstance(node, ast.ClassDef) and raw in [name_of(base) for base in node.bases]:
                found.append(f"{path.name}: {node.name}")
    assert found == [own]
