"""From an annotated `Doc` to reports: parse, match, fill, weigh, decide. One sentence at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from kg_builder.extract import time_features, times
from kg_builder.extract.amounts import Piece, pieces
from kg_builder.extract.candidate import Candidate
from kg_builder.extract.causes import causes
from kg_builder.extract.choose import Chosen, choose, choose_time, decide
from kg_builder.extract.clauses import Parser
from kg_builder.extract.company import about, pairing
from kg_builder.extract.counts import Counts
from kg_builder.extract.distance import between
from kg_builder.extract.factuality import Factuality
from kg_builder.extract.factuality import phase as phase_of
from kg_builder.extract.features import INDIRECT, candidate_features, context_features, trigger_features
from kg_builder.extract.fillers import FillerMaker
from kg_builder.extract.grammar import Grammar
from kg_builder.extract.lags import Lag, told_from_each_other
from kg_builder.extract.lexicon import EventType, Lexicon
from kg_builder.extract.match import Match, Matcher
from kg_builder.extract.parse import Parse
from kg_builder.extract.places import PlaceFinder, Survey
from kg_builder.extract.pronouns import antecedents
from kg_builder.extract.rank import Ranker, probability
from kg_builder.extract.rivals import competition, match_values
from kg_builder.extract.scope import Level, ScopeFinder
from kg_builder.extract.slots import SlotFinder
from kg_builder.extract.sources import SourceFinder
from kg_builder.extract.words import mark_times, sentences
from kg_builder.model import EventTime, Filler, Mention, Report, Span
from kg_builder.ontology import Ontology

THRESHOLD = 0.47
UNSEEN = 1.1
"""Log-odds of a match of a type that no training has met, as one that a user adds."""
GENERIC_RANGES = {"place": "Place", "attributedTo": "AgentOrPlace"}


@dataclass(slots=True)
class Proposal:
    """A match with everything that could be said of it: candidates with their features, scope, times."""

    match: Match
    levels: list[Level]
    features: list[str]
    candidates: list[tuple[Candidate, list[str]]]
    times: list[tuple[times.Timed, list[str]]]
    context: list[str]
    odds: float = 0.0
    """Log-odds at the first look."""
    score: float = 1.0
    """Probability at the second, with its rivals in view."""
    chosen: list[Chosen] = field(default_factory=list)


@dataclass(slots=True)
class SentenceReading:
    """One sentence: its parse, its amounts and numbers, and the proposals made in it."""

    parse: Parse
    pieces: list[Piece]
    mentions: list[Mention]
    proposals: list[Proposal]
    lags: list[Lag]


class Extractor:
    """Finds the reports of a document. Deterministic; the ranker may be without weights."""

    def __init__(self, ontology: Ontology, ranker: Ranker) -> None:
        self.lexicon = Lexicon(ontology)
        self.grammar = Grammar(ontology)
        self.ranker = ranker
        self._counts = Counts(ontology)
        self._parse = Parser(self.grammar)
        self._match = Matcher(self.lexicon, self.grammar)
        self._slots = SlotFinder(self.grammar)
        self._scope = ScopeFinder(self.grammar)
        self._judge = Factuality(self.grammar)
        self._sources = SourceFinder(self.grammar)
        self._places = PlaceFinder(self.grammar)
        self._make = FillerMaker(self.grammar)

    def __call__(self, doc: Doc) -> list[Report]:
        found: list[Report] = []
        for reading in self.readings(doc):
            found += [report if report.cause is None else replace(report, cause=report.cause + len(found))
                      for report in self.reports(reading)]
        return found

    def readings(self, doc: Doc, every: bool = False) -> Iterator[SentenceReading]:
        """Every sentence with its proposals, scored; what `explain` and the training look at.

        Those that the ranker does not believe have no features of their fillers, unless `every` asks for them.
        """
        mentions = list(doc._.mentions)
        moments = list(doc._.times)
        date = doc.user_data.get("date")
        for words in sentences(doc):
            start, end = words[0].start, words[-1].end
            here = [t for t in moments if start <= t.span.start < end]
            mark_times(words, [t.span for t in here])
            parse = self._parse(words)
            inside = [m for m in mentions if start <= m.span.start < end]
            reading = SentenceReading(parse, pieces(parse, inside, self.grammar), inside, [],
                                      [lag for lag in doc._.lags if start <= lag.span.start < end])
            timed = times.in_sentence(self.grammar, parse, here, date)
            matches = self._match(parse)
            triggers = sorted({m.i for m in matches})
            survey = self._places.survey(parse, triggers) if matches else Survey()
            reading.proposals = [self._propose(parse, m, matches, timed, survey, triggers) for m in matches]
            self.weigh(reading.proposals)
            for proposal in reading.proposals:
                if every or proposal.score >= THRESHOLD:
                    self._complete(parse, proposal, triggers, date)
            yield reading

    def event_type(self, match: Match) -> EventType:
        """The type of a match with its roles and their ranges."""
        return self.lexicon.types[match.type]

    def fillers(self, reading: SentenceReading, proposal: Proposal, candidate: Candidate) -> list[Filler]:
        """What the candidate would be as a filler of its role."""
        ranges = self.event_type(proposal.match).roles
        range_ = GENERIC_RANGES.get(candidate.role) or ranges.get(candidate.role, "Agent")
        return self._make(reading.parse, candidate, range_, reading.pieces)

    # --- proposing

    def _propose(
        self, parse: Parse, match: Match, matches: list[Match], timed: list[times.Timed], survey: Survey,
        triggers: list[int],
    ) -> Proposal:
        levels = self._scope(parse, match)
        ranges = self.event_type(match).roles
        found = self._slots(parse, match, ranges)
        candidates = [r for c in found if c.start < min(c.end, len(parse.words)) for r in self._resolved(parse, c)]
        candidates += self._places(parse, survey, match.i, levels, triggers)
        candidates += self._sources(parse, match.i, levels)
        features = trigger_features(self.grammar, parse, match, matches, levels, candidates) + about(parse, match)
        return Proposal(match, levels, features, [(c, []) for c in candidates], [(t, []) for t in timed], [])

    def _complete(self, parse: Parse, proposal: Proposal, triggers: list[int], date: str | None) -> None:
        """Gives a proposal the features of its candidates, its times and its context."""
        match, levels = proposal.match, proposal.levels
        direct = {c.role for c, _ in proposal.candidates if not c.slot.startswith(INDIRECT)}
        rivals = [c for c, _ in proposal.candidates]
        gaps = {start: between(self.grammar, parse, match.i, start, triggers) for start in {c.start for c in rivals}}
        proposal.candidates = [(c, candidate_features(self.grammar, parse, match, c, triggers, direct, gaps[c.start])
                                + pairing(parse, match, c) + competition(match, c, rivals)) for c in rivals]
        every = [t for t, _ in proposal.times]
        proposal.times = [(t, time_features.features(self.grammar, parse, t, match, levels, triggers, every))
                          for t in every]
        proposal.context = context_features(parse, match, levels, [t for t, _ in proposal.times], date,
                                            self._judge(levels))

    def weigh(self, proposals: list[Proposal]) -> None:
        """Scores the proposals of a sentence; of types that the ranker never met, the grammar is believed."""
        if "trigger" not in self.ranker:
            return
        for proposal in proposals:
            known = proposal.match.type in self.ranker.types
            proposal.odds = self.ranker.odds("trigger", proposal.features) if known else UNSEEN
        for n, proposal in enumerate(proposals):
            proposal.score = probability(UNSEEN)
            if proposal.match.type in self.ranker.types:
                values = match_values(proposal, proposals[:n] + proposals[n + 1 :])
                proposal.score = self.ranker.again("trigger", proposal.odds, values)

    def _resolved(self, parse: Parse, candidate: Candidate) -> Iterator[Candidate]:
        """A pronoun becomes the phrases that it may stand for."""
        if parse.words[candidate.start].pos != "PRON" or candidate.end - candidate.start != 1:
            yield candidate
            return
        found = list(antecedents(self.grammar, parse, candidate.start))
        for k, how in found:
            phrase = parse.phrases[k]
            yield Candidate(candidate.role, phrase.start, phrase.end, f"{candidate.slot}~{how}", k, candidate.far)
        if not found:
            yield candidate

    # --- deciding

    def reports(self, reading: SentenceReading) -> list[Report]:
        """The reports of a sentence: its proposals that the ranker believes; `cause` counts in the list."""
        evidence = Span(reading.parse.words[0].start, reading.parse.words[-1].end)
        believed = [p for p in reading.proposals if p.score >= THRESHOLD]
        cause = causes(reading.parse, [p.match for p in believed], self.grammar.functions)
        found = [replace(self._report(reading, p, evidence), cause=cause.get(n)) for n, p in enumerate(believed)]
        moments = [t for t, _ in believed[0].times] if believed else []
        return told_from_each_other(reading.parse, reading.lags, moments, [p.match.i for p in believed], found)

    def _report(self, reading: SentenceReading, proposal: Proposal, evidence: Span) -> Report:
        match, parse = proposal.match, reading.parse
        ranges = self.event_type(match).roles
        factuality = self._factuality(proposal)
        proposal.chosen = choose(self.ranker, parse, proposal.candidates, ranges)
        fillers = list(self._fillers(reading, proposal, ranges))
        trigger = Span(*parse.text(match.i, match.i + 1))
        return Report(
            type=match.type, trigger=trigger, evidence=(evidence,),
            fillers=tuple(f for f in fillers if f.role != "attributedTo"),
            time=self._time(parse, proposal, factuality), factuality=factuality, status=self._status(proposal),
            attribution=tuple(f for f in fillers if f.role == "attributedTo"),
            rule=match.construction.rule, confidence=round(proposal.score, 3),
        )

    def _factuality(self, proposal: Proposal) -> str:
        fixed = proposal.match.construction.constants.get("factuality")
        if fixed:
            return fixed
        certain = self._judge.certain(proposal.levels)
        return certain or decide(self.ranker, "factuality", proposal.context) or self._judge(proposal.levels)

    def _status(self, proposal: Proposal) -> str | None:
        fixed = proposal.match.construction.constants.get("status")
        phase = phase_of(proposal.levels)
        if phase in self.event_type(proposal.match).statuses:
            return phase
        return fixed or decide(self.ranker, f"status:{proposal.match.type}", proposal.context)

    def _time(self, parse: Parse, proposal: Proposal, factuality: str) -> EventTime:
        timed = choose_time(self.ranker, proposal.times)
        return times.event_time(timed, factuality, self._extent(parse, timed, proposal)) if timed else EventTime()

    def _extent(self, parse: Parse, timed: times.Timed, proposal: Proposal) -> str | None:
        """Whether the time is all of the event's, its beginning or its end."""
        told = self.extent_features(parse, timed, proposal)
        return decide(self.ranker, "extent", told) or times.by_rule(proposal.levels)

    def extent_features(self, parse: Parse, timed: times.Timed, proposal: Proposal) -> list[str]:
        """What decides how much of the event a time is."""
        return time_features.extent_features(self.grammar, parse, timed, proposal.match, proposal.levels)

    def _fillers(
        self, reading: SentenceReading, proposal: Proposal, ranges: Mapping[str, str]
    ) -> Iterator[Filler]:
        parse = reading.parse
        for chosen in proposal.chosen:
            yield from self.fillers(reading, proposal, chosen.candidate)
        yield from self._counts(parse, proposal.chosen, reading.mentions, ranges)
        for role, value in proposal.match.construction.constants.items():
            if role in ranges:
                yield Filler(role, value, Span(*parse.text(proposal.match.i, proposal.match.i + 1)), "construction")
