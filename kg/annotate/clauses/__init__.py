"""The clause layer: who does what to whom, in grammatical roles, whatever construction says it.

Everything is computed over a `Tree` (a repaired parse) in three kinds of drafts (verbs, nouns, links); the end of this file turns drafts
into `Clause` values: spans instead of tokens, indices instead of predicates' tokens, factuality by kg.annotate.factuality.
"""

from __future__ import annotations

from kg.annotate.clauses.draft import Arg, Draft
from kg.annotate.clauses.lexicon import Lexicon
from kg.annotate.clauses.links import link_drafts
from kg.annotate.clauses.nouns import noun_drafts
from kg.annotate.clauses.relational import relational_drafts
from kg.annotate.clauses.repair import repair
from kg.annotate.clauses.scene import Scene, scene_of
from kg.annotate.clauses.tree import tree_of
from kg.annotate.clauses.verbs import verb_drafts, verb_name
from kg.annotate.factuality import Factuality, Marks
from kg.annotate.parsed import Doc
from kg.data import Folder
from kg.model import Argument, Clause, Mention

_ORDER = {"verb": 0, "noun": 1, "copula": 2, "apposition": 3, "title": 4, "link": 5}


class ClauseFinder:
    """Finds the clauses of a parsed Doc. `Clause.sentence` counts `doc.sents` from 0."""

    def __init__(self, folder: Folder) -> None:
        self.lexicon = Lexicon.load(folder)
        self.factuality = Factuality(folder)

    def __call__(self, doc: Doc, mentions: tuple[Mention, ...]) -> tuple[Clause, ...]:
        scene = repair(scene_of(tree_of(doc, self.lexicon.lemmas), self.lexicon, mentions))
        drafts = _drafts(scene)
        places = _predicates(drafts)
        judge = self.factuality.judge(scene)
        return tuple(_clause(scene, draft, places, judge.marks(draft)) for draft in drafts)


def _drafts(scene: Scene) -> list[Draft]:
    found = [*verb_drafts(scene), *noun_drafts(scene), *relational_drafts(scene), *link_drafts(scene)]
    return sorted(found, key=lambda draft: (draft.token, _ORDER[draft.kind], draft.predicate))


def _predicates(drafts: list[Draft]) -> dict[int, int]:
    """Token of a predicate -> index of its clause; of a copula also the token of its verb."""
    places: dict[int, int] = {}
    for index, draft in enumerate(drafts):
        if draft.kind in ("verb", "noun"):
            places[draft.token] = index
    for index, draft in enumerate(drafts):
        if draft.kind == "copula" and draft.support is not None:
            places[draft.support] = index
    return places


def _clause(scene: Scene, draft: Draft, places: dict[int, int], marks: Marks) -> Clause:
    return Clause(
        kind=draft.kind,
        predicate=draft.predicate,
        trigger=scene.tree.span(draft.first, draft.last),
        sentence=scene.tree.sentence[draft.token],
        arguments=tuple(_argument(scene, arg, places) for arg in draft.args),
        polarity=marks.polarity,
        certainty=marks.certainty,
        tense=marks.tense,
        support=None if draft.support is None else verb_name(scene, draft.support),
        features=draft.features + marks.features,
        former=draft.former,
    )


def _argument(scene: Scene, arg: Arg, places: dict[int, int]) -> Argument:
    if arg.first is not None and arg.last is not None:
        span, head = scene.tree.span(arg.first, arg.last), scene.tree.span(arg.token, arg.token)
    else:
        span, head = scene.span(arg.token)
    mention = None if arg.role == "title" else scene.at[arg.token]
    return Argument(arg.role, span, head, mention, _complement(arg, places), arg.shared)


def _complement(arg: Arg, places: dict[int, int]) -> int | None:
    """The clause an argument stands for: a verb complement, or the event noun that heads it."""
    return None if arg.role == "title" else places.get(arg.token if arg.clause is None else arg.clause)
