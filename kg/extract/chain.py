"""Who says so: the links of attribution that stand over a place in the text."""

from __future__ import annotations

import re

from kg.extract.context import Context
from kg.model import Attribution, Entity, Mention, Ref, Source, Span

_GOES_ON = re.compile(r"\s*(?:This|That|These) (?:will|would|could|may|might)\b")


def chain(context: Context, trigger: Span, presupposed: bool = False) -> tuple[Source, ...]:
    """The sources of every attribution whose content covers `trigger`, outermost link first.

    What a title or a demonym says in passing (`presupposed`) is the article's own word, unless it stands in quoted words. Who only
    praises, opposes, wants or asks for what is told (`said` is False) is credited with nothing.
    """
    found = context.annotated.attributions
    covering = {i for i, a in enumerate(found) if a.said and _governs(a, trigger)}
    if presupposed:
        covering = {i for i in covering if any(quote.covers(trigger) for quote in found[i].quotes)}
    covering = covering or _carried(context, trigger)
    covering |= {o for i in covering for o in _outers(found, i) if found[o].said}
    ordered = sorted(
        covering, key=lambda i: (len(_outers(found, i)), -_size(found[i]), found[i].cue or found[i].sources, i)
    )
    return tuple(source for level, index in enumerate(ordered) for source in _sources(context, index, level))


def _carried(context: Context, trigger: Span) -> set[int]:
    """What "This will …" goes on with is the word of whoever said the sentence before."""
    sentences = [one.span for one in context.annotated.sentences]
    at = next((n for n, one in enumerate(sentences) if one.covers(trigger)), 0)
    if at == 0 or not _GOES_ON.match(context.text, sentences[at].start):
        return set()
    before = sentences[at - 1]
    found = enumerate(context.annotated.attributions)
    return {
        i
        for i, one in found
        if one.said and any(before.covers(piece) and _ends(context, piece, before) for piece in one.content)
    }


def _ends(context: Context, piece: Span, sentence: Span) -> bool:
    """Whether nothing stands behind it in the sentence."""
    return not re.search(r"\w", context.text[piece.end : sentence.end])


def unsourced(context: Context, trigger: Span) -> tuple[str, ...]:
    """The stances of attributions over `trigger` that credit nobody ("it is claimed", "wants the talks to go on"), as features."""
    return tuple(
        f"unsourced-{attribution.stance}"
        for attribution in context.annotated.attributions
        if not (attribution.sources and attribution.said) and _governs(attribution, trigger)
    )


def _governs(attribution: Attribution, trigger: Span) -> bool:
    own = any(cue.overlaps(trigger) for cue in attribution.cue)
    return not own and any(piece.covers(trigger) for piece in attribution.content)


def _outers(found: tuple[Attribution, ...], index: int) -> list[int]:
    """The attributions through which this one is reported, nearest first."""
    outers: list[int] = []
    outer = found[index].outer
    while outer is not None and outer not in outers:
        outers.append(outer)
        outer = found[outer].outer
    return outers


def _size(attribution: Attribution) -> int:
    return sum(piece.end - piece.start for piece in attribution.content)


def _sources(context: Context, index: int, level: int) -> list[Source]:
    attribution = context.annotated.attributions[index]
    cue = attribution.cue[0] if attribution.cue else None
    found = []
    shared = _shared(context, attribution)
    for span, mention in zip(attribution.sources, attribution.source_mentions, strict=True):
        ref = shared.get(span) or context.ref(mention) or _through(context, span)
        label = context.entities[ref.entity].label if ref else span.of(context.text)
        words = cue.of(context.text) if cue else ""
        found.append(Source(level, ref.entity if ref else None, label, span, cue, words, attribution.stance, index))
    return found


def _shared(context: Context, attribution: Attribution) -> dict[Span, Ref]:
    """Of "South African and western agencies" each part as a group of its own, with the country that its adjective names."""
    mentions = context.annotated.mentions
    whole = next((i for i, m in enumerate(mentions) if _is_shared(m, attribution.sources)), None)
    group = context.ref(whole)
    if whole is None or group is None:
        return {}
    inside = [span for span in attribution.sources if mentions[whole].span.covers(span)]
    noun = _without_adjective(context, inside[-1])
    found = {}
    for span in inside:
        words = span.of(context.text) + (f" {noun}" if span != inside[-1] else "")
        kind, home = context.entities[group.entity], _country(context, span)
        entity = Entity(kind.type, words, (), named=False, affiliation=home, group_head=kind.group_head)
        found[span] = Ref(context.found(entity), span)
    return found


def _is_shared(mention: Mention, sources: tuple[Span, ...]) -> bool:
    inside = [span for span in sources if mention.span.covers(span)]
    return mention.kind == "nominal" and len(inside) > 1 and sum(span.covers(mention.head) for span in inside) == 1


def _country(context: Context, span: Span) -> int | None:
    ref = next((context.ref(i) for i, m in enumerate(context.annotated.mentions) if _is_country(m, span)), None)
    return ref.entity if ref else None


def _is_country(mention: Mention, span: Span) -> bool:
    return mention.type == "Country" and span.covers(mention.span)


def _without_adjective(context: Context, span: Span) -> str:
    """ "intelligence agencies" of "western intelligence agencies", "officials" of "South African officials"."""
    ends = [m.span.end for m in context.annotated.mentions if _is_country(m, span) and m.span.start == span.start]
    words = span.of(context.text)
    return words[max(ends) - span.start :].strip() if ends else words.partition(" ")[2]


def _through(context: Context, span: Span) -> Ref | None:
    """Whose "estimates" or "report" a source is: the one actor that its words name."""
    mentions = context.annotated.mentions
    inside = [i for i, one in enumerate(mentions) if span.covers(one.span) and one.kind != "pronoun"]
    outer = [i for i in inside if not any(mentions[j].span.covers(mentions[i].span) for j in inside if j != i)]
    refs = [ref for i in outer if (ref := context.ref(i)) and context.ontology.is_a(context.type_of(ref), "Actor")]
    return refs[0] if len(refs) == 1 else None
