"""Polarity, certainty and tense of the named predicate, by the table of the ontology's documentation."""

from __future__ import annotations

import functools

import pytest
import spacy
from spacy import tokens
from spacy.language import Language
from spacy.vocab import Vocab

from kg.annotate.clauses import ClauseFinder
from kg.annotate.factuality import Words, words_of
from kg.annotate.parsed import plain
from kg.annotate.parser import DEFAULT_MODEL
from kg.data import bundled
from kg.model import Block, Clause, Span


@functools.cache
def model() -> Language:
    return spacy.load(DEFAULT_MODEL)


@functools.cache
def finder() -> ClauseFinder:
    return ClauseFinder(bundled())


def clause_of(text: str, predicate: str, block: str = "body") -> Clause:
    doc = plain(model()(text))
    doc.user_data["blocks"] = (Block(Span(0, len(text)), "headline" if block == "headline" else "body"),)
    return next(clause for clause in finder()(doc, ()) if clause.predicate == predicate)


def marks(text: str, predicate: str, block: str = "body") -> str:
    clause = clause_of(text, predicate, block)
    return f"{clause.polarity} {clause.certainty} {clause.tense}"


NEGATIVE = [
    ("The rebels did not attack the city.", "attack"),
    ("Mali never attacked Niger.", "attack"),
    ("Kenya refused to deploy police to Haiti.", "deploy"),
    ("Turkey failed to persuade Sweden.", "persuade"),
    ("Neither country would confirm the arrest.", "confirm"),
    ("Neither Serbia nor Kosovo signed the pact.", "sign"),
    ("Kenya neither signed nor rejected the pact.", "reject"),
    ("No soldiers were killed in the clash.", "kill"),
    ("Without consulting Berlin, Paris signed the accord.", "consult"),
    ("The company stopped short of firing the director.", "fire"),
    ("Rather than arresting the rebels, the police joined them.", "arrest"),
    ("The police prevented the crowd from entering the palace.", "enter"),
    ("The troops were not able to capture the town.", "capture"),
    ("Erdogan met Aliyev but did not visit Armenia.", "visit"),
    ("The government has yet to sign the treaty.", "sign"),
    ("Tunisia had no intention of joining the alliance.", "join"),
    ("The bank nearly collapsed.", "collapse"),
    ("Egypt's failure to arrest the general was criticised.", "arrest"),
    ("Hungary did not hold talks with Austria.", "talk"),
    ("There was no meeting between Putin and Zelensky.", "meeting"),
    ("Police foiled an attack on the embassy.", "attack"),
    ("Fiji called off a visit by the admiral.", "visit"),
    ("Serbia refused to extradite the general or to close the camp.", "close"),
]
POSITIVE = [
    ("Not only did Macron visit Rabat, he also met the king.", "visit"),
    ("No one but Lula attended the funeral.", "attend"),
    ("It was not the first time that Rwanda invaded Congo.", "invade"),
    ("No fewer than 20 soldiers were killed in the attack.", "kill"),
    ("The army managed to retake Goma.", "retake"),
    ("The minister forced the banks to lend.", "lend"),
    ("The troops could not hold the town and withdrew.", "withdraw"),
    ("The signing of the pact angered Serbia.", "signing"),
    ("Officials said the rebels had not attacked but had fled.", "flee"),
    ("The prime minister had to resign.", "resign"),
]
PROBABLE = [
    ("Officials believe Iran supplied the drones.", "supply"),
    ("Iran is believed to have supplied the drones.", "supply"),
    ("The general reportedly fled to Togo.", "flee"),
    ("It seems Qatar has mediated the dispute.", "mediate"),
    ("The minister must have met the spy.", "meet"),
]
POSSIBLE = [
    ("Peru may expel the ambassador.", "expel"),
    ("The army may have killed the hostages.", "kill"),
    ("If Egypt closes the border, Israel will protest.", "close"),
    ("If Egypt closes the border, Israel will protest.", "protest"),
    ("Had Iran attacked, Israel would have responded.", "attack"),
    ("Had Iran attacked, Israel would have responded.", "respond"),
    ("Reporters asked whether Cuba had jailed the poet.", "jail"),
    ("Did Poland arrest the spy?", "arrest"),
    ("France hopes to host the summit in Nice.", "host"),
    ("Spain sent troops to help Morocco.", "help"),
    ("In order to stop the smugglers, Greece deployed ships to Crete.", "stop"),
    ("Colombia urged Venezuela to release the sailors.", "release"),
    ("The president called for talks with Ghana.", "talk"),
    ("There is no evidence that Cuba attacked the embassy.", "attack"),
    ("Jordan could not confirm that Syria had attacked the base.", "attack"),
    ("The government denied attacking the village.", "attack"),
    ("Canada considered banning the firm.", "ban"),
    ("Ghana warned Togo against deploying troops.", "deploy"),
    ("The prosecutor dropped charges that the banker bribed the mayor.", "bribe"),
    ("Few doubted that Libya had bombed the plane.", "bomb"),
]
FUTURE = [
    ("Brazil plans to send ships to Chile.", "send"),
    ("Macron is set to meet Scholz in Berlin.", "meet"),
    ("Chad threatened to expel the envoy.", "expel"),
    ("Nigeria was about to sign the deal.", "sign"),
    ("The two leaders will meet in Quito and sign a treaty.", "sign"),
    ("He said Poland would arrest the spy.", "arrest"),
    ("When the leaders meet next week, they will sign the treaty.", "meet"),
    ("The planned visit of Modi worried China.", "visit"),
    ("Denmark announced a visit by the king to Greenland.", "visit"),
    ("The leaders are going to visit Jordan.", "visit"),
]


def made(*rows: str) -> Clause:
    """The first clause of a Doc made by hand, from rows "word lemma tag pos dep head"."""
    words, lemmas, tags, pos, deps, heads = map(list, zip(*(row.split() for row in rows), strict=True))
    doc = plain(
        tokens.Doc(
            Vocab(), words=words, lemmas=lemmas, tags=tags, pos=pos, deps=deps, heads=[int(head) for head in heads]
        )
    )
    return next(clause for clause in finder()(doc, ()) if clause.kind == "verb")


def test_not_only_by_hand() -> None:
    subject, verb = "Peru Peru NNP PROPN nsubj 3", "voted vote VBD VERB ROOT 3"
    plain = made(subject, "did do VBD AUX aux 3", "not not RB PART neg 3", verb)
    additive = made(subject, "not not RB PART neg 3", "only only RB ADV advmod 3", verb)
    assert (plain.polarity, additive.polarity) == ("negative", "positive")


def test_counterfactual_by_hand() -> None:
    clause = made(
        "Peru Peru NNP PROPN nsubj 3",
        "would would MD AUX aux 3",
        "have have VB AUX aux 3",
        "voted vote VBN VERB ROOT 3",
    )
    assert (clause.certainty, clause.tense) == ("possible", "past")
    assert "counterfactual" in clause.features


def test_shared_modal_by_hand() -> None:
    doc = ("Peru Peru NNP PROPN nsubj 2", "will will MD AUX aux 2", "vote vote VB VERB ROOT 2", "and and CC CCONJ cc 2",
           "pay pay VB VERB conj 2")  # fmt: skip
    words, lemmas, tags, pos, deps, heads = map(list, zip(*(row.split() for row in doc), strict=True))
    made_up = plain(
        tokens.Doc(
            Vocab(), words=words, lemmas=lemmas, tags=tags, pos=pos, deps=deps, heads=[int(head) for head in heads]
        )
    )
    assert [clause.tense for clause in finder()(made_up, ())] == ["future", "future"]


@pytest.mark.parametrize(("text", "predicate"), NEGATIVE)
def test_negative(text: str, predicate: str) -> None:
    assert clause_of(text, predicate).polarity == "negative"


@pytest.mark.parametrize(("text", "predicate"), POSITIVE)
def test_it_did_happen(text: str, predicate: str) -> None:
    assert marks(text, predicate) == "positive certain past"


@pytest.mark.parametrize(("text", "predicate"), PROBABLE)
def test_probable(text: str, predicate: str) -> None:
    assert clause_of(text, predicate).certainty == "probable"


@pytest.mark.parametrize(("text", "predicate"), POSSIBLE)
def test_possible(text: str, predicate: str) -> None:
    assert clause_of(text, predicate).certainty == "possible"


@pytest.mark.parametrize(("text", "predicate"), FUTURE)
def test_future(text: str, predicate: str) -> None:
    assert clause_of(text, predicate).tense == "future"


def test_present_is_for_states_and_past_in_headlines() -> None:
    assert marks("Peru supports the treaty.", "support") == "positive certain present"
    assert marks("Peru supports the treaty.", "support", "headline") == "positive certain present"
    assert marks("Peru expels the envoy.", "expel", "headline") == "positive certain past"


def test_denial_and_accusation_leave_a_sign() -> None:
    assert "denied" in clause_of("The government denied attacking the village.", "attack").features
    assert "accused" in clause_of("The bank was accused of financing the militia.", "finance").features


def test_every_listed_word_is_lower_case() -> None:
    assert all(word == word.lower() and "_" not in word for word in words_of(Words.load(bundled())))


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        ("The gunman shot a guard before going on to murder two clerks.", "murder", "positive certain past"),
        ("The gunman is going to murder a clerk.", "murder", "positive certain future"),
        ("“We would oppose the treaty,” the minister answered.", "oppose", "positive possible future"),
        ("The minister said the party would oppose the treaty.", "oppose", "positive certain future"),
        ("Lindqvist refused to resign as mayor.", "mayor", "positive certain present"),
        ("In all probability the king visited the abbey in 1802.", "visit", "positive probable past"),
        ("In 1802 the king visited the abbey.", "visit", "positive certain past"),
        ("The ministry decided against sending the ship.", "send", "negative certain past"),
        ("The jury did not doubt that the clerk had stolen the ring.", "steal", "positive certain past"),
        ("The jury doubted that the clerk had stolen the ring.", "steal", "positive possible past"),
        ("Lindqvist resigned as mayor.", "mayor", "positive certain past"),
        ("The board voted to remove Lindqvist as chairman.", "chairman", "positive certain present"),
    ],
)
def test_scope_ends_where_it_should(text: str, predicate: str, expected: str) -> None:
    assert marks(text, predicate) == expected
