"""Subject and object of a predicate, from the phrases on either side of it."""

from __future__ import annotations

from kg_builder.extract.agreement import Agreement
from kg_builder.extract.appositions import apposed
from kg_builder.extract.grammar import SORT_GROUPS, Grammar
from kg_builder.extract.leftward import Leftward, indefinite
from kg_builder.extract.parse import Frame, Parse, verbs_before
from kg_builder.extract.pronouns import may_stand_for
from kg_builder.extract.words import Word


class Subjects:
    """Fills subject and object of a frame whose phrases have been scanned."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.agreement = Agreement(grammar)
        self.before = Leftward(grammar, self.agreement)

    def of_verb(self, parse: Parse, frame: Frame) -> None:
        before, how = self.before(parse, frame)
        if how == "before" and before is not None and self._measure(parse, before):
            before, how = None, ""
        posts = list(frame.bare)
        who = next((k for k in posts if not self._measure(parse, k)), None)
        who = None if who is not None and self._is_said(parse, frame, who) else who
        post = who if who is not None and self.agreement.verb(parse, frame.i, who, post=True) else None
        if how == "antecedent" or (how == "modified" and (frame.object is not None or self._resumes(parse, frame))):
            self._relative(parse, frame, before, posts, post)
            return
        if how == "modified" and post is not None and self._fronted(parse, before):
            before, how = None, ""
        if how == "modified":
            frame.antecedent = before
        if before is not None and (post is None or self._prefers_before(parse, frame, before, posts)):
            frame.subject, frame.subject_how = before, how
        elif post is not None:
            frame.subject, frame.subject_how = post, "subject"
            same = apposed(self.grammar, parse, frame, post)
            parse.apposed.update({post: same} if same else {})
            posts = [k for k in posts if k != post and k not in same]
        else:
            self._shared(parse, frame)
        if frame.object is None and posts and not frame.passive:
            frame.object, frame.object_how = posts[0], "object"

    @staticmethod
    def _fronted(parse: Parse, k: int | None) -> bool:
        """«في أحدث تعاملات انخفض المؤشر»: what opens the sentence is not described by the verb."""
        return k is not None and bool(parse.phrases[k].prep) and all(
            w.pos in {"CCONJ", "PUNCT"} for w in parse.words[: parse.phrases[k].begin])

    def _measure(self, parse: Parse, k: int) -> bool:
        """A bare numeral, or one of a measure or a currency: by how much, never who; but «الآلاف» are people."""
        phrase = parse.phrases[k]
        words = parse.words[phrase.start:phrase.end]
        return words[0].pos == "NUM" and not words[0].norm.startswith("ال") and all(
            w.pos in {"NUM", "PUNCT", "SYM"} or w.lemma in self.grammar.units or self.grammar.sort_of(w) == "Measure"
            for w in words)

    def _is_said(self, parse: Parse, frame: Frame, k: int) -> bool:
        """«وطلبت منه مغادرة البلاد»: a doing neither says nor asks; it is what is asked for."""
        says = {"say", "want"} & self.grammar.classes_of(parse.words[frame.i])
        head = parse.head(k)
        bare = head.masdar and not head.definite and self.grammar.sort_of(head) is None
        return bool(says) and bare and not frame.passive

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
        resumes = self._resumes(parse, frame)
        when = before is not None and self.grammar.sort_of(parse.head(before)) == "Time"  # «في الوقت الذي يزور وفد …»
        aside = post is not None and frame.object is None and (when or self._resumes_later(parse, frame, before))
        if resumes or aside:
            if post is not None:
                frame.subject, frame.subject_how = post, "subject"
            else:
                self._shared(parse, frame)
            others = [k for k in posts if k != post]
            if others and frame.object is None and not frame.passive:
                frame.object, frame.object_how = others[0], "object"
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
    def _resumes(parse: Parse, frame: Frame) -> bool:
        """A pronoun behind the verb's preposition takes up the antecedent («نددت بها المنظمات»)."""
        return any(parse.phrases[k].pron and parse.phrases[k].start <= frame.i + 2 for k in frame.preps[:1])

    @staticmethod
    def _resumes_later(parse: Parse, frame: Frame, antecedent: int | None) -> bool:
        """«المركز الذي وافق المجلس على إنشائه»: the pronoun of a complement takes up the antecedent."""
        phrases = (parse.phrases[k] for k in frame.preps[:2])
        return antecedent is not None and any(
            word.pos == "PRON" and may_stand_for(parse, word.i, antecedent)
            for phrase in phrases for word in parse.words[phrase.start:phrase.end])

    def _object_gap(self, parse: Parse, antecedent: int | None, post: int) -> bool:
        """Without a pronoun the antecedent is the object only when an agent follows and it is none itself."""
        if antecedent is None or indefinite(parse, post):
            return False
        before, after = (self.grammar.sort_of(parse.head(k)) for k in (antecedent, post))
        return SORT_GROUPS.get(after or "") == "agent" and SORT_GROUPS.get(before or "") != "agent"

    def _shared(self, parse: Parse, frame: Frame) -> None:
        """A verb without a subject of its own takes that of the verb before it in the sentence."""
        word = parse.words[frame.i]
        for earlier in verbs_before(parse, frame.i):
            if earlier.subject is None:
                continue
            if self.agreement.verb(parse, frame.i, earlier.subject, post=False) or (
                    word.feats.get("Number") == "Sing"
                    and self.agreement.gender(parse.head(earlier.subject),
                                            word.feats.get("Gender"), None)):
                frame.subject, frame.subject_how = earlier.subject, "shared"
                return

    def of_participle(self, parse: Parse, frame: Frame) -> None:
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
        """The subject of the nearest verb before that goes with the participle, those of relative clauses last."""
        over = sorted(verbs_before(parse, frame.i), key=lambda f: f.relative)
        subjects = [f.subject for f in over if f.subject is not None]
        fitting = (k for k in subjects if self._may_do(parse, parse.words[frame.i], k))
        return next(fitting, subjects[0] if subjects else None)

    def _may_do(self, parse: Parse, participle: Word, k: int) -> bool:
        """Whether the phrase goes with the participle in gender and number, and is somebody rather than a doing."""
        head, feats = parse.head(k), participle.feats
        plural = feats.get("Number") == "Plur"
        many = head.feats.get("Number") == "Plur" or len(parse.conjuncts(k)) > 1
        if head.masdar or (plural and not many):
            return False
        named = bool(head.ent) or head.pos == "PROPN" or head.feats.get("Gender") is None
        gender = "Fem" if head.feats.get("Number") == "Plur" and self.grammar.sort_of(head) is None else (
            head.feats.get("Gender"))
        return plural or ((named or gender == feats.get("Gender", gender)) and not (
            many and self.grammar.sort_of(head) in {"Person", "Group"}))
