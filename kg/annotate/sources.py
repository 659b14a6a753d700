"""Who is credited: the source of a cue, its words, and the members of a co-ordination."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kg.annotate.parsed import Doc, Token
from kg.model import Mention, Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
EXPLETIVES = frozenset({"it", "there", "this", "that"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON"})
TIMES = frozenset({"DATE", "TIME"})  # of the entity recogniser: "said Monday"
AFTER = frozenset({"dobj", "dep", "npadvmod", "attr"})  # what a subject behind its verb is taken for
APPOSITION = 25  # most words between the commas
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "use"})
# a verb without a subject of its own, and the arc by which it hangs on one that has it
SHARED = frozenset({"conj", "advcl", "xcomp", "pcomp", "prep", "dep", "ccomp", "parataxis"})


def source_heads(cue: Token) -> tuple[Token, ...]:
    """The head words of the sources of a verb (or other predicate), empty where nobody is named."""
    if (lost := _lost_subject(cue)) is not None:
        return members(lost)
    if is_passive(cue):
        return members(agent(cue))
    own = _added_subject(cue) or subject(cue)
    if own is None:
        own = passed_on(cue) or shared_subject(cue)
    if own is None or (own.lower_ in {"there", "it"} and (_expletive(cue) or _stands_for(own, cue))):
        return ()
    if own.head.i == cue.i and (name := name_before(own)) is not None:
        return members(name)
    others = [c for c in cue.children if c.dep_ == "nsubj" and own.i < c.i < cue.i]
    if others and own.lower_ in RELATIVES:
        return members(others[-1])  # "a system which critics say is unfair"
    if others and others[0].pos_ == "PROPN" and others[0].left_edge.i == own.right_edge.i + 1:
        return members(others[0])  # "the news agency Xinhua" as two subjects
    if others and cue.doc[own.i + 1].text == "-" and not own.whitespace_:
        return members(others[-1])  # "her ex-husband" as three subjects
    more = others if _added(own) or _listed(own, others) else []
    return (*members(own), *(head for one in more for head in members(one)))


def _lost_subject(verb: Token) -> Token | None:
    """ "Lund, a baker from Oslo, compared it to a dream", parsed as a name that was compared."""
    name = verb.head
    added = any(child.dep_ == "appos" and child.i < verb.i for child in name.children)
    closed = verb.doc[verb.i - 1].text == "," and verb.tag_ in {"VBN", "VBD"} and verb.dep_ == "acl"
    return name if closed and added and name.dep_ == "ROOT" and name.pos_ == "PROPN" and agent(verb) is None else None


def name_before(subject: Token) -> Token | None:
    """ "Lund, the mayor of Oslo, told": where the parser took what is added for the subject."""
    doc, at = subject.doc, subject.left_edge.i - 2
    name = doc[at] if at >= subject.sent.start and doc[at + 1].text == "," and subject.pos_ == "NOUN" else None
    added = "," in {doc[subject.right_edge.i].text, _behind(subject)}
    beside = name is not None and name.pos_ == "PROPN" and name.head.i == subject.head.i and name.dep_ not in SUBJECTS
    return name if beside and added else None


def _stands_for(pronoun: Token, cue: Token) -> bool:
    """ "it is hard to explain"."""
    return pronoun.head.i != cue.i and pronoun.head.lemma_ in {"be", "seem", "appear", "take"}


def _listed(first: Token, others: Sequence[Token]) -> bool:
    """ "The premier, his spokesman and two ministers said": parsed as two subjects."""
    comma = bool(others) and _behind(first) == ","
    return comma and any(child.dep_ == "conj" for child in others[0].children)


def _added_subject(verb: Token) -> Token | None:
    """ "Speaking on Radio Lagos, the chief said": parsed as what speaks."""
    if not any(child.dep_ == "csubj" and child.tag_ == "VBG" and child.i < verb.i for child in verb.children):
        return None
    at = verb.doc[verb.i - 1]
    while at.dep_ in {"pobj", "prep", "compound"} and at.head.i < verb.i:
        at = at.head
    return at if at.dep_ == "appos" and verb.doc[at.left_edge.i - 1].text == "," else None


def _added(noun: Token) -> bool:
    """ "officers as well as a judge": parsed as two subjects."""
    return any(child.dep_ == "cc" and child.i > noun.i for child in noun.children)


def subject(verb: Token) -> Token | None:
    subjects = (child for child in verb.children if child.dep_ in SUBJECTS)
    named = (c for c in subjects if c.i < verb.i or c.ent_type_ not in TIMES)  # "Lund said Monday"
    return next((child for child in named if not _is_label(child)), None)


def _is_label(noun: Token) -> bool:
    """What stands before the colon in "The Latest: Lund says"."""
    return _behind(noun) == ":"


def _behind(noun: Token) -> str:
    """The word or mark right behind a phrase, empty at the end of the text."""
    behind = noun.right_edge.i + 1
    return noun.doc[behind].text if behind < len(noun.doc) else ""


def is_passive(verb: Token) -> bool:
    deps = {child.dep_ for child in verb.children}
    active = deps & {"aux", "dobj", "nsubj"}  # "the mayor noted Friday that" has only its subject to show it
    has = "dobj" in deps and any(child.dep_ == "auxpass" and child.text in {"'s", "’s"} for child in verb.children)
    return verb.tag_ == "VBN" and not has and bool(deps & {"auxpass", "nsubjpass"} or not active)


def passed_on(verb: Token) -> Token | None:
    """ "quoted him as saying", "was quoted as saying": who is quoted."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as":
        return None
    quoting = verb.head.head
    roles = {"nsubjpass"} if is_passive(quoting) else {"dobj"}
    return next((child for child in reversed(list(quoting.children)) if child.dep_ in roles), None)


def agent(verb: Token) -> Token | None:
    """The noun of the by-phrase."""
    return by_phrase(verb, "by")


def by_phrase(head: Token, preposition: str) -> Token | None:
    """The noun after a preposition."""
    by = next((c for c in head.children if c.dep_ in {"agent", "prep"} and c.lower_ == preposition), None)
    return next((child for child in by.children if child.dep_ == "pobj"), None) if by else None


def shared_subject(verb: Token) -> Token | None:
    """The subject a verb shares with the verb it hangs on, or the noun it describes."""
    at = verb
    for _ in range(6):
        head = at.head
        if head.i == at.i:
            return None
        if at.dep_ in {"acl", "relcl"}:
            return head if head.pos_ in {"NOUN", "PROPN", "PRON"} else None
        if at.dep_ not in SHARED:
            return None
        controlled = _controlled(head, at)
        if controlled is not None:
            return controlled
        found = subject(head)
        if found is not None and found.i != verb.i:
            return agent(head) if is_passive(head) and agent(head) is not None else found
        at = head
    return None


def _controlled(head: Token, verb: Token) -> Token | None:
    """ "forced them to admit": the object acts in the infinitive."""
    if verb.dep_ != "xcomp" or head.lemma_ in SUBJECT_CONTROL:
        return None
    return next((c for c in head.children if c.dep_ == "dobj" and head.i < c.i < verb.i), None)


def nearby(verb: Token, taken: Callable[[int], bool]) -> Token | None:
    """The noun phrase right after or before an inverted cue that the parser gave another subject; `taken`: not there."""
    for at in (verb.i + 1, verb.i - 1) if _inverts(verb) else (verb.i - 1,):
        inside = verb.sent.start <= at < verb.sent.end and not taken(at)
        if inside and (verb.doc[at].pos_ in {"NOUN", "PROPN", "PRON", "DET"}):
            chunk = next((c for c in verb.sent.noun_chunks if c.start <= at < c.end), None)
            outside = chunk is not None and not (chunk.start <= verb.i < chunk.end)
            if chunk is not None and outside and chunk.root.ent_type_ not in TIMES:
                return chunk.root
    return None


def before_apposition(verb: Token) -> Token | None:
    """ "Lund, a baker from Oslo, said": where the parser gave the verb no subject."""
    doc, at = verb.doc, verb.i - 1
    if at <= verb.sent.start or doc[at].text not in {",", ")"}:
        return None
    opening = "," if doc[at].text == "," else "("
    start = next((i for i in range(at - 1, max(verb.sent.start, at - APPOSITION), -1) if doc[i].text == opening), None)
    name = doc[start - 1] if start is not None and start > verb.sent.start else None
    return name if name is not None and name.pos_ == "PROPN" and name.ent_type_ not in TIMES else None


def trailing(verb: Token) -> Token | None:
    """The source of a clause at the end of a sentence that was parsed as its noun's participle: ", the agency reported on Monday."."""
    noun = verb.head
    if (
        verb.dep_ != "acl"
        or verb.tag_ not in {"VBN", "VBD"}
        or noun.i > verb.i
        or noun.dep_ not in {"dobj", "appos", "pobj", "conj"}
    ):
        return None
    start = noun.left_edge.i
    ends = all(token.is_punct for token in verb.doc[verb.right_edge.i + 1 : verb.sent.end])
    bare = all(
        child.dep_ in {"npadvmod", "advmod", "prep", "punct"} and child.lower_ != "by" for child in verb.children
    )
    behind_comma = start > verb.sent.start and verb.doc[start - 1].text == ","
    return noun if behind_comma and ends and bare and noun.right_edge.i == verb.right_edge.i else None


def _inverts(verb: Token) -> bool:
    """Whether a subject may follow: not behind an infinitive or participle, nor behind "told", where the hearer stands."""
    helped = any(child.dep_ in {"aux", "neg"} for child in verb.children)
    infinitive = verb.tag_ == "VB" and helped  # not of ""Shut," read a sign"
    return not infinitive and verb.tag_ != "VBG" and verb.lemma_ != "tell"


def inverted(verb: Token) -> Token | None:
    """ "replied another user", "added Lund": the subject right after its verb, parsed as an object or as what is added."""
    if verb.dep_ == "amod":
        return verb.head if verb.head.pos_ == "PROPN" else None
    after = verb.doc[verb.i + 1] if verb.i + 1 < verb.sent.end else verb
    if after.i == verb.i or not _inverts(verb):
        return None
    named = (c for c in verb.children if c.dep_ in AFTER and c.left_edge.i == after.i and c.ent_type_ not in TIMES)
    return next((child for child in named if child.pos_ in {"NOUN", "PROPN", "PRON", "DET"}), None)


def named_behind(verb: Token) -> Token | None:
    """Who it is in ", reported the Post", where no quoted words stand before."""
    name = inverted(verb) if subject(verb) is None and verb.dep_ == "conj" and verb.tag_ == "VBD" else None
    definite = name is not None and (name.pos_ == "PROPN" or name.left_edge.pos_ == "DET")
    return name if name is not None and definite and name.ent_type_ not in TIMES else None


def antecedent(token: Token) -> Token:
    """The noun a relative pronoun stands for, else the token itself."""
    if token.lower_ in RELATIVES and token.tag_ in {"WP", "WDT"}:
        clause = token.head
        while clause.dep_ not in {"relcl", "ROOT"} and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ == "relcl" and clause.head.i < token.i:
            return clause.head
    return token


def _expletive(verb: Token) -> bool:
    """ "it is said", "it seems that": the pronoun stands for the clause that follows."""
    return is_passive(verb) or verb.lemma_ in {"seem", "appear", "be"}


def members(head: Token | None) -> tuple[Token, ...]:
    """The heads of a co-ordination: "A, B and C" has three."""
    if head is None:
        return ()
    others = [one for child in head.children if _is_member(child) for one in members(child)]
    return tuple(others) if others and _is_title(head, others[0]) else (head, *others)


def _is_member(child: Token) -> bool:
    """Also of "the Post, the Times and CNN", parsed as added to the first."""
    comma = child.doc[child.left_edge.i - 1].text == ","
    names = comma and child.pos_ == child.head.pos_ == "PROPN" and any(one.dep_ == "conj" for one in child.children)
    well = any(c.dep_ == "cc" and c.lower_ == "as" and c.i < child.i for c in child.head.children)  # "as well as"
    added = (child.dep_ == "appos" and names) or (child.dep_ in {"npadvmod", "appos"} and well)
    return (child.dep_ == "conj" or added) and child.pos_ in NOMINALS


def _is_title(noun: Token, name: Token) -> bool:
    """ "former director and now contributor Ed Lund" is one person."""
    bare = noun.tag_ == "NN" and not any(child.dep_ in {"det", "poss", "nummod"} for child in noun.children)
    return bare and name.pos_ == "PROPN" and any(c.dep_ == "compound" and c.pos_ == "NOUN" for c in name.children)


def source_spans(heads: Sequence[Token], cue: Sequence[int]) -> Iterator[tuple[Span, Token]]:
    """The words of each source and its head; of "U.S. and Iraqi officials" each adjective counts."""
    for head in heads:
        first, last = _noun_phrase(head, cue)
        for start, end, token in _split_adjectives(head, first, last):
            doc = head.doc
            yield Span(doc[start].idx, doc[end].idx + len(doc[end])), token


def _noun_phrase(head: Token, cue: Sequence[int]) -> tuple[int, int]:
    """First and last token of a noun phrase without relative clauses, other members, or anything beyond the cue."""
    first, last = head.i, head.i
    if head.lower_ in RELATIVES:
        return first, last
    if head.i > 1 and head.doc[head.i - 1].text == "-" and not head.doc[head.i - 2].whitespace_:
        first = min(first, head.doc[head.i - 2].left_edge.i)  # "her ex-husband"
    for child in head.children:
        if child.i < head.i and child.dep_ not in {"punct", "cc", "preconj", "conj", "relcl", "acl"}:
            first = min(first, child.left_edge.i)
        elif child.i == head.i + 1 and child.dep_ == "amod" and head.pos_ in {"DET", "PRON"}:
            last = child.right_edge.i
        elif child.i > head.i and child.dep_ in {"prep", "appos", "case", "nummod", "poss", "compound", "nmod"}:
            if _own(child) and not _is_member(child) and child.left_edge.i <= last + 2:
                last = max(last, _right(child))
        elif child.i > head.i and child.dep_ in {"acl", "relcl"} and child.left_edge.i == last + 1:
            last = child.right_edge.i if not any(child.left_edge.i <= i <= child.right_edge.i for i in cue) else last
        elif child.i > head.i and child.dep_ == "punct" and child.text == "-" and child.i == last + 1:
            last = min(child.i + 1, head.sent.end - 1)
    inside = [i for i in cue if first <= i <= last and i != head.i]
    before = [i for i in inside if i < head.i]
    after = [i for i in inside if i > head.i]
    first = max(before) + 1 if before else first
    last = min(after) - 1 if after else last
    first = max([first, *(i + 1 for i in range(first, head.i) if is_mark(head.doc[i]))])
    last = min([last, *(i - 1 for i in range(head.i + 1, last + 1) if is_mark(head.doc[i]))])
    while last > head.i and (head.doc[last].is_punct or head.doc[last].is_space or head.doc[last].tag_ == "POS"):
        last -= 1
    while first < head.i and (head.doc[first].is_punct or head.doc[first].is_space or _is_both(head.doc[first], head)):
        first += 1
    return first, last


def _is_both(word: Token, head: Token) -> bool:
    """ "Both" before a name."""
    return word.lower_ in {"both", "neither", "either"} and head.pos_ == "PROPN"


def is_mark(token: Token) -> bool:
    """A quotation mark, not the apostrophe of "the engineers' report"."""
    return token.is_quote and token.tag_ != "POS"


def _own(child: Token) -> bool:
    """A prepositional phrase or apposition without a verb or a pause that belongs to something else."""
    return not any(token.pos_ == "VERB" and token.dep_ in {"ROOT", "ccomp"} for token in child.subtree)


def _right(child: Token) -> int:
    """The right edge without a relative clause."""
    cut = [t.left_edge.i for t in child.subtree if t.dep_ in {"relcl", "advcl"}]
    edge = child.right_edge.i
    return min([edge, *[i - 1 for i in cut if i > child.i]])


def _split_adjectives(head: Token, first: int, last: int) -> Iterator[tuple[int, int, Token]]:
    """First and last token and head of each part of "U.S., Omani and western agencies"."""
    doc = head.doc
    pieces: list[list[int]] = [[]]
    for i in range(first, head.i):
        if doc[i].text in {",", "and", "or", "&"}:
            pieces.append([])
        else:
            pieces[-1].append(i)
    if head.pos_ != "NOUN" or len(pieces) < 2 or not all(_adjectival(doc, piece) for piece in pieces):
        yield first, last, head
        return
    for piece in pieces[:-1]:
        start = piece[0] if doc[piece[0]].pos_ != "DET" else piece[1]
        yield start, piece[-1], doc[piece[-1]]
    yield pieces[-1][0], last, head


def _adjectival(doc: Doc, piece: list[int]) -> bool:
    """A name or an adjective of origin, at most three words."""
    words = [doc[i] for i in piece if doc[i].pos_ not in {"DET", "NUM"}]
    return 0 < len(words) <= 4 and words[0].pos_ in {"ADJ", "PROPN"} and doc[piece[0]].tag_ not in {"JJS", "PRP$"}


def mention_of(token: Token, mentions: Sequence[Mention]) -> int | None:
    """The index of the smallest mention whose head holds the token, or what the relative pronoun stands for."""
    found = _mention_at(token, mentions)
    return _mention_at(antecedent(token), mentions) if found is None else found


def _mention_at(token: Token, mentions: Sequence[Mention]) -> int | None:
    best: int | None = None
    for number, mention in enumerate(mentions):
        if mention.head.start <= token.idx < mention.head.end and (
            best is None or mention.span.end - mention.span.start < mentions[best].span.end - mentions[best].span.start
        ):
            best = number
    return best
