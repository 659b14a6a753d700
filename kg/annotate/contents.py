"""What is said: the words a cue governs, as ranges of tokens (first, after the last)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.annotate.parsed import Doc, Span, Token
from kg.annotate.quotations import Quotation, quotations
from kg.annotate.sources import (
    SUBJECTS,
    agent,
    before_apposition,
    inverted,
    is_mark,
    name_before,
    named_behind,
    subject,
)

Range = tuple[int, int]
DASHES = frozenset({"-", "--", "—", "―", "–"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CONJUNCTIONS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "where", "when", "which"})
# quoted words that are no sentence but more than a scare quote
FRAGMENT = 5
# what belongs to the inserted clause ", a spokesman told her on Monday in Quito," beside verb and subject
WITH_CUE = frozenset(
    ["aux", "auxpass", "neg", "advmod", "npadvmod", "prt", "prep", "dobj", "dative", "agent", "oprd", "tmod"]
)


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations of a Doc; `spans[k]` is the token range of quotation k with its marks."""

    all: tuple[Quotation, ...]
    spans: tuple[Range, ...]

    @classmethod
    def of(cls, doc: Doc) -> Quotes:
        pairs = [(quote, _expanded(doc, quote)) for quote in quotations(doc)]
        kept = [(quote, span) for quote, span in pairs if span is not None]
        return cls(tuple(quote for quote, _ in kept), tuple((span.start, span.end) for _, span in kept))

    def at(self, token: int) -> int | None:
        """The quotation that holds the token."""
        return next((k for k, (start, end) in enumerate(self.spans) if start <= token < end), None)

    def starting(self, token: int) -> int | None:
        return next((k for k, (start, _) in enumerate(self.spans) if start == token), None)

    def ending(self, token: int) -> int | None:
        """The quotation whose last token this is."""
        return next((k for k, (_, end) in enumerate(self.spans) if end == token + 1), None)

    def run(self, k: int) -> range:
        """The quotation with those that carry it on in the paragraphs before and after."""
        first = last = k
        while self.all[first].follows:
            first -= 1
        while last + 1 < len(self.all) and self.all[last + 1].follows:
            last += 1
        return range(first, last + 1)

    def ranges(self, k: int) -> list[Range]:
        return [self.spans[one] for one in self.run(k)]


def _expanded(doc: Doc, quote: Quotation) -> Span | None:
    return doc.char_span(quote.span.start, quote.span.end, alignment_mode="expand")


def complement(verb: Token, dep: str) -> Token | None:
    """What a word governs to its right under a label: a clause, an object."""
    return next((child for child in verb.children if child.dep_ == dep and child.i > verb.i), None)


def that_clause(verb: Token) -> Range | None:
    """The clause with "that" which the parser hung on who was told, on the occasion, or put above its cue."""
    told = [c for c in verb.children if c.dep_ in {"dobj", "dative"}] + [t for t in [agent(verb)] if t is not None]
    told += [t for c in verb.children if c.dep_ == "prep" and c.i > verb.i for t in c.children if t.dep_ == "pobj"]
    for clause in (child for noun in told for child in noun.children if child.dep_ in {"relcl", "acl"}):
        if marked(clause) is not None and clause.i > verb.i:
            return subtree(clause)
    return _turned(verb) if verb.dep_ == "ccomp" and verb.head.i > verb.i else None


def _turned(verb: Token) -> Range | None:
    """The clause with "that" which the parser put above its cue, or beside it: "A said in a speech that B came, C reported"."""
    for clause in (verb.head, *(c for c in verb.head.children if c.dep_ == "ccomp" and c.i > verb.i)):
        mark = marked(clause)
        if mark is not None and mark.i > verb.i:
            return mark.i, clause.right_edge.i + 1
    return None


def _loose(verb: Token) -> Range | None:
    """The clause taken for an adverb: "have not said when they will go", "said after the vote he would go"."""
    clause = complement(verb, "advcl")
    own = subject(clause) if clause is not None and is_finite(clause) else None
    if clause is None or own is None or complement(verb, "dobj") or any(c.dep_ == "mark" for c in clause.children):
        return None
    first = next((c.lower_ for c in clause.children if c.tag_ == "WRB"), None)
    if first is None:
        return own.left_edge.i, clause.right_edge.i + 1
    denied = any(child.dep_ == "neg" for child in verb.children)
    return subtree(clause) if denied and clause.left_edge.i == verb.i + 1 else None


def _what(verb: Token) -> Range | None:
    """ "this is what the mayor hopes": the pronoun, for there is nothing else."""
    gap = before_relative(verb)
    return (gap.i, gap.i + 1) if gap is not None and gap.lower_ == "what" else None


def marked(clause: Token) -> Token | None:
    """ "that" as a conjunction, with a subject of the clause's own; also where it was taken for a second object."""
    if subject(clause) is None:
        return None
    whole = complement(clause, "dobj") is not None
    that = (c for c in clause.children if c.lower_ == "that" and (c.dep_ == "mark" or (c.dep_ == "dobj" and whole)))
    return next(that, None)


def subtree(token: Token) -> Range:
    return token.left_edge.i, token.right_edge.i + 1


def cue_region(verb: Token, quotes: Quotes) -> Range:
    """The cue verb with its subject and adverbials: the words of an inserted clause."""
    parts = {verb.i}
    for child in verb.children:
        if child.dep_ in WITH_CUE or child.dep_ in SUBJECTS:
            parts.update(_without_clauses(child))
        elif _gesture(child):
            parts.update(_without_clauses(child), [child.left_edge.i - 1])
        if child.dep_ in SUBJECTS and child.i < verb.i:
            name = name_before(child) or child
            parts.update([*range(name.left_edge.i, child.i), child.right_edge.i + 1])
    start = end = verb.i
    while start - 1 in parts and not _between(verb.doc, start - 1, quotes):
        start -= 1
    while end + 1 in parts and not _between(verb.doc, end + 1, quotes):
        end += 1
    lost = before_apposition(verb) if subject(verb) is None else None
    if lost is not None:
        start = next(i for i in range(lost.left_edge.i, lost.i + 1) if not verb.doc[i].is_punct)
    return start, end + 1


def _gesture(part: Token) -> bool:
    """ "he said, shaking his head": what is done meanwhile, not what is said."""
    done = part.dep_ == "advcl" and part.tag_ == "VBG" and part.i == part.left_edge.i > part.head.i
    told = any(child.dep_ in {"ccomp", "xcomp", "advcl"} for child in part.children)
    return done and not told and part.doc[part.i - 1].text == ","


def _without_clauses(part: Token) -> set[int]:
    """The words of a phrase but for what is said in it: "in a statement that he would quit"."""
    said = [t for t in part.subtree if t.dep_ in {"acl", "relcl", "ccomp"} and marked(t) is not None]
    return {t.i for t in part.subtree} - {i for clause in said for i in range(*subtree(clause))}


def _between(doc: Doc, token: int, quotes: Quotes) -> bool:
    return doc[token].is_space or is_mark(doc[token]) or doc[token].text == ":"


def right_clause(verb: Token, finite: bool = False) -> tuple[Range, ...]:
    """The clause to the right of the cue; with `finite` no small one ("saw them leave")."""
    clause = complement(verb, "ccomp")
    if clause is not None and verb.lemma_ == "make" and clause.pos_ == "ADJ":
        clause = next((c for c in clause.children if c.dep_ in {"ccomp", "csubj", "advcl"} and c.i > clause.i), None)
    if clause is None:
        turned = that_clause(verb) or _loose(verb) or _what(verb)
        return cleaned(verb.doc, [turned]) if turned is not None else ()
    if finite and not is_finite(clause):
        return ()
    return cleaned(verb.doc, [subtree(clause)])


def is_finite(clause: Token) -> bool:
    tags = {clause.tag_, *(child.tag_ for child in clause.children if child.dep_ in {"aux", "auxpass"})}
    demanded = clause.tag_ in {"VB", "NN"} and clause.left_edge.lower_ == "that"
    return (bool(tags & FINITE) or demanded) and "TO" not in tags


def marked_clause(verb: Token) -> tuple[Range, ...]:
    """A finite clause that begins with its conjunction or question word."""
    clause = complement(verb, "ccomp")
    if clause is None or clause.left_edge.lower_ not in CONJUNCTIONS:
        return ()
    return right_clause(verb, finite=True)


def quoted_words(verb: Token, quotes: Quotes, fragments: bool) -> tuple[Range, ...]:
    """Quoted words right before and after the cue's clause, with what stands before them in their sentence.

    Without `fragments` a few words in marks do not count ("agreed to the "cruel" plan").
    """
    start, end = cue_region(verb, quotes)
    before = _quote_before(verb, start, quotes)
    after = _quote_after(verb.doc, end, quotes, before is not None)
    found: list[Range] = []
    if before is not None:
        found += quotes.ranges(before)
        found.append((verb.doc[quotes.spans[before][0]].sent.start, quotes.spans[before][1]))
    named = fragments and after is not None and not _is_noun(verb.doc[quotes.spans[after][0] - 1], verb)
    if after is not None and (named or is_speech(verb.doc, quotes.spans[after]) or _long(verb, quotes, after)):
        found += quotes.ranges(after)
    return cleaned(verb.doc, found)


def _is_noun(before: Token, verb: Token) -> bool:
    """ "explained his idea of "justice"", "wrote a book titled "Justice"": no words of whoever explains or writes."""
    named = before.tag_ == "VBN" and before.i != verb.i
    part = before.dep_ in {"det", "amod", "poss", "compound", "nummod"} and before.head.i > before.i
    return before.pos_ == "ADP" or before.tag_ == "POS" or named or part


def _long(verb: Token, quotes: Quotes, k: int) -> bool:
    """More than a scare quote or a call ("chanted "What curfew?""), and right behind the cue or its preposition."""
    first, last = quotes.spans[k]
    before = verb.doc[first - 1]
    calls = verb.doc[last - 2].text in {"?", "!"}
    return (calls or last - first - 2 >= FRAGMENT) and (before.i == verb.i or before.head.i == verb.i)


def _quote_before(verb: Token, start: int, quotes: Quotes) -> int | None:
    """Only a cue with a subject of its own looks back."""
    own = subject(verb) or inverted(verb) or before_apposition(verb)
    at = start - 1
    if verb.doc[start].is_sent_start and at > 0 and verb.doc[at].is_quote and verb.doc[at - 1].text.endswith("."):
        return None
    while at >= 0 and (verb.doc[at].is_space or verb.doc[at].text in {",", "-", "--"}) and start - at < 3:
        if verb.doc[at].is_space and "\n" in verb.doc[at].text:
            return None
        at -= 1
    return quotes.ending(at) if own is not None and at >= 0 else None


def _quote_after(doc: Doc, end: int, quotes: Quotes, resumes: bool) -> int | None:
    """After a comma, a colon (also over a paragraph's end) or nothing; after a full stop only if one stands before the cue too."""
    at = end
    colon = False
    while at < len(doc) and at - end < 4 and quotes.starting(at) is None:
        colon = colon or doc[at].text == ":"
        skip = doc[at].text in {",", ":", "-", "--"} or (resumes and doc[at].text in {".", ";"})
        if not skip and not (doc[at].is_space and (colon or "\n" not in doc[at].text)):
            return None
        at += 1
    return quotes.starting(at)


def is_speech(doc: Doc, span: Range) -> bool:
    """A sentence of its own rather than a word or a title in marks."""
    words = [token for token in doc[span[0] : span[1]] if token.is_alpha]
    begins = span[0] == 0 or doc[span[0]].is_sent_start or doc[span[0] - 1].text in {":", ",", *DASHES}
    begins = begins or doc[span[0] - 1].is_space
    return (
        len(words) >= 3
        and begins
        and words[0].text[0].isupper()
        and any(token.pos_ in {"VERB", "AUX"} for token in words)
    )


def rest_of_sentence(verb: Token, quotes: Quotes) -> tuple[Range, ...]:
    """The sentence around an inserted or trailing cue clause: "The troops, officials said, were sent", "as he said"."""
    if verb.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in verb.children):
        inner = verb.head.dep_ == "ccomp" and verb.i < verb.head.i
        return cleaned(
            verb.doc, without([subtree(verb.head) if inner else (verb.sent.start, verb.sent.end)], subtree(verb))
        )
    start, end = cue_region(verb, quotes)
    sent = verb.sent
    doc = verb.doc
    own = subject(verb) or named_behind(verb)
    if start - 1 <= sent.start or own is None or doc[start - 1].text not in {",", "-", "--", '"', "—"}:
        return ()
    found = [(sent.start, start)]
    if end < sent.end and doc[end].text not in {",", "-", "--", ".", "?", "!", "—", ";"}:
        return ()
    if end + 1 < sent.end and _resumes(doc, (start, end), sent.end):
        found.append((end, sent.end))
    return cleaned(doc, found)


def _resumes(doc: Doc, region: Range, last: int) -> bool:
    """What follows the inserted clause goes on with the sentence, not with the clause."""
    follower = doc[region[1] + 1]
    if follower.text.lower() in {"and", "but", "who", "which", "while", "after", "when", "as", "because", "although"}:
        return False
    while not (region[0] <= follower.head.i < region[1]) and follower.head.i != follower.i:
        follower = follower.head
    return follower.dep_ not in {"advcl", "conj", "cc", "relcl", "acl", "appos", "prep", "dep", "npadvmod"} or not (
        region[0] <= follower.head.i < region[1]
    )


def infinitive(verb: Token) -> tuple[Range, ...]:
    """ "threatened to leave", "urged them to leave", "they are believed to have left" (with the subject)."""
    clause = complement(verb, "xcomp") or complement(verb, "ccomp")
    if clause is None or clause.pos_ not in {"VERB", "AUX"}:
        return ()
    first = min([clause.left_edge.i, *[c.left_edge.i for c in verb.children if c.dep_ == "dobj" and c.i > verb.i]])
    found = [(first, clause.right_edge.i + 1)]
    passive = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    if passive is not None:
        found.append(subtree(passive))
    return cleaned(verb.doc, found)


def predication(verb: Token, quotes: Quotes) -> tuple[Range, ...]:
    """ "called it a success", "described the talks as useful", "called the talks "useful""."""
    small = next((c for c in verb.children if c.dep_ in {"oprd", "ccomp", "xcomp"} and c.i > verb.i), None)
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}), None)
    small = small or next((c for c in verb.children if thing is not None and c.dep_ == "dobj" and c.i > thing.i), None)
    around = [*verb.children, *(thing.children if thing is not None else ())]
    manner = next((c for c in around if c.dep_ == "prep" and c.lower_ == "as" and c.i > verb.i), None)
    last = small if small is not None and small.pos_ != "VERB" else manner
    if last is None:
        return _quoted_predicate(verb, thing, quotes)
    found = [subtree(last)]
    if thing is not None and thing.tag_ not in {"WP", "WDT"}:
        found.append(subtree(thing) if thing.i < verb.i else (thing.left_edge.i, last.right_edge.i + 1))
    return cleaned(verb.doc, found)


def _quoted_predicate(verb: Token, thing: Token | None, quotes: Quotes) -> tuple[Range, ...]:
    """The object with the quoted words right behind it."""
    if thing is None or thing.i < verb.i:
        return ()
    k = next((k for i in range(thing.i + 1, thing.right_edge.i + 2) if (k := quotes.starting(i)) is not None), None)
    return cleaned(verb.doc, [(thing.left_edge.i, quotes.spans[k][1])]) if k is not None else ()


def noun_object(verb: Token, fits: Callable[[Token], bool] = lambda _: True) -> tuple[Range, ...]:
    """ "denied the report"; in the passive its subject. `fits`: what the noun must be."""
    passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    thing = complement(verb, "dobj") or passive
    clause = complement(verb, "ccomp")
    if thing is None and clause is None and (gap := before_relative(verb)) is not None:
        return cleaned(verb.doc, [(gap.left_edge.i, gap.i + 1)]) if fits(gap) else ()
    if thing is None and clause is not None and clause.left_edge.lower_ == "what":
        return cleaned(verb.doc, [subtree(clause)])  # "denounced what it calls a plot"
    if thing is None and verb.dep_ == "acl" and verb.tag_ == "VBN" and agent(verb) is not None and fits(verb.head):
        return cleaned(verb.doc, [(verb.head.left_edge.i, verb.i)])  # "a plan backed by the mayor"
    if thing is None or thing.lower_ in {"who", "which", "that", "it", "this", "what", "so"} or not fits(thing):
        return ()
    return cleaned(verb.doc, [subtree(thing)])


def before_relative(verb: Token) -> Token | None:
    """ "the money that it needs", "what he wants": the noun whose place in the clause is empty, or the pronoun that has none."""
    gap = next((c for c in verb.children if c.dep_ == "dobj" and c.i < verb.i and c.tag_ in {"WP", "WDT", "IN"}), None)
    if gap is not None and gap.lower_ == "what":
        return gap
    return verb.head if verb.dep_ == "relcl" and gap is not None and verb.head.i < gap.i else None


def prepositional(head: Token, words: Sequence[str], of_object: bool = False) -> tuple[tuple[Range, ...], int]:
    """What follows a governed preposition ("warned of"), and that preposition. `of_object`: also one that the parser hung on the object."""
    thing = next((c for c in head.children if c.dep_ == "dobj"), None) or (agent(head) if of_object else None)
    clause = complement(head, "ccomp") or complement(head, "advcl")
    if "for" in words and clause is not None and (at := _for_to(clause)) is not None:
        return cleaned(head.doc, [(at + 1, clause.right_edge.i + 1)]), at
    for child in [*head.children, *(thing.children if thing is not None else ())]:
        if child.dep_ == "prep" and child.lower_ in words and child.i > head.i:
            inner = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
            own = child.head.i == head.i or (of_object and inner is not None and inner.pos_ == "NOUN")
            if inner is not None and (own or inner.dep_ == "pcomp"):
                return cleaned(head.doc, [subtree(inner)]), child.i
            if inner is None and (gap := before_relative(head)) is not None:
                return cleaned(head.doc, [(gap.left_edge.i, gap.i + 1)]), child.i  # "the film that he pointed to"
    return (), -1


def _for_to(clause: Token) -> int | None:
    """The "for" of "called for the film to be shown", inside the clause or right before it."""
    first = clause.left_edge.i
    at = next((i for i in (first, first - 1) if i >= clause.sent.start and clause.doc[i].lower_ == "for"), None)
    return at if "TO" in {child.tag_ for child in clause.children} else None


def cleaned(doc: Doc, ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Trimmed and joined."""
    return merged([trimmed(doc, piece) for piece in ranges])


def trimmed(doc: Doc, content: Range) -> Range:
    """Without white space and punctuation at its ends; quotation marks, and what ends a sentence inside one, stay."""
    start, end = content
    while start < end and (doc[start].is_space or (doc[start].is_punct and not doc[start].is_quote)):
        start += 1
    while start < end and (doc[end - 1].is_space or (doc[end - 1].is_punct and not doc[end - 1].is_quote)):
        end -= 1
    return start, end


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Sorted, overlapping and touching ranges joined."""
    found: list[Range] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def without(content: Iterable[Range], hole: Range) -> tuple[Range, ...]:
    """The content with a hole cut out."""
    parts = [((a, min(b, hole[0])), (max(a, hole[1]), b)) for a, b in content]
    return merged(piece for pair in parts for piece in pair)


def widened(doc: Doc, content: Sequence[Range], quotes: Quotes) -> tuple[Range, ...]:
    """With the rest of a quotation that begins inside and ends in a later sentence or paragraph."""
    found = list(content)
    for k, (start, _) in enumerate(quotes.spans):
        if any(a <= start < b for a, b in content):
            found += quotes.ranges(k)
    return cleaned(doc, found)


def common(left: Iterable[Range], right: Sequence[Range]) -> tuple[Range, ...]:
    """What lies in both."""
    return merged((max(a, c), min(b, d)) for a, b in left for c, d in right)
