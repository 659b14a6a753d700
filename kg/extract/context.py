"""One article's annotations with the look-ups that extraction needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Annotated, Argument, Clause, Entity, Link, Mention, Ref, Span
from kg.ontology import Ontology


@dataclass(slots=True)
class Context:
    """An article under extraction. Entities grow at the end only (roles founded by titles), so indices stay right."""

    annotated: Annotated
    ontology: Ontology
    # those annotated, and one for each post that a noun phrase names its holder by
    clauses: tuple[Clause, ...] = field(init=False)
    entities: list[Entity] = field(init=False)
    entity_of: dict[int, int] = field(init=False)
    nouns_at: dict[Span, int] = field(init=False)
    links: dict[int, Link] = field(init=False)  # why a mention is who it is, by mention
    # trigger of a noun clause -> its support verb ("held" of "held a call")
    support_of: dict[Span, Span] = field(init=False)
    verbs_at: dict[Span, Clause] = field(init=False)
    supported_by: dict[Span, tuple[Span, ...]] = field(init=False)  # the other way
    # offsets within words that are a predicate or a cue
    told_at: frozenset[int] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        self.entities = list(self.annotated.entities)
        self.entity_of = {m: e for e, entity in enumerate(self.entities) for m in entity.mentions}
        self.clauses = (*self.annotated.clauses, *self._descriptions())
        self.links = {link.mention: link for entity in self.annotated.entities for link in entity.links}
        clauses = self.annotated.clauses
        self.nouns_at = {c.trigger: i for i, c in enumerate(clauses) if c.kind == "noun"}
        self.verbs_at = {c.trigger: c for c in clauses if c.kind == "verb"}
        supported = {(c.trigger, c.support) for c in clauses if c.kind == "noun" and c.support}
        self.support_of = {
            a.head: c.trigger
            for c in clauses
            if c.kind == "verb"
            for a in c.arguments
            if (a.head, c.predicate) in supported
        }
        nouns: dict[Span, list[Span]] = defaultdict(list)
        for noun, verb in self.support_of.items():
            nouns[verb].append(noun)
        self.supported_by = {verb: tuple(found) for verb, found in nouns.items()}
        cues = (cue for attribution in self.annotated.attributions for cue in attribution.cue)
        self._tell((*(clause.trigger for clause in clauses if clause.kind == "verb"), *cues))

    def settle(self, matched: Iterable[int]) -> None:
        """From now on the nouns of these clauses tell something too: a wording fits them."""
        self._tell(self.clauses[index].trigger for index in matched if self.clauses[index].kind == "noun")

    def _tell(self, words: Iterable[Span]) -> None:
        self.told_at = self.told_at.union(*(range(word.start, word.end) for word in words))

    def _descriptions(self) -> Iterator[Clause]:
        """ "the Norwegian premier", said of somebody named, says that she is the premier of Norway; each is said once."""
        mentions = self.annotated.mentions
        said: set[tuple[int, str, int]] = set()
        for m, mention in enumerate(mentions):
            holder = self.entity_of.get(m)
            if (
                mention.kind != "nominal"
                or mention.number == "plural"
                or holder is None
                or not self._is_named_person(holder)
            ):
                continue
            if any(
                c.kind in ("copula", "apposition") and c.trigger.covers(mention.head) for c in self.annotated.clauses
            ):
                continue  # said by a clause of its own, with its own tense
            noun = mention.head.of(self.text).lower()
            inside = (
                n
                for n, one in enumerate(mentions)
                if mention.span.covers(one.span) and one.span.end <= mention.head.start
            )
            body = next((n for n in inside if mentions[n].kind == "name" and mentions[n].type == "Country"), None)
            if body is None or not self.ontology.frames("titles", noun) or (holder, noun, self.entity_of[body]) in said:
                continue
            said.add((holder, noun, self.entity_of[body]))
            yield _description(mentions, m, body, noun)

    def _is_named_person(self, entity: int) -> bool:
        return self.entities[entity].type == "Person" and self.entities[entity].named

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
        return not self.told_at.isdisjoint(range(word.start, word.end))

    def tells_who(self, word: Span) -> bool:
        """Whether a word is the cue of an attribution."""
        return any(cue.overlaps(word) for one in self.annotated.attributions for cue in one.cue)

    def type_of(self, ref: Ref) -> str:
        return self.entities[ref.entity].type

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

    def follows(self, earlier: Span, later: Span) -> bool:
        """Whether one figure stands in the sentence of an earlier one, or in the next."""
        between = (one for one in self.annotated.sentences if one.span.end > earlier.start)
        return sum(1 for one in between if one.span.start <= later.start) <= 2

    def inside(self, mention: int) -> bool:
        """Whether a mention is part of another: the "French" of "French soldiers"."""
        own = self.annotated.mentions[mention].span
        return any(one.span != own and one.span.covers(own) for one in self.annotated.mentions)

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


def _description(mentions: Sequence[Mention], holder: int, body: int, noun: str) -> Clause:
    """The title clause that a describing noun phrase amounts to."""
    phrase, of = mentions[holder], mentions[body]
    arguments = (
        Argument("subject", phrase.span, phrase.head, holder),
        Argument("modifier", of.span, of.head, body),
        Argument("title", phrase.core, phrase.head),
    )
    return Clause("title", noun, phrase.head, 0, arguments, tense="present", features=("description",))
