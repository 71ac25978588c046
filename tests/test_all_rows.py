"""Whoever adds a model says whether undoing a run has to bring its rows back."""

from tests.all_rows import NOT_RESTORED, RESTORED, models


def test_every_model_is_brought_back_by_an_undo_or_has_a_reason_why_not() -> None:
    tables = {model._meta.label for model in models()}
    assert tables == {*RESTORED, *NOT_RESTORED}
    assert not RESTORED.keys() & NOT_RESTORED.keys()


def test_columns_that_need_not_come_back_are_columns() -> None:
    for model in models():
        assert set(RESTORED.get(model._meta.label, ())) <= {field.name for field in model._meta.concrete_fields}
