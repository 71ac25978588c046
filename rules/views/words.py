"""Sentences that say what a chart shows, for those who do not see it, and where its points lead."""

from datetime import date

from django.urls import reverse

from rules.charts import Series


def score_words(scores: Series) -> str:
    """How health moved; blank for an empty series."""
    if not scores:
        return ""
    first, last = scores[0][1], scores[-1][1]
    if len(scores) == 1:
        return f"Library health is {last:g} per cent."
    verb = "rose" if last > first else "fell" if last < first else "stayed"
    change = f"from {first:g} to {last:g} per cent" if last != first else f"at {last:g} per cent"
    return f"Library health {verb} {change} in {(scores[-1][0] - scores[0][0]).days} days."


def activity_of(day: date) -> str:
    """The page that tells what happened on that day."""
    return f"{reverse('artists:activity')}?since={day}&until={day}"
