"""Names and the noun phrases that say who they are."""

from __future__ import annotations

import re

from kg.annotate.coref.chains import Chains, is_any
from kg.annotate.coref.names import title_before
from kg.model import Clause

CLOSED = re.compile(r"(?: (?:of|from)(?: [A-Z][\w.-]*){1,3})?(?:[,.);]|$)")  # what an apposition ends with
LIST = re.compile(r", [^,.;:]{2,60},? and ")
BREAK = re.compile(r"[\";]|\b(?:not|nor|or|but)\b")


def appositions(chains: Chains) -> None:
    """A name and the noun phrase that says who it is: in apposition, as predicate, side by side, or after "of"."""
    for clause in chains.clauses:
        if clause.kind in ("apposition", "title", "copula") and clause.polarity == "positive" and not clause.former:
            _join_predicate(chains, clause)
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "nominal" and mention.number != "plural":
            _join_beside(chains, m)


def _join_predicate(chains: Chains, clause: Clause) -> None:
    subjects = [a.mention for a in clause.arguments if a.role == "subject" and a.mention is not None]
    nominal = next(
        (m for m, one in enumerate(chains.mentions) if one.kind == "nominal" and one.head.overlaps(clause.trigger)),
        None,
    )
    if len(subjects) != 1 or nominal is None or chains.mentions[nominal].number == "plural":
        return
    one = subjects[0]
    apart = _are_unlike(chains, one, nominal) or _is_untold(chains, clause, one, nominal)
    if not apart and clause.certainty == "certain" and clause.tense != "future":
        chains.join(one, nominal, clause.kind, 0.92)


def _are_unlike(chains: Chains, one: int, told: int) -> bool:
    """ "the army, the courts", "allies, opposition": a list; "her Larvik, Norway, office" """
    subject, nominal = chains.mentions[one], chains.mentions[told]
    place = nominal.type == "Facility" and subject.type in ("City", "Region", "Country")
    return place or (subject.kind == "nominal" and (subject.type, subject.number) != (nominal.type, nominal.number))


def _is_untold(chains: Chains, clause: Clause, one: int, told: int) -> bool:
    """Whether the predicate is of nobody in particular, or of somebody else: "every president has been a partner", "appointed him as
    judge"; "Ann Lee, a clerk and two guards were hurt".
    """
    head = chains.head(told)
    several = any(t.dep_ == "conj" and t.tag_ in ("NNS", "NNPS") for t in head.children) or head.text == "source"
    if clause.kind == "apposition" and (several or _is_listed(chains, one, told)):
        return True
    anybody = chains.kind(one) == "nominal" and is_any(chains, one)
    office = is_as(chains, told) and not chains.is_definite(told) and chains.words(told)[0].dep_ != "det"
    return anybody or office or is_broken(chains, clause, one) or is_gerund(chains, clause)


def _is_listed(chains: Chains, one: int, other: int) -> bool:
    """ "Falk, the president, the first lady and two aides", "the secretary, the president, and the speaker": people side by side."""
    last = max(one, other, key=lambda m: chains.mentions[m].span.end)
    end = chains.mentions[last].span.end
    more = LIST.match(chains.written, end) is not None and any(m.span.start == end + 2 for m in chains.mentions)
    both = all(chains.kind(m) == "nominal" for m in (one, other))
    several = both and all(chains.words(m)[0].lower_ in ("a", "an") for m in (one, other))  # "a spy, a thief"
    return more or several or (both and chains.written.startswith((", and ", " and "), end))


def is_broken(chains: Chains, clause: Clause, subject: int) -> bool:
    """'"… the thief," his son said', "Ann Lee, not the president": side by side, but not the same."""
    span, told = chains.mentions[subject].span, clause.trigger
    between = chains.written[min(span.end, told.end) : max(span.start, told.start)]
    two = told.start < span.start and " and " in between  # "our governor and Ann Lee"
    return clause.kind == "apposition" and (two or BREAK.search(between) is not None)


def is_gerund(chains: Chains, clause: Clause) -> bool:
    """ "Falk singled Lee out for being the best", "asked about being king": no telling of whom, nor whether it is so."""
    told = chains.doc.char_span(clause.trigger.start, clause.trigger.end) if clause.kind == "copula" else None
    return told is not None and told.root.head.tag_ == "VBG"


def is_as(chains: Chains, m: int) -> bool:
    """ "his heir as leader, Ann Lee": not the leader."""
    first = chains.words(m)[0]
    return first.i > 0 and first.nbor(-1).lower_ == "as"


def _join_beside(chains: Chains, m: int) -> None:
    """ "the news agency Xinhua"; "a witness, Ann Lee,"; "a town called Larvik"; "the town of Larvik"."""
    mention, text = chains.mentions[m], chains.written
    for n in range(m + 1, min(m + 5, len(chains.mentions))):
        other = chains.mentions[n]
        if other.kind != "name" or chains.gazetteer.adjective(chains.text(n)):
            continue
        if mention.span.covers(other.span):
            between = text[mention.head.end : other.span.start]
            if (
                between in (" of ", " of the ")
                and chains.is_definite(m)  # not "a suburb of Oslo"
                and other.span.end == mention.span.end
                and chains.head(m).lemma_.lower() in chains.lexicon.named_by_of
                and _is_place(chains, n)
                and not (chains.type(m) == "City" and chains.type(n) == "Country")  # "the capital of Kenya"
            ):
                chains.join(m, n, "of-name", 0.9, sure=chains.mentions[m].type != "Facility")
            continue
        between = text[mention.span.end : other.span.start]
        closed = CLOSED.match(text, other.span.end) is not None
        comma = between in (", ", f", {_written_title(chains, n)} ")  # "a Socialist, Sen. Ann Lee of Ohio,"
        told = comma and closed and not (_is_in_list(chains, m, n) or is_as(chains, m) or _is_where(chains, m, n))
        if told or between in (" ", ' "', " known as ", " named ", " called "):
            chains.join(m, n, "apposition", 0.88)
        return


def _is_in_list(chains: Chains, m: int, n: int) -> bool:
    """ "the press, the green movement, Greenpeace, universities": things side by side, of which none says what another is."""
    start, end = chains.mentions[m].span.start, chains.mentions[n].span.end
    commas = chains.written[start - 2 : start] == ", " and chains.written[end : end + 1] == ","
    return commas and chains.type(n) != "Person"


def _is_where(chains: Chains, m: int, n: int) -> bool:
    """ "a home in Larvik, Norway,", "the town of Larvik, Norway": a place that says where it is."""
    named = any(chains.kind(inner) == "name" for inner in chains.behind(m))
    return (chains.type(m) == "Facility" or named) and chains.type(n) in ("City", "Region", "Country")


def _written_title(chains: Chains, m: int) -> str | None:
    first = chains.words(m)[0]
    return first.nbor(-1).text if title_before(chains, m) else None


def _is_place(chains: Chains, m: int) -> bool:
    return chains.mentions[m].type in ("City", "Region", "Country", "Facility", "Place")
