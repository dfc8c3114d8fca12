"""Verbs and predicate participles with their arguments: subject on either side, object, phrases, complement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.phrases import Chunker, Phrase, accusative
from kg_builder.extract.words import Word

HARD = frozenset({".", "؛", "!", "؟", "?", ";", "…", "..", "..."})
COMMAS = frozenset({"،", ",", "-", "–", "—"})
QUOTES = frozenset({'"', "«", "“"})
AND = frozenset({"و", "ف", "ثم"})
MAX_COMMAS = 3


@dataclass(slots=True)
class Frame:
    """A predicate at word `i` with the indices of its argument phrases; `…_how` says how one was found."""

    i: int
    passive: bool = False
    open_voice: bool = False
    """Spelled alike in both voices, and without an object that would decide."""
    subject: int | None = None
    subject_how: str = ""
    object: int | None = None
    object_how: str = ""
    bare: list[int] = field(default_factory=list)
    preps: list[int] = field(default_factory=list)
    clause: tuple[int, int] | None = None
    relative: bool = False
    """It stands in a relative clause or modifies a noun."""
    antecedent: int | None = None
    stop: int = 0


@dataclass(slots=True)
class Parse:
    """A sentence with its phrases and frames. `at[i]` is the index of the phrase that holds word `i`, or -1."""

    words: Sequence[Word]
    phrases: list[Phrase]
    at: list[int]
    frames: dict[int, Frame]

    def conjuncts(self, index: int) -> list[int]:
        """The phrase and those coordinated with it, in order."""
        first = self.phrases[index].first
        return [k for k in range(index, len(self.phrases)) if self.phrases[k].first == first]

    def text(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of words `start:end`."""
        return self.words[start].start, self.words[end - 1].end


class Parser:
    """Makes the `Parse` of a sentence: chunks first, then one frame for each predicate, from left to right."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.chunk = Chunker(grammar)

    def __call__(self, words: Sequence[Word]) -> Parse:
        phrases = self.chunk(words)
        at = [-1] * len(words)
        for k, phrase in enumerate(phrases):
            first = phrase.lead if phrase.lead >= 0 else phrase.start
            at[first:phrase.end] = [k] * (phrase.end - first)
        parse = Parse(words, phrases, at, {})
        for i, word in enumerate(words):
            if at[i] >= 0 and i < phrases[at[i]].start:
                continue
            if word.is_verb or (word.participle and word.verb_lemma):
                parse.frames[i] = self._frame(parse, i)
        return parse

    def _frame(self, parse: Parse, i: int) -> Frame:
        word = parse.words[i]
        frame = Frame(i, passive=word.feats.get("Voice") == "Pass")
        self._scan_right(parse, frame)
        if word.is_verb:
            self._subject(parse, frame)
            self._voice(frame, word)
        else:
            self._participle(parse, frame)
        return frame

    # --- what follows the predicate

    def _scan_right(self, parse: Parse, frame: Frame) -> None:
        words, commas, i = parse.words, 0, frame.i + 1
        while i < len(words):
            k = parse.at[i]
            if k >= 0 and parse.phrases[k].end > frame.i:
                phrase = parse.phrases[k]
                if self._circumstance(parse, phrase, frame):
                    break
                if phrase.start > frame.i:
                    self._take(parse, frame, k, commas)
                i = phrase.end
                continue
            step = self._step(parse, frame, i)
            if step is None:
                break
            commas += step == "comma"
            if commas > MAX_COMMAS:
                break
            i = self._after_bracket(words, i) if words[i].norm == "(" else i + 1
        frame.stop = i

    @staticmethod
    def _after_bracket(words: Sequence[Word], i: int) -> int:
        return next((j + 1 for j in range(i, min(i + 15, len(words))) if words[j].norm == ")"), i + 1)

    def _circumstance(self, parse: Parse, phrase: Phrase, frame: Frame) -> bool:
        """An indefinite accusative participle opens a clause of its own («محذرا», «مطالبين»)."""
        word = parse.words[phrase.head]
        if phrase.head <= frame.i or phrase.prep or not word.participle or word.definite or not word.verb_lemma:
            return False
        if self.grammar.sort_of(word) is not None:
            return False
        before = parse.words[phrase.start - 1].norm if phrase.start else ""
        return (before in COMMAS or word.norm.endswith("ا") or word.norm.endswith("ين")) and phrase.head == phrase.start

    def _step(self, parse: Parse, frame: Frame, i: int) -> str | None:
        """How the scan goes on over a word outside phrases: None closes it."""
        word, words = parse.words[i], parse.words
        if word.norm in COMMAS:
            return "comma"
        if word.norm in HARD or word.norm in self.grammar.relatives:
            return None
        if word.norm in QUOTES and self._says(parse, frame):
            frame.clause = (i + 1, self._clause_end(parse, i))
            return None
        if word.norm == ":" or word.norm in self.grammar.complementizers:
            frame.clause = (i + 1, self._clause_end(parse, i + 1))
            return None
        if word.is_verb:
            return None
        if word.norm in AND and i + 1 < len(words):
            return None if words[i + 1].is_verb or self._nominal_clause(parse, i + 1) else "and"
        if word.pos != "ADP" and self.grammar.boundaries.match(words, i):
            return None
        return "skip"

    def _says(self, parse: Parse, frame: Frame) -> bool:
        word = parse.words[frame.i]
        return "say" in self.grammar.verb_classes.get(word.lemma if word.is_verb else word.verb_lemma, ())

    def _nominal_clause(self, parse: Parse, i: int) -> bool:
        """«و» before a phrase that is not coordinated opens a clause when a verb comes soon after it."""
        k = parse.at[i]
        if k < 0 or parse.phrases[k].prep or parse.phrases[k].first != k:
            return parse.words[i].norm in self.grammar.perfect | {"كان", "كانت", "لم", "لن"}
        return True

    def _clause_end(self, parse: Parse, i: int) -> int:
        """The end of the clause that starts at `i`: the next hard stop, or the sentence's end."""
        quoted = i < len(parse.words) and parse.words[i].norm in QUOTES
        for j in range(i + quoted, len(parse.words)):
            if parse.words[j].norm in HARD or (quoted and parse.words[j].norm in {'"', "»", "”"}):
                return j
        return len(parse.words)

    def _take(self, parse: Parse, frame: Frame, k: int, commas: int) -> None:
        phrase = parse.phrases[k]
        if phrase.pron and not phrase.prep:
            if phrase.start == frame.i + 1:
                frame.object, frame.object_how = k, "pronoun"
        elif phrase.prep:
            if not self._of_participle(parse, frame, k):
                frame.preps.append(k)
        elif phrase.first == k and not (commas and len(frame.bare) > 0):
            frame.bare.append(k)

    def _voice(self, frame: Frame, word: Word) -> None:
        """A transitive verb that may be passive, with neither object nor complement clause, most likely is."""
        if word.feats.get("Voice") != "Act,Pass" or frame.object is not None:
            return
        frame.open_voice = True
        frame.passive = word.lemma in self.grammar.transitive and frame.clause is None

    def _of_participle(self, parse: Parse, frame: Frame, k: int) -> bool:
        """A phrase right behind a definite participle is that one's complement («الرافضين لارتفاع الأسعار»)."""
        phrase = parse.phrases[k]
        last = parse.words[phrase.begin - 1]
        before = parse.phrases[k - 1] if k else None
        return (last.participle and last.definite and bool(last.verb_lemma) and last.i != frame.i
                and before is not None and before.end == phrase.begin and before.head != last.i)

    # --- subject and object

    def _subject(self, parse: Parse, frame: Frame) -> None:
        before, how = self._before(parse, frame)
        posts = list(frame.bare)
        post = posts[0] if posts and self.agrees(parse, frame.i, posts[0], post=True) else None
        if how == "antecedent" or (how == "modified" and (frame.object is not None or self._resumes(parse, frame))):
            self._relative(parse, frame, before, posts, post)
            return
        if how == "modified":
            frame.antecedent = before
        if before is not None and (post is None or self._prefers_before(parse, frame, before, posts)):
            frame.subject, frame.subject_how = before, how
        elif post is not None:
            frame.subject, frame.subject_how = post, "subject"
            posts = posts[1:]
        else:
            self._shared(parse, frame)
        if frame.object is None and posts and not frame.passive:
            frame.object, frame.object_how = posts[0], "object"

    def _prefers_before(self, parse: Parse, frame: Frame, before: int, posts: list[int]) -> bool:
        """With agreeing phrases on both sides the one before is the subject when only particles stand between."""
        gap = parse.words[parse.phrases[before].end:frame.i]
        if posts and (self._resumes(parse, frame) or frame.object_how == "pronoun"):
            return False
        near = all(w.pos in {"PART", "AUX", "ADV"} or w.norm in self.grammar.perfect for w in gap)
        return (near and parse.words[frame.i].feats.get("Number") != "Plur") or (near and len(posts) < 2)

    def _relative(self, parse: Parse, frame: Frame, before: int | None, posts: list[int], post: int | None) -> None:
        """The antecedent fills the slot that the relative clause leaves open."""
        frame.relative, frame.antecedent = True, before
        if self._resumes(parse, frame) and post is not None:
            frame.subject, frame.subject_how = post, "subject"
            return
        resumed = frame.object is not None
        if resumed or (post is not None and not frame.passive and self._object_gap(parse, before, post)):
            frame.object, frame.object_how = before, "antecedent"
            if post is not None:
                frame.subject, frame.subject_how = post, "subject"
            else:
                self._shared(parse, frame)
            return
        frame.subject, frame.subject_how = before, "antecedent"
        if posts and frame.object is None and not frame.passive:
            frame.object, frame.object_how = posts[0], "object"

    @staticmethod
    def _indefinite(parse: Parse, k: int) -> bool:
        words = list(takewhile(lambda w: w.pos != "ADP", parse.words[parse.phrases[k].start:parse.phrases[k].end]))
        return not any(w.definite or w.ent or w.pos in {"PROPN", "PRON"} for w in words)

    @staticmethod
    def _resumes(parse: Parse, frame: Frame) -> bool:
        """A pronoun behind the verb's preposition takes up the antecedent («نددت بها المنظمات»)."""
        return any(parse.phrases[k].pron and parse.phrases[k].start <= frame.i + 2 for k in frame.preps[:1])

    def _object_gap(self, parse: Parse, antecedent: int | None, post: int) -> bool:
        """Without a pronoun the antecedent is the object only when an agent follows and it is none itself."""
        if antecedent is None or self._indefinite(parse, post):
            return False
        before, after = (self.grammar.sort_of(parse.words[parse.phrases[k].head]) for k in (antecedent, post))
        return SORT_GROUPS.get(after or "") == "agent" and SORT_GROUPS.get(before or "") != "agent"

    def _before(self, parse: Parse, frame: Frame) -> tuple[int | None, str]:
        """The phrase before the verb that is its subject, or the antecedent of its relative pronoun."""
        words, i = parse.words, frame.i - 1
        while i >= 0:
            word, k = words[i], parse.at[i]
            if word.norm in self.grammar.relatives and k < 0:
                return self._antecedent(parse, i), "antecedent"
            if k >= 0:
                phrase = parse.phrases[k]
                if phrase.pron and not phrase.prep:
                    return None, ""
                if phrase.prep and self._asyndetic(parse, frame, k):
                    return k, "modified"
                if not phrase.prep and phrase.first == k and self.agrees(parse, frame.i, k, post=False):
                    if not self._taken(parse, k, frame.i):
                        return k, self._how_before(parse, k, frame)
                    return None, ""
                i = phrase.begin - 1
                continue
            if not self._transparent(parse, i):
                return None, ""
            i -= 1
        return None, ""

    def _asyndetic(self, parse: Parse, frame: Frame, k: int) -> bool:
        """An indefinite phrase right before the verb is described by it («على مسيرة خرجت …»)."""
        phrase = parse.phrases[k]
        adjacent = phrase.end == frame.i and not phrase.pron
        return adjacent and self._indefinite(parse, k) and (
            self.agrees(parse, frame.i, k, post=False) or frame.object is not None)

    def _how_before(self, parse: Parse, k: int, frame: Frame) -> str:
        adjacent = parse.phrases[k].end == frame.i
        bare_relative = adjacent and self._indefinite(parse, k)
        return "modified" if bare_relative else "before"

    def _transparent(self, parse: Parse, i: int) -> bool:
        """Whether a search to the left may pass the word."""
        word = parse.words[i]
        if word.is_verb:
            return word.lemma == "كان" or "auxiliary" in self.grammar.verb_classes.get(word.lemma, ())
        if word.norm in HARD or word.norm in {":", "و", "ف", "ثم"} or word.norm in self.grammar.complementizers:
            return False
        return not (word.pos not in {"ADP", "PUNCT"} and self.grammar.boundaries.match(parse.words, i))

    def _taken(self, parse: Parse, k: int, verb: int) -> bool:
        """Whether an earlier verb has the phrase as its object or its subject after it."""
        for frame in parse.frames.values():
            if frame.i < verb and parse.words[frame.i].is_verb and frame.object == k:
                return not self._indefinite(parse, k)
        return False

    def _antecedent(self, parse: Parse, relative: int) -> int | None:
        """The nearest phrase before a relative pronoun that agrees with it."""
        pronoun = parse.words[relative]
        best = None
        for k in range(len(parse.phrases) - 1, -1, -1):
            phrase = parse.phrases[k]
            if phrase.end > relative or phrase.pron:
                continue
            if relative - phrase.end > 12:
                break
            best = k if best is None else best
            if self._same_gender(parse, pronoun, k):
                return k
        return best

    def _same_gender(self, parse: Parse, pronoun: Word, k: int) -> bool:
        head = parse.words[parse.phrases[k].head]
        plural = pronoun.norm in {"الذين", "اللذين", "اللذان"}
        if plural or head.feats.get("Number") == "Plur":
            human = self.grammar.sort_of(head) in {"Person", "Group", None}
            return (plural and human and head.feats.get("Number") != "Sing") or (
                not plural and pronoun.norm == "التي")
        gender = head.feats.get("Gender")
        return gender is None or (gender == "Fem") == (pronoun.norm == "التي")

    def agrees(self, parse: Parse, verb: int, k: int, *, post: bool) -> bool:
        """Verb–subject agreement, as far as the features are known: gender after, gender and number before."""
        feats = parse.words[verb].feats
        if feats.get("Person", "3") != "3":
            return False
        phrase = parse.phrases[k]
        head = parse.words[phrase.head]
        if post and (feats.get("Number") in {"Plur", "Dual"} or accusative(head)):
            return False
        many = len(parse.conjuncts(k)) > 1
        number = "Plur" if many else head.feats.get("Number")
        if not post and feats.get("Number") == "Plur":
            return number != "Sing" or head.lemma in self.grammar.quantifiers or self.grammar.sort_of(head) == "Group"
        return self._gender_agrees(head, feats.get("Gender"), number)

    def _gender_agrees(self, head: Word, verb_gender: str | None, number: str | None) -> bool:
        gender = head.feats.get("Gender")
        if verb_gender is None or gender is None or head.ent in {"PERSON", "ORG", "PLACE"} or head.pos == "PROPN":
            return True
        if number in {"Plur", "Dual"} or head.lemma in self.grammar.quantifiers or head.pos == "NUM":
            return True
        return gender == verb_gender

    def _shared(self, parse: Parse, frame: Frame) -> None:
        """A verb without a subject of its own takes that of the verb before it in the sentence."""
        word = parse.words[frame.i]
        for earlier in reversed(list(parse.frames.values())):
            if earlier.i >= frame.i or earlier.subject is None or not parse.words[earlier.i].is_verb:
                continue
            if self.agrees(parse, frame.i, earlier.subject, post=False) or (
                    word.feats.get("Number") == "Sing"
                    and self._gender_agrees(parse.words[parse.phrases[earlier.subject].head],
                                            word.feats.get("Gender"), None)):
                frame.subject, frame.subject_how = earlier.subject, "shared"
                return

    # --- participles

    def _participle(self, parse: Parse, frame: Frame) -> None:
        """A participle modifies the noun of its own phrase, or tells what the clause's subject does meanwhile."""
        word = parse.words[frame.i]
        k = parse.at[frame.i]
        target: int | None
        if k >= 0 and parse.phrases[k].head < frame.i and not parse.phrases[k].pron:
            target, how = k, "modified"
            frame.relative = True
        elif k >= 0 and word.definite:
            return
        else:
            target, how = self._circumstance_subject(parse, frame), "circumstance"
        if target is not None:
            frame.subject, frame.subject_how = target, how
        if word.definite:
            frame.bare = []
        if frame.object is None and frame.bare and not frame.passive:
            frame.object, frame.object_how = frame.bare[0], "object"

    def _circumstance_subject(self, parse: Parse, frame: Frame) -> int | None:
        """The subject of the nearest verb before whose number goes with the participle's; else of the nearest."""
        subjects = [f.subject for f in frames_before(parse, frame.i)
                    if f.subject is not None and parse.words[f.i].is_verb]
        feats = parse.words[frame.i].feats
        for k in subjects:
            head = parse.words[parse.phrases[k].head]
            many = head.feats.get("Number") == "Plur" or len(parse.conjuncts(k)) > 1
            if feats.get("Number") != "Plur" or many:
                return k
        return subjects[0] if subjects else None


def frames_before(parse: Parse, i: int) -> Iterator[Frame]:
    """The frames to the left of word `i`, nearest first."""
    return (f for f in reversed(list(parse.frames.values())) if f.i < i)
