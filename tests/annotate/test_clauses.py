"""Each construction on a Doc made by hand, and with the real parser; laws on Docs that no parser would make."""

from __future__ import annotations

import functools

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy import tokens
from spacy.language import Language
from spacy.vocab import Vocab

from kg.annotate.clauses import ClauseFinder
from kg.annotate.clauses.lexicon import NAME, Lexicon
from kg.annotate.mentions import MentionFinder
from kg.annotate.parsed import Doc, plain
from kg.annotate.parser import DEFAULT_MODEL
from kg.data import bundled
from kg.gazetteer import Gazetteer
from kg.model import Clause, Mention, Span

VOCAB = Vocab()


@functools.cache
def finder() -> ClauseFinder:
    return ClauseFinder(bundled())


@functools.cache
def model() -> Language:
    return spacy.load(DEFAULT_MODEL)


@functools.cache
def mention_finder() -> MentionFinder:
    return MentionFinder(bundled(), Gazetteer.load(bundled()))


def parsed(text: str) -> tuple[str, ...]:
    """The clauses of a sentence by the real parser, each as "kind predicate role=head ..."."""
    doc = plain(model()(text))
    return tuple(shown(clause, doc.text) for clause in finder()(doc, mention_finder()(doc)))


def shown(clause: Clause, text: str) -> str:
    arguments = sorted(f"{arg.role}={arg.head.of(text).rstrip('.')}" for arg in clause.arguments if arg.role != "title")
    return " ".join([clause.kind, clause.predicate, *arguments])


def made(rows: str) -> Doc:
    """A Doc from lines "word lemma tag pos dep head"."""
    cells = [row.split() for row in rows.strip().splitlines()]
    words, lemmas, tags, pos, deps, heads = map(list, zip(*cells, strict=True))
    numbers = [int(head) for head in heads]
    return plain(tokens.Doc(VOCAB, words=words, lemmas=lemmas, tags=tags, pos=pos, deps=deps, heads=numbers))


def name(doc: Doc, first: int, last: int | None = None, type: str = "Person", kind: str = "name") -> Mention:
    end = doc[first if last is None else last]
    span = Span(doc[first].idx, end.idx + len(end))
    return Mention(span, "name" if kind == "name" else "nominal", type, span, span)


def found(doc: Doc, *mentions: Mention) -> list[str]:
    return [shown(clause, doc.text) for clause in finder()(doc, mentions)]


# ---- by hand ----------------------------------------------------------------------------------------------------------------


def test_active_and_second_hop() -> None:
    doc = made("""
        Chile Chile NNP PROPN nsubj 1
        sent send VBD VERB ROOT 1
        nurses nurse NNS NOUN dobj 1
        to to IN ADP prep 2
        Haiti Haiti NNP PROPN pobj 3
    """)
    clause = finder()(doc, (name(doc, 0, type="Country"), name(doc, 4, type="Country")))[0]
    assert shown(clause, doc.text) == "verb send object=nurses subject=Chile to=Haiti"
    assert {"active", "second-hop"} <= set(clause.features)
    assert [arg.shared for arg in clause.arguments if arg.role == "to"] == [True]


def test_passive_undone_and_conjuncts_apart() -> None:
    doc = made("""
        Miners miner NNS NOUN nsubjpass 4
        and and CC CCONJ cc 0
        guards guard NNS NOUN conj 0
        were be VBD AUX auxpass 4
        killed kill VBN VERB ROOT 4
        by by IN ADP agent 4
        gas gas NN NOUN pobj 5
    """)
    assert "verb kill object=Miners object=guards subject=gas" in found(doc)


def test_coordinated_verb_shares_its_subject() -> None:
    doc = made("""
        Togo Togo NNP PROPN nsubj 1
        won win VBD VERB ROOT 1
        and and CC CCONJ cc 1
        left leave VBD VERB conj 1
    """)
    clause = finder()(doc, (name(doc, 0, type="Country"),))[1]
    assert shown(clause, doc.text) == "verb leave subject=Togo"
    assert clause.arguments[0].shared
    assert "coordination" in clause.features


def test_antecedent_by_type_and_number() -> None:
    doc = made("""
        pilots pilot NNS NOUN nsubj 7
        of of IN ADP prep 0
        Qantas Qantas NNP PROPN pobj 1
        who who WP PRON nsubj 5
        have have VBP AUX aux 5
        struck strike VBN VERB relcl 2
        today today NN NOUN npadvmod 5
        won win VBD VERB ROOT 7
    """)
    mentions = (name(doc, 0, type="Group", kind="nominal"), name(doc, 2, type="Company"))
    assert "verb strike" in " ".join(found(doc, *mentions))
    assert "Qantas" not in next(line for line in found(doc, *mentions) if line.startswith("verb strike"))


def test_name_between_a_verb_of_seeing_and_a_participle() -> None:
    doc = made("""
        Photos photo NNS NOUN nsubj 1
        showed show VBD VERB ROOT 1
        Lula Lula NNP PROPN compound 4
        cutting cut VBG VERB amod 4
        cakes cake NNS NOUN dobj 1
    """)
    assert "verb cut object=cakes subject=Lula" in found(doc, name(doc, 2))


def test_noun_before_the_verb_after_an_initial_phrase() -> None:
    doc = made("""
        In in IN ADP prep 5
        Lyon Lyon NNP PROPN pobj 0
        , , , PUNCT punct 5
        the the DT DET det 4
        mayor mayor NN NOUN appos 1
        met meet VBD VERB ROOT 5
        nurses nurse NNS NOUN dobj 5
    """)
    assert "verb meet in=Lyon object=nurses subject=mayor" in found(doc, name(doc, 1, type="City"))


def test_name_drawn_to_the_date_before_it() -> None:
    doc = made("""
In in IN ADP prep 3
March March NNP PROPN compound 2
Norway Norway NNP PROPN pobj 0
sent send VBD VERB ROOT 3
aid aid NN NOUN dobj 3
""")
    assert "verb send in=March object=aid subject=Norway" in found(doc, name(doc, 2, type="Country"))


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("On Sunday Clara Jensen met Jonas Keller.", "object=Jonas Keller subject=Clara Jensen"),
        ("In May 2020 Jonas Keller visited Paris.", "object=Paris subject=Jonas Keller"),
    ],
)
def test_name_behind_a_date(text: str, clause: str) -> None:
    assert any(clause in one for one in parsed(text))


def test_object_and_next_subject_in_one_noun_phrase() -> None:
    doc = made("""
        Kenya Kenya NNP PROPN nsubj 1
        admitted admit VBD VERB ROOT 1
        the the DT DET det 5
        raid raid NN NOUN nmod 5
        and and CC CCONJ cc 3
        Ruto Ruto NNP PROPN nsubj 6
        thanked thank VBD VERB ccomp 1
        pilots pilot NNS NOUN dobj 6
    """)
    lines = found(doc, name(doc, 0, type="Country"), name(doc, 5))
    assert "verb admit object=raid subject=Kenya" in lines
    assert "verb thank object=pilots subject=Ruto" in lines


def test_title_whatever_its_arc() -> None:
    doc = made("""
        former former JJ ADJ amod 5
        Kenyan kenyan JJ ADJ amod 5
        prime prime JJ ADJ amod 3
        minister minister NN NOUN nsubj 6
        Raila Raila NNP PROPN compound 5
        Odinga Odinga NNP PROPN npadvmod 6
        spoke speak VBD VERB ROOT 6
    """)
    clauses = finder()(doc, (name(doc, 1, type="Country"), name(doc, 4, 5)))
    title = next(clause for clause in clauses if clause.kind == "title")
    assert shown(title, doc.text) == "title prime minister modifier=Kenyan subject=Raila Odinga"
    assert title.former
    assert title.tense == "past"
    assert title.arguments[-1].span.of(doc.text) == "former Kenyan prime minister"
    assert "verb speak subject=Raila Odinga" in found(doc, name(doc, 1, type="Country"), name(doc, 4, 5))


def test_apposition_by_pattern_where_the_arc_says_conjunct() -> None:
    doc = made("""
        Wong Wong NNP PROPN nsubj 7
        , , , PUNCT punct 0
        the the DT DET det 3
        president president NN NOUN conj 0
        of of IN ADP prep 3
        Palau Palau NNP PROPN pobj 4
        , , , PUNCT punct 0
        resigned resign VBD VERB ROOT 7
    """)
    assert "apposition president of=Palau subject=Wong" in found(doc, name(doc, 0), name(doc, 5, type="Country"))


def test_hyphen_compound() -> None:
    doc = made("""
        Oslo Oslo NNP PROPN npadvmod 2
        - - HYPH PUNCT punct 2
        based base VBN VERB amod 3
        Equinor Equinor NNP PROPN nsubj 4
        grew grow VBD VERB ROOT 4
    """)
    assert "link -based object=Oslo subject=Equinor" in found(
        doc, name(doc, 0, type="City"), name(doc, 3, type="Company")
    )


def test_place_in_place_but_not_a_list() -> None:
    rows = """
        Lima Lima NNP PROPN nsubj 5
        , , , PUNCT punct 0
        Peru Peru NNP PROPN appos 0
        {} {} CC CCONJ cc 2
        {} {} RB ADV advmod 5
        shook shake VBD VERB ROOT 5
    """
    place = made(rows.format(",", ",", "soon", "soon"))
    listed = made(rows.format("and", "and", "soon", "soon"))
    assert "link , object=Peru subject=Lima" in found(
        place, name(place, 0, type="City"), name(place, 2, type="Country")
    )
    assert not [
        line
        for line in found(listed, name(listed, 0, type="City"), name(listed, 2, type="Country"))
        if "link ," in line
    ]


# ---- with the real parser ---------------------------------------------------------------------------------------------------

CONSTRUCTIONS = [
    ("Norway deployed engineers to Malawi.", "verb deploy object=engineers subject=Norway to=Malawi"),
    ("Farmers killed in Mali were honoured by President Emmanuel Macron.", "verb kill in=Mali object=Farmers"),
    ("The ministry had its critics arrested.", "verb arrest object=critics"),
    ("Brazil plans to send ships to Chile.", "verb send object=ships subject=Brazil to=Chile"),
    ("Colombia urged Venezuela to release the sailors.", "verb release object=sailors subject=Venezuela"),
    ("Iran called on Iraq to release the sailors.", "verb release object=sailors subject=Iraq"),
    ("Joe Biden agreed with Angela Merkel to send doctors.", "verb send object=doctors subject=Joe Biden"),
    ("Spain sent troops to help Morocco.", "verb help object=Morocco subject=troops"),
    ("The general who ordered the raid was jailed.", "verb order object=raid subject=general"),
    ("The woman with whom he travelled was arrested by police.", "verb travel subject=he with=woman"),
    ("The police prevented the crowd from entering the palace.", "verb enter object=palace subject=crowd"),
    ("After meeting Olaf Scholz, Angela Merkel flew home.", "verb meet object=Olaf Scholz subject=Angela Merkel"),
    ("The bank was accused of financing the militia.", "verb finance object=militia subject=bank"),
    ("Kenya wounded or killed the raiders.", "verb wound object=raiders subject=Kenya"),
    ("The journalists were captured by rebels in Chad.", "verb capture in=Chad object=journalists subject=rebels"),
    ("Syria shot down the drone.", "verb shoot down object=drone subject=Syria"),
    ("In a letter to Narendra Modi, Macron praised India.", "noun letter subject=Macron to=Narendra Modi"),
    ("Angela Merkel paid tribute to nurses.", "noun tribute subject=Angela Merkel to=nurses"),
    ("Justin Trudeau received a call from Narendra Modi.", "noun call from=Narendra Modi to=Justin Trudeau"),
    ("A summit between Erdogan and Aliyev took place in Baku.", "noun summit between=Aliyev between=Erdogan in=Baku"),
    ("Germany's attack on Poland shocked Britain.", "noun attack on=Poland possessive=Germany"),
    ("French Foreign Minister Catherine Colonna left.", "title foreign minister modifier=French subject=Catherine Colonna"),
    ("President-elect Javier Milei spoke.", "title president-elect subject=Javier Milei"),
    ("Former Deputy FBI Director Bo Falk left.", "title deputy director modifier=FBI subject=Bo Falk"),
    ("The pro-Chad former Malian President Bo Falk fled.", "title president modifier=Malian subject=Bo Falk"),
    ("He thanked his sister Karina.", "title sister possessive=his subject=Karina"),
    ("Jens Stoltenberg, the head of NATO, left.", "apposition head of=NATO subject=Jens Stoltenberg"),
    ("The foreign minister, Wang Yi, left.", "apposition foreign minister subject=Wang Yi"),
    ("Angela Merkel is a member of the CDU.", "copula member of=CDU subject=Angela Merkel"),
    ("Tony Blair was appointed special envoy.", "copula special envoy subject=Tony Blair"),
    ("No one but Joe Biden attended the lunch.", "verb attend object=lunch subject=Joe Biden"),
    ("Mexico arrested dozens of teachers.", "verb arrest object=teachers subject=Mexico"),
    ("Nigeria's army is large.", "link 's object=army subject=Nigeria"),
    ("South Korean lawmakers left.", "link demonym object=South Korean subject=lawmakers"),
    ("Kenyan units and Ghanaian forces fought together.", "verb fight alongside=forces subject=forces subject=units"),
    ("Macron met three ministers, including Angela Merkel.", "verb meet object=Angela Merkel object=ministers subject=Macron"),
    ("A couple shot dead 14 women.", "verb shoot dead object=women subject=couple"),
    ("Anti-NATO campaigners marched in Oslo.", "verb march in=Oslo subject=campaigners"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "clause"), CONSTRUCTIONS, ids=[clause for _, clause in CONSTRUCTIONS])
def test_construction(text: str, clause: str) -> None:
    assert clause in parsed(text)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Kenya condemned the attack.", "noun attack subject"),
        ("After the meeting, reporters left.", "noun meeting subject"),
        ("Middle-income Americans left.", "title"),
        ("Justin Trudeau received a visit from Narendra Modi.", "noun visit from=Narendra Modi subject=Justin"),
    ],
)
def test_no_agent_is_guessed(text: str, never: str) -> None:
    assert not [line for line in parsed(text) if line.startswith(never)]


def test_complements_point_to_clauses() -> None:
    doc = plain(model()("Officials said that Peru signed the treaty."))
    clauses = finder()(doc, mention_finder()(doc))
    complement = next(arg for arg in clauses[0].arguments if arg.role == "complement")
    assert complement.clause is not None
    assert clauses[complement.clause].predicate == "sign"


def test_lexicon_holds_what_the_rules_read() -> None:
    assert set(bundled().yaml(NAME)) == set(Lexicon.__dataclass_fields__)


# ---- laws -------------------------------------------------------------------------------------------------------------------

DEPS = ["nsubj", "nsubjpass", "dobj", "pobj", "prep", "conj", "cc", "relcl", "acl", "advcl", "xcomp", "ccomp", "appos", "compound",
        "amod", "poss", "aux", "auxpass", "neg", "agent", "dative", "pcomp", "attr", "acomp", "prt", "det", "mark", ""]  # fmt: skip
WORDS = ["Peru", "who", "that", "between", "and", ",", "-", "not", "would", "if", "president", "killed", "saying", "to", "of", "no", "one",
         "former", "but", "?", "is", "his", "'s", "talks", "elect", "short", "yet"]  # fmt: skip
TAGS = [("NNP", "PROPN"), ("NN", "NOUN"), ("NNS", "NOUN"), ("VBD", "VERB"), ("VBN", "VERB"), ("VBG", "VERB"), ("VB", "VERB"), ("MD", "AUX"),
        ("IN", "ADP"), ("WP", "PRON"), ("JJ", "ADJ"), ("DT", "DET"), ("POS", "PART"), ("PRP$", "PRON"), (",", "PUNCT")]  # fmt: skip


@st.composite
def odd_docs(draw: st.DrawFn) -> tuple[Doc, tuple[Mention, ...]]:
    size = draw(st.integers(1, 12))
    words = draw(st.lists(st.sampled_from(WORDS), min_size=size, max_size=size))
    tags = draw(st.lists(st.sampled_from(TAGS), min_size=size, max_size=size))
    deps = draw(st.lists(st.sampled_from(DEPS), min_size=size, max_size=size))
    order = draw(st.permutations(range(size)))
    place = {token: rank for rank, token in enumerate(order)}
    heads = [draw(st.sampled_from([i, *order[: place[i]]])) for i in range(size)]
    doc = plain(
        tokens.Doc(
            VOCAB, words=words, tags=[tag for tag, _ in tags], pos=[pos for _, pos in tags], deps=deps, heads=heads
        )
    )
    first = draw(st.lists(st.integers(0, size - 1), max_size=4))
    kinds = st.sampled_from(["name", "nominal"])
    types = st.sampled_from(["Person", "Country", "Group"])
    return doc, tuple(name(doc, i, min(i + 1, size - 1), draw(types), draw(kinds)) for i in first)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(odd_docs())
def test_never_raises_and_stays_inside_the_text(made_up: tuple[Doc, tuple[Mention, ...]]) -> None:
    doc, mentions = made_up
    clauses = finder()(doc, mentions)
    whole = Span(0, len(doc.text))
    for clause in clauses:
        assert clause.predicate == clause.predicate.lower()
        for span in (clause.trigger, *(span for arg in clause.arguments for span in (arg.span, arg.head))):
            assert whole.covers(span)
            assert span.start < span.end
        assert all(arg.clause is None or 0 <= arg.clause < len(clauses) for arg in clause.arguments)
        assert all(arg.mention is None or 0 <= arg.mention < len(mentions) for arg in clause.arguments)


@pytest.mark.parametrize("text", ["", " ", "\n", "!!!", "Peru"])
def test_hardly_any_text(text: str) -> None:
    assert finder()(plain(spacy.blank("en")(text)), ()) == ()


def test_places_in_a_list_do_not_lie_in_each_other() -> None:
    assert not [
        c for c in parsed("The firm runs farms in Bavaria, Saxony, Hesse and Thuringia.") if c.startswith("link ,")
    ]
    assert "link , object=France subject=Lyon" in parsed("The firm runs farms in Lyon, France.")


def test_places_in_a_list_by_hand() -> None:
    doc = made("""
        in in IN ADP ROOT 0
        Ohio Ohio NNP PROPN pobj 0
        , , , PUNCT punct 1
        Iowa Iowa NNP PROPN conj 1
        , , , PUNCT punct 3
        Utah Utah NNP PROPN conj 3
        and and CC CCONJ cc 5
        Maine Maine NNP PROPN conj 5
    """)
    places = [name(doc, i, type="Region") for i in (1, 3, 5, 7)]
    assert not [clause for clause in found(doc, *places) if clause.startswith("link ,")]
