"""How forms look: names on the left, values on paper behind a rule, the field one is in stands out."""

from __future__ import annotations

from typing import Final

FORM_CSS: Final = """
FieldForm { height: 1fr; scrollbar-size-vertical: 1; }
FieldForm .form-section { color: $strong; text-style: bold; height: 1; margin: 1 0 0 0; }
FieldForm .form-section.-first { margin: 0; }
FieldRow { height: auto; layout: horizontal; }
FieldRow .field-name { width: 30; height: auto; color: $foreground; padding: 0 1 0 0; }
FieldRow .field-label { width: 1fr; height: auto; }
FieldRow .field-word { width: 8; height: 1; padding: 0 0 0 1; color: $accent; text-style: none; }
FieldRow .field-side { width: 1fr; height: auto; border-left: solid $line; }
FieldRow Input, FieldRow TextArea, FieldRow ChoiceField { background: $background; width: 1fr; }
FieldRow TextArea { height: auto; min-height: 2; max-height: 8; }
FieldRow .field-told { height: auto; padding: 0 1; color: $quiet; display: none; }
FieldRow .field-told.-shown { display: block; }
FieldRow.-wrong .field-told, FieldRow .field-told.-over { color: $error; }
FieldRow.-wrong .field-label { color: $error; }
FieldRow.-doubtful .field-told { color: $warning; }
FieldRow:focus-within .field-label { color: $strong; text-style: bold; }
FieldRow:focus-within .field-side { border-left: heavy $line-focus; }
FieldRow Input:focus, FieldRow TextArea:focus, FieldRow ChoiceField:focus { background: $cursor-row; }
FieldRow ChoiceList { background: $panel; max-height: 8; display: none; padding: 0 1; }
FieldRow ChoiceList.-open { display: block; }
"""
"""Not among the widgets' defaults: the look that all screens share colours every input by itself."""
