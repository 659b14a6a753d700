"""Attributions in tokens, by the construction that carries them: verbs, nouns, adjectives, "according to", "citing"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.annotate import contents
from kg.annotate.contents import Quotes, Range
from kg.annotate.cues import Cues, Use
from kg.annotate.parsed import Doc, Token
from kg.annotate.sources import (
    RELATIVES,
    agent,
    before_apposition,
    by_phrase,
    inverted,
    is_passive,
    members,
    named_behind,
    nearby,
    source_heads,
    subject,
    trailing,
)
from kg.annotate.voices import Types, is_paper, is_person_like, is_unreal
from kg.model import Stance

PREPOSITIONS = frozenset(["of", "for", "about", "on", "over", "against", "with", "in", "at", "behind"])
KINDS = ("as", "quote", "clause", "that", "aside", "to", "to_noun", "preposition", "event", "noun")
ADJECTIVES = frozenset({"acomp", "ROOT", "conj", "advcl", "oprd"})
UNNAMED = 5  # words within which a source asks not to be named
NO_CUE = frozenset({"amod", "compound", "aux", "auxpass"})
NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"])
CONTENT: dict[str, Callable[[Token, Quotes], tuple[Range, ...]]] = {
    "that": lambda verb, _: contents.marked_clause(verb),
    "aside": contents.rest_of_sentence,
    "as": contents.predication,
    "to_noun": lambda verb, _: contents.prepositional(verb, ["to"])[0],
    "to": lambda verb, _: contents.infinitive(verb),
    "noun": lambda verb, _: contents.noun_object(verb),
}
# a stance that nothing is left of when the cue is negated: "did not say that it was so"
NEGATED: dict[Stance, Stance] = {"neutral": "claim", "factive": "claim", "denial": "claim"}


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in tokens. `anchor` is the cue's main word, or the first of the content where there is no cue.

    `through` is the anchor of the attribution that passes this one on ("X said, citing Y"), `governor` the verb whose object a
    noun of speech is ("denied reports that").
    """

    anchor: int
    cue: tuple[int, ...]
    heads: tuple[Token, ...]
    content: tuple[Range, ...]
    stance: Stance
    lemma: str
    through: int | None = None
    kind: str = "phrase"
    said: bool = True
    governor: int | None = None


def lemma_of(verb: Token) -> str:
    """The lemma with its particle: "point out"."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), None)
    return f"{verb.lemma_.lower()} {particle}" if particle else verb.lemma_.lower()


def _cue_lemma(verb: Token, cues: Cues) -> str:
    """Also with the words that make it one: "as he put it", "made it clear that", "weighed in"."""
    lemma = lemma_of(verb)
    with_it = any(child.lower_ == "it" and child.dep_ == "dobj" for child in verb.children)
    more = ["it"] if with_it else []
    more += [child.lower_ for child in verb.children if child.pos_ == "ADJ" and child.i > verb.i]
    more += [child.lower_ for child in verb.children if child.dep_ == "prep" and child.i == verb.i + 1]
    return next((phrase for word in more if (phrase := f"{lemma} {word}") in cues.verbs), lemma)


# ---- verbs ------------------------------------------------------------------------------------------------------------------------------


def verbs(doc: Doc, quotes: Quotes, cues: Cues, types: Types) -> list[Draft]:
    found = list(_verbs(doc, quotes, cues, types))
    anchors = {draft.anchor for draft in found}
    return [_shared(doc, draft, cues, anchors) for draft in found]


def _shared(doc: Doc, draft: Draft, cues: Cues, anchors: set[int]) -> Draft:
    """ "A said, and B confirmed, that it was so": both are sources."""
    first = doc[draft.anchor].head
    takes = {kind for use in cues.verbs.get(lemma_of(first), ()) for kind in use.takes}
    if doc[draft.anchor].dep_ != "conj" or draft.kind != "clause" or first.i in anchors or "clause" not in takes:
        return draft
    others = source_heads(first)
    if not others or others == draft.heads or any(child.dep_ in {"dobj", "prep"} for child in first.children):
        return draft
    return replace(draft, heads=(*others, *draft.heads), cue=(first.i, *draft.cue))


def _verbs(doc: Doc, quotes: Quotes, cues: Cues, types: Types) -> Iterator[Draft]:
    for token in doc:
        if (source := trailing(token)) is not None and token.lemma_.lower() in cues.says and quotes.at(token.i) is None:
            content = contents.cleaned(doc, [(token.sent.start, source.left_edge.i)])
            yield Draft(token.i, (token.i,), members(source), content, "neutral", token.lemma_.lower(), kind="aside")
        elif token.pos_ in {"VERB", "AUX"} and (token.dep_ not in NO_CUE or _behind_quote(token, quotes)):
            lemma = _cue_lemma(token, cues)
            uses = (*cues.verbs.get(lemma, ()), *(cues.verbs.get(token.lemma_.lower(), ()) if " " in lemma else ()))
            draft = _verb(token, lemma, uses, quotes, cues) if uses else None
            if draft is not None and _heard(token, draft, uses, quotes, cues) and _willed(draft, uses, cues, types):
                yield _real(token, draft, cues)


def _behind_quote(verb: Token, quotes: Quotes) -> bool:
    """ "...," added Lund: parsed as an attribute of the name."""
    return verb.dep_ == "amod" and verb.i > 0 and quotes.ending(verb.i - 1) is not None and quotes.at(verb.i) is None


def _verb(verb: Token, lemma: str, uses: Sequence[Use], quotes: Quotes, cues: Cues) -> Draft | None:
    """The first kind of content, of those its uses allow, that the verb has here."""
    for kind in KINDS:
        for use in uses:
            content, more = _verb_content(verb, kind, use, uses, quotes, cues)
            if content and (use.said or not _unnamed(verb.doc, content, cues)):
                cue = tuple(sorted({verb.i, *more, *(c.i for c in verb.children if c.dep_ == "prt")}))
                wide = contents.widened(verb.doc, content, quotes)
                heads = _authors(verb, cues) or _speaker_before(verb, quotes, cues) or source_heads(verb)
                heads = members(named_behind(verb)) or heads if kind == "aside" else heads
                heads = _outside(verb, heads, quotes) if kind in {"quote", "aside"} else heads
                return Draft(verb.i, cue, heads, wide, _stance(verb, use.stance), lemma, kind=kind, said=use.said)
    return None


def _unnamed(doc: Doc, content: Sequence[Range], cues: Cues) -> bool:
    """ "asked not to be named", "spoke on condition of anonymity": nothing of what this is about."""
    words = {doc[i].lower_ for first, last in content for i in range(first, min(last, first + UNNAMED))}
    return not words.isdisjoint(cues.lists["unnamed"])


def _speaker_before(verb: Token, quotes: Quotes, cues: Cues) -> tuple[Token, ...]:
    """ ""The pier," Lund told reporters, "is shut," adding that it leaked": Lund, where the parser hangs it on the quoted words."""
    here = quotes.at(verb.i)
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or here is not None or quotes.at(verb.head.i) is None:
        return ()
    before = (verb.doc[i] for i in range(verb.i - 1, verb.sent.start - 1, -1) if quotes.at(i) is None)
    said = next((token for token in before if token.lemma_.lower() in cues.verbs and subject(token) is not None), None)
    return source_heads(said) if said is not None else ()


def _authors(verb: Token, cues: Cues) -> tuple[Token, ...]:
    """ "The mayors sent a letter opposing the plan", "a letter that says": the mayors."""
    paper = verb.head
    carried = verb.dep_ in {"acl", "relcl"} and verb.i > paper.i and paper.dep_ == "dobj"
    own = subject(verb)
    theirs = (own is None and verb.tag_ == "VBG") or (own is not None and own.lower_ in RELATIVES)
    if not (carried and theirs and paper.lemma_.lower() in cues.lists["settings"] | set(cues.nouns)):
        return ()
    return source_heads(paper.head) if paper.head.lemma_.lower() in cues.lists["support"] else ()


def _real(verb: Token, draft: Draft, cues: Cues) -> Draft:
    """What somebody could or wants to know, believe or promise, or "should add", he has not said yet."""
    thought = draft.stance in {"factive", "belief", "promise"} and draft.kind != "quote"
    return replace(draft, said=False) if (thought or draft.kind == "aside") and is_unreal(verb, cues) else draft


def _willed(draft: Draft, uses: Sequence[Use], cues: Cues, types: Types) -> bool:
    """What is thought, wanted, praised or promised is somebody's; papers and figures only say, show and claim."""
    if draft.kind == "aside" and all(head.i > draft.anchor for head in draft.heads[:1]):
        return not draft.heads or any(is_person_like(h, cues, types) or is_paper(h, cues, types) for h in draft.heads)
    if (
        draft.stance == "accusation"
        or draft.kind == "aside"
        or (draft.kind == "quote" and any("aside" in use.takes for use in uses))
    ):
        return True
    speaking = draft.said and draft.kind in {"clause", "that"} and draft.stance not in {"belief", "promise"}
    shown = draft.kind in {"quote", "as"} or draft.lemma in cues.lists["showing"]
    speaking = speaking or (shown and any(is_paper(head, cues, types) for head in draft.heads))
    return speaking or not draft.heads or any(is_person_like(head, cues, types) for head in draft.heads)


def _outside(verb: Token, heads: tuple[Token, ...], quotes: Quotes) -> tuple[Token, ...]:
    """A speaker is not among the words he says: where the parser took one from there, the noun next to the verb."""
    here = quotes.at(verb.i)
    if heads and all(quotes.at(head.i) == here and head.pos_ in NOMINAL for head in heads):
        return heads
    near = nearby(verb, lambda at: quotes.at(at) != here) or inverted(verb) or before_apposition(verb)
    return members(near) or tuple(head for head in heads if quotes.at(head.i) == here)


def _verb_content(
    verb: Token, kind: str, use: Use, uses: Sequence[Use], quotes: Quotes, cues: Cues
) -> tuple[tuple[Range, ...], tuple[int, ...]]:
    """The content of one kind, and further words of the cue."""
    if kind == "preposition":
        governed = [word for word in use.takes if word in PREPOSITIONS]
        found, at = contents.prepositional(verb, governed, of_object=use.stance == "accusation")
        return found, (at,) if found else ()
    if kind not in use.takes:
        return (), ()
    says = any("aside" in one.takes for one in uses)
    if kind == "quote":
        found = contents.quoted_words(verb, quotes, fragments=says)
        return (contents.merged([*found, *contents.right_clause(verb)]) if found else ()), ()
    if kind == "event":
        told = is_passive(verb) and agent(verb) is not None  # "the plan was confirmed by the mayor": whatever it is
        return contents.noun_object(verb, (lambda _: True) if told else cues.is_event), ()
    if kind == "clause":
        return contents.right_clause(verb, finite=not says), ()
    return CONTENT[kind](verb, quotes), ()


def _stance(verb: Token, stance: Stance) -> Stance:
    negated = any(child.dep_ == "neg" for child in verb.children)
    return NEGATED.get(stance, stance) if negated else stance


def _heard(verb: Token, draft: Draft, uses: Sequence[Use], quotes: Quotes, cues: Cues) -> bool:
    """Inside quoted speech only what others are said to say counts: "I think" there is the speaker's own voice."""
    generic = cues.lists["generic"]
    if draft.heads and _is_generic(draft.heads[0], generic):
        return False
    if quotes.at(verb.i) is None:
        return bool(draft.heads) or _impersonal(verb, draft)
    named = bool(draft.heads) and draft.heads[0].pos_ != "PRON"
    return named and any("aside" in use.takes for use in uses)


def _is_generic(head: Token, generic: frozenset[str]) -> bool:
    """ "one", "anybody", but not "one of the lawyers"."""
    named = any(child.lower_ == "of" for child in head.children)
    return not named and (head.lemma_.lower() in generic or head.lower_ in generic)


def _impersonal(verb: Token, draft: Draft) -> bool:
    """Without a source only a passive speaks of someone's words or thoughts: "is believed to"."""
    speaks = draft.kind in {"clause", "that", "to", "aside"} and draft.said
    speaks = speaks or (draft.stance == "accusation" and draft.kind == "preposition")
    return is_passive(verb) and speaks and draft.stance in {"belief", "claim", "accusation", "neutral"}


# ---- nouns and adjectives ---------------------------------------------------------------------------------------------------------------


def nouns(doc: Doc, quotes: Quotes, cues: Cues, types: Types) -> Iterator[Draft]:
    """ "Ana's claim that", "allegations of fraud by", "made a promise to"."""
    for token in doc:
        uses = cues.nouns.get(token.lemma_.lower(), ()) if token.pos_ == "NOUN" else ()
        if not uses or quotes.at(token.i) is not None:
            continue
        heads, carrier = _noun_source(token, cues)
        willed = not heads or any(is_person_like(head, cues, types) for head in heads)
        for use in (one for one in uses if one.said or willed):
            content = _noun_content(token, use, named=bool(heads))
            if content:
                cue = tuple(sorted({token.i, *carrier}))
                lemma, over = token.lemma_.lower(), token.head.i if token.dep_ in {"dobj", "nsubjpass"} else None
                yield Draft(token.i, cue, heads, content, use.stance, lemma, kind="noun", said=use.said, governor=over)
                break


def _noun_source(noun: Token, cues: Cues) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    """The possessor, the by-phrase, a name before it, or the subject of the verb that carries it (then that verb too)."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None) or agent(noun) or _from(noun)
    press = by_phrase(noun, "in")
    if owner is None and press is not None and press.lemma_.lower() in cues.lists["media"] | {"media"}:
        owner = press  # "reports in the Turkish press"
    if owner is None:
        parts = [c for c in noun.children if c.dep_ == "compound"]
        owner = next((c for c in parts if c.pos_ == "PROPN" or c.lemma_.lower() in cues.lists["speakers"]), None)
    verb = noun.head
    carried = noun.dep_ == "dobj" and verb.lemma_.lower() in cues.lists["support"]
    if carried and (owner is None or (owner.pos_ == "PRON" and source_heads(verb))):
        return source_heads(verb), (verb.i,)  # "the bishop threw his support behind her": the bishop
    return members(owner), ()


def _from(noun: Token) -> Token | None:
    """ "criticism from bishops"; the parser may hang it on the verb: "drew criticism from bishops"."""
    own = by_phrase(noun, "from")
    return by_phrase(noun.head, "from") if own is None and noun.dep_ == "dobj" else own


def _noun_content(noun: Token, use: Use, named: bool) -> tuple[Range, ...]:
    by = [name for name in (agent(noun), by_phrase(noun, "from"), by_phrase(noun, "in")) if name is not None]
    for child in (*noun.children, *(clause for name in by for clause in name.children if contents.marked(clause))):
        if child.i > noun.i and child.dep_ in {"acl", "ccomp", "relcl"} and child.pos_ in {"VERB", "AUX"}:
            words = {c.lower_ for c in child.children if c.dep_ in {"mark", "aux"}}
            words |= {"that"} if contents.marked(child) else set()
            if ("clause" in use.takes and words & {"that", "whether"}) or (
                "to" in use.takes and "to" in words and named
            ):
                return contents.cleaned(noun.doc, [contents.subtree(child)])
    if not named:
        return ()
    governed = [word for word in use.takes if word in PREPOSITIONS]
    found = contents.prepositional(noun, governed)[0]
    if not found and noun.dep_ == "dobj":  # "threw its support behind", "hurled insults at"
        found, at = contents.prepositional(noun.head, governed)
        found = found if at == noun.right_edge.i + 1 else ()
    return found


def adjectives(doc: Doc, quotes: Quotes, cues: Cues, types: Types) -> Iterator[Draft]:
    """ "officials are convinced that"."""
    for token in doc:
        # "convinced" is a verb's form too
        lemma = token.lower_ if token.lower_ in cues.adjectives else token.lemma_.lower()
        uses = cues.adjectives.get(lemma, ()) if token.dep_ in ADJECTIVES else ()
        if not uses or quotes.at(token.i) is not None:
            continue
        verb = token.head if token.dep_ == "acomp" else token
        heads = source_heads(verb)
        for use in uses:
            content = _adjective_content(token, use)
            if heads and content and any(is_person_like(head, cues, types) for head in heads):
                yield Draft(token.i, (token.i,), heads, content, use.stance, lemma, kind="adjective", said=use.said)
                break


def _adjective_content(adjective: Token, use: Use) -> tuple[Range, ...]:
    if "clause" in use.takes and (found := contents.right_clause(adjective)):
        return found
    if "to" in use.takes and (found := contents.infinitive(adjective)):
        return found
    return contents.prepositional(adjective, [word for word in use.takes if word in PREPOSITIONS])[0]


# ---- phrases ----------------------------------------------------------------------------------------------------------------------------


def holders(doc: Doc, cues: Cues) -> Iterator[Draft]:
    """ "according to", "in the view of": the whole sentence without the phrase itself."""
    words = [token.lower_ for token in doc]
    firsts = {holder.words[0] for holder in cues.holders}
    places = [at for at, word in enumerate(words) if word in firsts]
    for holder in cues.holders:
        size = len(holder.words)
        for at in places:
            if tuple(words[at : at + size]) == holder.words and at + size < len(words):
                name = _pobj(doc[at + size - 1])
                if name is not None and name.lemma_.lower() not in cues.lists["not_holders"]:
                    end = _end(name)
                    more = _and_to(doc, end, words[at + size - 1])
                    end = more.right_edge.i + 1 if more is not None else end
                    phrase = _phrase(doc, range(at, at + size), name, end, holder.stance)
                    yield replace(phrase, heads=(*phrase.heads, *members(more)))


def polls(doc: Doc, quotes: Quotes, cues: Cues) -> Iterator[Draft]:
    """ "In a poll of Friday, Lund led by two points"; "in the polls" alone names none."""
    for token in doc:
        before = token.head
        if not (token.dep_ == "pobj" and before.lower_ == "in" and token.lemma_.lower() in cues.lists["polls"]):
            continue
        governor = before.head
        one = token.tag_ == "NN" or any(child.dep_ in {"amod", "compound", "nummod"} for child in token.children)
        one = one or any(child.dep_ == "det" and child.lower_ != "the" for child in token.children)
        if not one or quotes.at(token.i) is not None or governor.lemma_.lower() in cues.says:
            continue
        phrase = _phrase(doc, (before.i,), token, token.right_edge.i + 1, "neutral")
        own = contents.cleaned(doc, [(governor.left_edge.i, before.i)]) if governor.pos_ == "NOUN" else phrase.content
        yield replace(phrase, content=own)


def _end(name: Token) -> int:
    """Behind the phrase; at its first comma where the parser drew the whole rest of the sentence into it."""
    doc, end = name.doc, name.right_edge.i + 1
    last = all(token.is_punct or token.is_space for token in doc[end : name.sent.end])
    swallowed = last and name.head.head.dep_ == "ROOT"
    comma = next((i for i in range(name.i + 1, end) if doc[i].text == ","), None)
    return comma if swallowed and comma is not None else end


def _pobj(preposition: Token) -> Token | None:
    return next((c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}), None)


def _and_to(doc: Doc, at: int, preposition: str) -> Token | None:
    """ "according to A, and to B": B."""
    while at < len(doc) and doc[at].text == ",":
        at += 1
    again = at + 1 < len(doc) and doc[at].lower_ == "and" and doc[at + 1].lower_ == preposition
    return _pobj(doc[at + 1]) if again else None


def possessive_holders(doc: Doc, cues: Cues) -> Iterator[Draft]:
    """ "in his view", "by the minister's own account"."""
    for token in doc:
        for before, lemmas, stance in cues.possessive_holders:
            if token.dep_ == "pobj" and token.lemma_.lower() in lemmas and token.head.lower_ in before:
                owner = next((c for c in token.children if c.dep_ == "poss"), None)
                if owner is not None:
                    yield _phrase(doc, (token.head.i, token.i), owner, token.right_edge.i + 1, stance)


def _phrase(doc: Doc, cue: Sequence[int], name: Token, end: int, stance: Stance) -> Draft:
    sent = doc[cue[0]].sent
    content = contents.cleaned(doc, contents.without([(sent.start, sent.end)], (cue[0], end)))
    lemma = " ".join(doc[i].lower_ for i in cue)
    return Draft(cue[0], tuple(cue), members(name), content, stance, lemma, kind="holder")
