"""The values that travel from stage to stage: frozen, standard library only.

Offsets count Unicode code points of `Article.text`, 0-based and end-exclusive, everywhere. A number that points at another value
(`Argument.mention`, `Ref.entity`, ...) is an index into the tuple of that name in the same `Annotated` or `ArticleGraph`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible"]
Tense = Literal["past", "present", "future"]
MentionKind = Literal["name", "nominal", "pronoun"]
BlockKind = Literal["headline", "byline", "dateline", "caption", "boilerplate", "body"]
Quoted = Literal["direct", "indirect", "mixed"]
Stance = Literal["neutral", "factive", "claim", "denial", "accusation", "promise", "belief"]
Comparator = Literal["=", "~", ">", "<", ">=", "<=", "range"]
ClauseKind = Literal["verb", "noun", "copula", "apposition", "title", "link"]
StatementKind = Literal["relation", "quotation", "quantity"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the article's text.

    >>> Span(4, 9).of("The Times wrote")
    'Times'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a reader delivers it; its text is never edited afterwards."""

    source: str  # path relative to the input given, with #id or #line in a container; unique in a build
    text: str
    title: str | None = None
    published: str | None = None  # ISO date
    publisher: str | None = None
    url: str | None = None
    author: str | None = None

    @property
    def digest(self) -> str:
        """sha256 (hex) of what makes this article itself: url, publisher, published, text."""
        parts = (self.url or "", self.publisher or "", self.published or "", self.text)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class WebPage:
    """What was found in a page of HTML by its bytes alone; an empty text: no article. `fault`: why nothing was looked for."""

    text: str = ""
    title: str | None = None
    author: str | None = None
    published: str | None = None  # as the page has it
    publisher: str | None = None
    url: str | None = None
    fault: str | None = None


# ---- annotate: what stands in the text ----


@dataclass(frozen=True, slots=True)
class Block:
    """A layout unit of the text. Only `body` (and, for facts, `headline` and `caption`) blocks are read as prose."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Sentence:
    span: Span
    block: BlockKind


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to an entity, without possessive mark, leading article (names) or trailing relative clause.

    `head` is the head word (names: the whole name). `core` is what names or describes it without determiners and counts.
    """

    span: Span
    kind: MentionKind
    type: str  # class of the ontology, local name
    head: Span
    core: Span
    number: Literal["singular", "plural"] | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3-like expression. `value` is TIMEX3, `edtf` EDTF level 1, `start`/`end` inclusive ISO dates (None: open or unresolved)."""

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    edtf: str | None = None
    start: str | None = None
    end: str | None = None
    governors: tuple[Span, ...] = ()  # words that govern it syntactically, nearest first


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, with what it counts. `value` is None for a range or a vague word; then min and/or max are given."""

    span: Span
    value: float | None
    min: float | None
    max: float | None
    comparator: Comparator
    unit: str | None = None  # ISO 4217 for money, "percent", "kilometre"...; None for plain counts
    counted: Span | None = None  # head word of the counted noun
    additional: bool = False  # "another 25,000", "additional troops"
    governors: tuple[Span, ...] = ()  # words that govern it syntactically, nearest first


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of who-says-so: co-ordinated sources, one cue, one content.

    `outer` is the index of the attribution within whose content (or through whom) this one is reported; a chain is read along it.
    `quotes` are the quoted words without marks, in order, empty for indirect speech. `said` is False where the content is not what
    the source says to be so, but what it praises, opposes, wants or asks for: such a link credits nobody with the facts in it.
    `medium`: the source only heard or read it ("told the Gazette", "a report seen by"): a link of the chain, but no saying of its own.
    """

    sources: tuple[Span, ...]
    source_mentions: tuple[int | None, ...]  # same length as sources: the mention whose head is the source's head
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
    quoted: Quoted
    quotes: tuple[Span, ...] = ()
    outer: int | None = None
    lemma: str = ""  # lemma of the cue
    said: bool = True
    medium: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of a clause under its grammatical role, voice already undone.

    Roles: `subject` (who acts; a by-phrase of a passive; a shared or controlled subject), `object` (also of a passive), `indirect`,
    `complement` (clause or predicate), `possessive` (of a noun), any preposition as itself (`to`, `with`, `in`, `of`, `between` ...; the
    members of a coordination are arguments of their own under the same role), `modifier` (demonym or compound before a noun),
    `title` (the whole role phrase of a title, apposition or copula).
    """

    role: str
    span: Span
    head: Span
    mention: int | None = None
    clause: int | None = None
    shared: bool = False  # found by control, coordination, relative clause or support verb, not an arc of its own


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with its arguments: a verb, an event noun, or a relational noun in a title, apposition or copula; or a `link`.

    `predicate` is the lemma in lower case: verb with its particle ("carry out"), noun ("tribute", "summit"), role noun ("prime minister"),
    or for a link what joins: "'s", "of", "in", ",", "from", "demonym", "-based", "-led" ...
    """

    kind: ClauseKind
    predicate: str
    trigger: Span
    sentence: int
    arguments: tuple[Argument, ...]
    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "past"
    support: str | None = None  # lemma of the light or governing verb of a noun ("pay" tribute)
    features: tuple[str, ...] = ()  # named signs of a good or bad parse and of the construction, for the confidence
    former: bool = False  # "former", "ex-", "then": the state held at another time


@dataclass(frozen=True, slots=True)
class Link:
    """Why a mention belongs to its entity."""

    mention: int
    antecedent: int | None  # None: it founds the entity
    sieve: str
    score: float


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of one article. `key` is the gazetteer's, e.g. "country/PRK", where one is known."""

    type: str
    label: str
    mentions: tuple[int, ...]  # in text order
    links: tuple[Link, ...] = ()
    key: str | None = None
    named: bool = True
    affiliation: int | None = None  # entity index: country or body of a group, government, agency
    group_head: str | None = None  # groups: the class of the head ("soldier")
    restrictions: tuple[str, ...] = ()  # groups: what narrows them ("fallen", "returned")


@dataclass(frozen=True, slots=True)
class Annotated:
    """All that annotate found in one article."""

    article: Article
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    clauses: tuple[Clause, ...]
    attributions: tuple[Attribution, ...]
    times: tuple[TimeExpression, ...]
    quantities: tuple[Quantity, ...]
    entities: tuple[Entity, ...]


# ---- extract: what the text says ----


@dataclass(frozen=True, slots=True)
class Ref:
    """A participant: an entity as it stands here."""

    entity: int
    span: Span


@dataclass(frozen=True, slots=True)
class EventRef:
    """An event of the same article as a participant: what is confirmed, denied, rejected."""

    event: int
    span: Span


@dataclass(frozen=True, slots=True)
class Literal_:
    """A literal object: quoted words or a number as written."""

    value: str
    datatype: str  # local name, "string" or "decimal"
    span: Span


@dataclass(frozen=True, slots=True)
class Source:
    """One source of one link of the chain. `entity` None: described but not resolved to an entity."""

    level: int
    entity: int | None
    label: str
    span: Span
    cue: Span | None
    cue_text: str
    stance: Stance
    attribution: int


@dataclass(frozen=True, slots=True)
class TimeRef:
    edtf: str
    start: str | None
    end: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in a statement."""

    measure: str
    counted: Ref | None
    value: float | None
    min: float | None
    max: float | None
    comparator: Comparator
    unit: str | None
    span: Span
    as_of: TimeRef | None = None
    asserted_at: TimeRef | None = None


@dataclass(frozen=True, slots=True)
class RoleFiller:
    role: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Event:
    """An event of one article. `spans` are its triggers, the first one names it."""

    type: str
    triggers: tuple[Span, ...]
    roles: tuple[RoleFiller, ...]
    time: TimeRef | None = None
    place: Ref | None = None


@dataclass(frozen=True, slots=True)
class OpenPhrase:
    """How an open relation (`relatedTo`) is worded: the article's words, and the clause they make, as a frame would say it."""

    words: str  # "took aim at"
    kind: Literal["verbs", "nouns", "titles"]
    predicate: str  # lemma: "aim"
    subject_role: str
    object_role: str
    support: str | None = None  # nouns: lemma of the verb they stand under ("take")
    head: str | None = None  # verbs: lemma of an object that is no entity ("take" a "stake" in)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that one article says."""

    kind: StatementKind
    predicate: str
    subject: Ref
    object: Ref | EventRef | Literal_
    trigger: Span | None
    evidence: Span
    polarity: Polarity
    certainty: Certainty
    tense: Tense
    chain: tuple[Source, ...] = ()
    event: int | None = None
    roles: tuple[RoleFiller, ...] = ()
    claim: Claim | None = None
    time: TimeRef | None = None
    place: Ref | None = None
    confidence: float = 0.0
    extractor: str = ""
    features: tuple[str, ...] = ()
    asserted: bool = False
    open: OpenPhrase | None = None  # of predicate relatedTo only

    @property
    def voice(self) -> str:
        return "reported" if self.chain else "article"


@dataclass(frozen=True, slots=True)
class SetApart:
    """A statement that a check held back."""

    statement: Statement
    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """What one article says, with all that it rests on.

    `entities` are those of `annotated`, in the same order, and after them those that extract founds (roles).
    """

    annotated: Annotated
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    set_apart: tuple[SetApart, ...] = ()


# ---- across articles ----


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision of a person (judgements.csv) or of the program, with its reason."""

    verdict: Literal["same", "different", "accept", "reject"]
    left: str
    right: str | None
    by: str
    date: str | None = None
    note: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class GlobalEntity:
    iri: str
    type: str
    label: str
    aliases: tuple[str, ...]
    members: tuple[tuple[int, int], ...]  # (article index, local entity index), sorted
    named: bool = True
    affiliation: str | None = None  # IRI
    part_of: str | None = None  # IRI: a restricted group's unrestricted one
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """Local entity -> global entity. `of[(article, entity)]` is an index into `entities`. Judgements say why."""

    entities: tuple[GlobalEntity, ...]
    of: dict[tuple[int, int], int] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles (by index, left before right) of which one repeats the other; `score` is the containment, 0 to 1."""

    left: int
    right: int
    score: float
    kind: Literal["copy", "version"]


ComparisonKind = Literal[
    "conflict", "compatible", "corroboration", "differentSource", "repetition", "differentTime", "differentScope"
]  # in the order in which a board shows them


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two claims on the same thing, side by side. Claims are (article index, statement index)."""

    kind: str
    group: str
    measure: str
    counted: str  # IRI
    left: tuple[int, int]
    right: tuple[int, int]
