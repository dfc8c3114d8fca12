"""Reports made by hand over a text, for tests of what comes after extraction."""

from __future__ import annotations

from decimal import Decimal

from kg_builder.model import Amount, Article, Entity, EventTime, Filler, FillerValue, Report, Span


def entity(kind: str, label: str, *names: str, generic: bool = False, qid: str | None = None) -> Entity:
    return Entity(kind, label, (label, *names), generic, qid)


def amount(value: str, currency: str | None = None, unit: str | None = None, per: str | None = None) -> Amount:
    return Amount(Decimal(value), currency, unit, per)


class Text:
    """A text under which reports are made by quoting it."""

    def __init__(self, text: str, ident: str = "a", date: str | None = "2022-01-05", **more: str) -> None:
        self.article = Article(ident, text, date=date, **more)
        self.text = text

    def span(self, words: str, after: str = "") -> Span:
        start = self.text.index(words, self.text.index(after) if after else 0)
        return Span(start, start + len(words))

    def sentence(self, span: Span) -> Span:
        """The line that holds the span."""
        start = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.end)
        return Span(start, len(self.text) if end < 0 else end)

    def filler(self, role: str, value: FillerValue, words: str, after: str = "") -> Filler:
        return Filler(role, value, self.span(words, after), "test")

    def report(
        self,
        kind: str,
        trigger: str,
        fillers: dict[str, list[FillerValue]] | None = None,
        time: tuple[str | None, str | None] = (None, None),
        after: str = "",
        **more: object,
    ) -> Report:
        """A report whose fillers stand where their label is first met; amounts and counts at the trigger."""
        at = self.span(trigger, after)
        found = tuple(
            Filler(role, value, self._where(value, at, after), "test")
            for role, values in (fillers or {}).items()
            for value in values
        )
        given = {"rule": "test", **more}
        return Report(kind, at, (self.sentence(at),), found, EventTime(*time), **given)  # type: ignore[arg-type]

    def _where(self, value: FillerValue, trigger: Span, after: str) -> Span:
        label = value.label if isinstance(value, Entity) else value
        return self.span(label, after) if isinstance(label, str) and label in self.text else trigger
