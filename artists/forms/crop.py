"""The rectangle that is cut out of a picture, in pixels of the upright picture."""

from typing import Any

from django import forms

from artists.imaging.cropping import Shape, fitted, shapes_for
from artists.imaging.geometry import Box


class CropForm(forms.Form):
    """`width` and `height` are those of the picture, which the rectangle must not leave."""

    x = forms.IntegerField(label="From the left", min_value=0)
    y = forms.IntegerField(label="From the top", min_value=0)
    width = forms.IntegerField(label="Width", min_value=1)
    height = forms.IntegerField(label="Height", min_value=1)

    def __init__(self, *args: Any, kind: str, width: int, height: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.picture = (width, height)
        self.shapes = {shape.key: shape for shape in shapes_for(kind)}
        self.fields["shape"] = forms.ChoiceField(choices=[(each.key, each.label) for each in self.shapes.values()])
        for name, most in {"x": width - 1, "y": height - 1, "width": width, "height": height}.items():
            self.fields[name].widget.attrs |= {"max": most, "data-crop-number": name}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        width, height = self.picture
        if not self.errors and (typed["x"] + typed["width"] > width or typed["y"] + typed["height"] > height):
            raise forms.ValidationError(f"The rectangle does not lie inside the picture, which is {width} × {height}.")
        return typed

    @property
    def chosen(self) -> Shape:
        known = list(self.shapes.values())
        return self.shapes.get(str(self["shape"].value()), known[0])

    @property
    def box(self) -> Box:
        """Of a valid form: what is cut."""
        return self._fitted(*(self.cleaned_data[name] for name in ("x", "y", "width", "height")))

    @property
    def shown(self) -> Box:
        """What can be drawn of the numbers, whatever was typed."""
        return self._fitted(*(_whole(self[name].value()) for name in ("x", "y", "width", "height")))

    def _fitted(self, x: int, y: int, width: int, height: int) -> Box:
        return fitted(Box(x, y, x + width, y + height), self.chosen, *self.picture)


def _whole(typed: object) -> int:
    text = str(typed or 0)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
