"""Open relations: clauses with two entities that no wording covers, under the article's own words (`kg build --open`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.context import Context, arguments
from kg.extract.frames import WORDING_KINDS, Filler, Match
from kg.extract.statements import Reader
from kg.model import Argument, Clause, OpenPhrase, Statement
from kg.ontology import Frame

RELATION = "relatedTo"
# Verbs that say nothing without what follows them: "had Turkish troops", "does it". With a noun of their own they do ("has ties to").
EMPTY = frozenset(
    ("be", "have", "do", "get", "go", "come", "make", "take", "say", "let", "keep", "put", "seem", "become")
)
# What an argument is before its noun or verb, or beside it, relates nobody: compounds, comparisons, lists, reasons, sources.
LOOSE = frozenset(
    ("subject", "possessive", "modifier", "title", "complement", "as", "like", "unlike", "than", "including", "such as",
     "despite", "without", "because", "because of", "due to", "since", "until", "before", "after", "by", "per", "via",
     "according to", "except", "besides", "about", "during", "through", "throughout", "instead of", "rather than")
)  # fmt: skip
# Prepositions that say where rather than to whom; with a place they are no relation of the subject's.
WHERE = frozenset(("in", "at", "on", "near", "outside", "inside", "across", "along", "around", "off", "within"))


def open_statements(reader: Reader) -> Iterator[Statement]:
    """A statement for each such clause; `check` never lets one be asserted."""
    for clause, subject, target, phrase in _pairs(reader.context, reader.matches):
        frame = Frame(None, RELATION, phrase.kind, (phrase.predicate,), (), {}, frozenset(), {}, {}, {}, "open")
        fillers = tuple(
            Filler(role, argument, reader.context.ref(argument.mention), None)
            for role, argument in (("subject", subject), ("object", target))
        )
        for statement in reader.static(Match(frame, clause, fillers)):
            yield replace(statement, open=phrase)


def _pairs(context: Context, matches: Sequence[Match]) -> Iterator[tuple[int, Argument, Argument, OpenPhrase]]:
    covered = _covered(context, matches)
    nouns = _supporting(context)
    for index, clause in enumerate(context.clauses):
        if clause.kind == "link" or index in covered or context.tells_who(clause.trigger):
            continue
        if clause.kind == "verb" and clause.trigger in nouns:
            continue  # "took aim at": said by the noun
        yield from ((index, *found) for found in _OpenClause(context, clause).readings())


def _covered(context: Context, matches: Sequence[Match]) -> set[int]:
    """Clauses that a wording fits, and the verbs whose subject its nouns took."""
    found = {match.clause for match in matches}
    light = (match for match in matches if any(filler.argument.role == "subject" for filler in match.fillers))
    clauses = (context.clauses[match.clause] for match in light)
    verbs = {context.support_of.get(clause.trigger) for clause in clauses if clause.kind == "noun"}
    return found | {i for i, clause in enumerate(context.clauses) if clause.kind == "verb" and clause.trigger in verbs}


def _supporting(context: Context) -> set[object]:
    """Triggers of verbs whose noun says who and to whom by itself."""
    nouns = (clause for clause in context.clauses if clause.kind == "noun" and clause.support)
    return {context.support_of.get(noun.trigger) for noun in nouns if _shares_subject(_OpenClause(context, noun))}


def _shares_subject(noun: _OpenClause) -> bool:
    return any(subject.role == "subject" for subject, _, _ in noun.readings())


@dataclass(frozen=True, slots=True)
class _OpenClause:
    context: Context
    clause: Clause

    def readings(self) -> Iterator[tuple[Argument, Argument, OpenPhrase]]:
        """Who, to whom, and by which words."""
        for subject in self._subjects():
            for target in self._targets():
                yield subject, target, self._phrase(subject, target)

    def _subjects(self) -> list[Argument]:
        """The subject, or else the owner of a noun; only of actors can `relatedTo` speak."""
        roles = ("subject", "possessive") if self.clause.kind == "noun" else ("subject",)
        return next((found for role in roles if (found := self._entities(role))), [])

    def _targets(self) -> list[Argument]:
        direct = self._entities("object") or self._entities("indirect")
        if self.clause.kind == "verb" and direct:
            return [] if self.clause.predicate in EMPTY else direct
        if self.clause.kind == "verb" and self.clause.predicate in EMPTY and not self._head():
            return []
        roles = dict.fromkeys(a.role for a in self.clause.arguments)
        if self.clause.kind in ("title", "apposition", "copula"):
            roles = {role: None for role in roles if role not in WHERE} | {"possessive": None}
        found = (argument for role in roles if self._relates(role) for argument in self._entities(role))
        return [argument for argument in found if not self._is_where(argument)]

    def _relates(self, role: str) -> bool:
        return role not in LOOSE or (role == "possessive" and self.clause.kind not in ("verb", "noun"))

    def _is_where(self, argument: Argument) -> bool:
        ref = self.context.ref(argument.mention)
        return (
            argument.role in WHERE
            and ref is not None
            and self.context.ontology.is_a(self.context.type_of(ref), "Place")
        )

    def _entities(self, role: str) -> list[Argument]:
        return [argument for argument in arguments(self.clause, role) if self.context.ref(argument.mention)]

    def _head(self) -> Argument | None:
        """The object of a verb that is no entity: the "stake" of "took a stake in"."""
        found = (a for a in arguments(self.clause, "object") if not self.context.ref(a.mention))
        return next(found, None) if self.clause.kind == "verb" else None

    def _phrase(self, subject: Argument, target: Argument) -> OpenPhrase:
        clause, text = self.clause, self.context.text
        head = None if target.role in ("object", "indirect") else self._head()
        verb = self.context.support_of.get(clause.trigger) if clause.kind == "noun" else None
        joint = "" if target.role in ("object", "indirect", "possessive") else target.role
        words = (verb.of(text) if verb else "", clause.trigger.of(text), head.head.of(text) if head else "", joint)
        return OpenPhrase(
            words=" ".join(" ".join(filter(None, words)).split()),
            kind=WORDING_KINDS[clause.kind],  # type: ignore[arg-type]  # a link is never read here
            predicate=clause.predicate,
            subject_role=subject.role,
            object_role=target.role,
            support=clause.support if verb else None,
            head=self.context.head_lemma(head) if head else None,
        )
