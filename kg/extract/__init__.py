"""extract: wordings over clauses. What an article says, with every span; no spaCy here."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.events import events
from kg.extract.figures import bare_counts
from kg.extract.frames import matches
from kg.extract.idle import is_idle
from kg.extract.money import money
from kg.extract.open import open_statements
from kg.extract.quotations import quotations
from kg.extract.statements import Reader, used_quantities
from kg.model import Annotated, ArticleGraph
from kg.ontology import Ontology


def extract(annotated: Annotated, ontology: Ontology, open_relations: bool = False) -> ArticleGraph:
    """The statements and events of one article, unchecked and in the order of the text.

    With `open_relations` also what no wording covers, as `relatedTo` under the article's words.
    """
    context = Context(annotated, ontology)
    fitting = matches(context, ontology)
    context.settle(match.clause for match in fitting if match.frame.event)
    told = events(context, fitting)
    reader = Reader(context, ontology, told, fitting)
    found = list(reader.statements())
    found += open_statements(reader) if open_relations else ()
    counts = bare_counts(context, ontology, fitting, list(found))
    found += (count for count in counts if not is_idle(context, count))
    found += money(context, ontology, used_quantities(found))
    found += quotations(context)
    found.sort(key=lambda s: (s.evidence, s.trigger or s.evidence, s.predicate, s.subject.span, s.object.span))
    return ArticleGraph(annotated, tuple(context.entities), tuple(found), told.events)
