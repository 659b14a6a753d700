"""One article's annotations with the look-ups that extraction needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Annotated, Argument, Clause, Entity, Ref, Span


@dataclass(slots=True)
class Context:
    """An article under extraction. Entities grow at the end only (roles founded by titles), so indices stay right."""

    annotated: Annotated
    entities: list[Entity] = field(init=False)
    entity_of: dict[int, int] = field(init=False)
    nouns_at: dict[Span, int] = field(init=False)
    support_of: dict[Span, Span] = field(
        init=False
    )  # trigger of a noun clause -> its support verb ("held" of "held a call")
    telling: frozenset[Span] = field(init=False)  # words that are a predicate or a cue

    def __post_init__(self) -> None:
        self.entities = list(self.annotated.entities)
        self.entity_of = {m: e for e, entity in enumerate(self.entities) for m in entity.mentions}
        clauses = self.annotated.clauses
        self.nouns_at = {c.trigger: i for i, c in enumerate(clauses) if c.kind == "noun"}
        supported = {c.trigger for c in clauses if c.kind == "noun" and c.support}
        self.support_of = {
            a.head: c.trigger for c in clauses if c.kind == "verb" for a in c.arguments if a.head in supported
        }
        cues = (cue for attribution in self.annotated.attributions for cue in attribution.cue)
        self.telling = frozenset((*(c.trigger for c in clauses if c.kind in ("verb", "noun")), *cues))

    @property
    def text(self) -> str:
        return self.annotated.article.text

    def ref(self, mention: int | None) -> Ref | None:
        """The entity that a mention stands for, or None."""
        entity = None if mention is None else self.entity_of.get(mention)
        if mention is None or entity is None:
            return None
        return Ref(entity, self.annotated.mentions[mention].span)

    def tells(self, word: Span) -> bool:
        """Whether a word is the predicate of a clause, or says who says so."""
        return any(one.overlaps(word) for one in self.telling)

    def type_of(self, ref: Ref) -> str:
        return self.entities[ref.entity].type

    def is_bare_pronoun(self, ref: Ref) -> bool:
        """Whether nothing but pronouns stand for this entity: nobody could say who it is."""
        kinds = {self.annotated.mentions[m].kind for m in self.entities[ref.entity].mentions}
        return kinds == {"pronoun"}

    def head_lemma(self, argument: Argument) -> str:
        """The head word in lower case, a regular plural undone."""
        return singular(argument.head.of(self.text).lower())

    def clause_under(self, argument: Argument) -> int | None:
        """The clause that an argument is: a complement clause, or the noun clause whose noun is its head."""
        return argument.clause if argument.clause is not None else self.nouns_at.get(argument.head)

    def evidence(self, *spans: Span) -> Span:
        """The sentence that holds all spans; where no single one does, from the first sentence to the last."""
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        sentences = [s.span for s in self.annotated.sentences if s.span.start < end and start < s.span.end]
        return Span(min([start, *(s.start for s in sentences)]), max([end, *(s.end for s in sentences)]))

    def found(self, entity: Entity) -> int:
        """The index of an entity that extraction founds; equal ones share it."""
        for index in range(len(self.annotated.entities), len(self.entities)):
            if self.entities[index].label == entity.label and self.entities[index].type == entity.type:
                return index
        self.entities.append(entity)
        return len(self.entities) - 1


def singular(word: str) -> str:
    """A regular English plural undone.

    >>> [singular(w) for w in ("shells", "cities", "boxes", "press", "troops")]
    ['shell', 'city', 'box', 'press', 'troop']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def arguments(clause: Clause, role: str) -> Sequence[Argument]:
    return [argument for argument in clause.arguments if argument.role == role]
