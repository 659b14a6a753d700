"""extract: wordings over clauses. What an article says, with every span; no spaCy here."""

from __future__ import annotations

from kg.extract.context import Context
from kg.extract.events import events
from kg.extract.figures import bare_counts
from kg.extract.frames import matches
from kg.extract.quotations import quotations
from kg.extract.statements import Reader, used_quantities
from kg.model import Annotated, ArticleGraph
from kg.ontology import Ontology


def extract(annotated: Annotated, ontology: Ontology) -> ArticleGraph:
    """The statements and events of one article, unchecked and in the order of the text."""
    context = Context(annotated, ontology)
    fitting = matches(context, ontology)
    context.settle(match.clause for match in fitting if match.frame.event)
    told = events(context, fitting)
    found = list(Reader(context, ontology, told, fitting).statements())
    found += bare_counts(context, ontology, fitting, used_quantities(found))
    found += quotations(context)
    found.sort(key=lambda s: (s.evidence, s.trigger or s.evidence, s.predicate, s.subject.span, s.object.span))
    return ArticleGraph(annotated, tuple(context.entities), tuple(found), told.events)
