"""Faults of an ontology folder are reported all at once, each with its line or its IRI."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.data import Folder
from kg.ontology import Ontology, OntologyError

HEAD = """@prefix nk: <https://w3id.org/newskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
WAVED = """nk:Waving a owl:Class ; rdfs:label "waving" ; rdfs:subClassOf nk:Event ; skos:definition "Someone waves." .
nk:wavedAt a nk:Relation ; rdfs:label "waved at" ; schema:domainIncludes nk:Actor ; schema:rangeIncludes nk:Actor ;
    nk:ofEvent nk:Waving ; nk:subjectRole nk:agent ; nk:objectRole nk:recipient ;
    skos:definition "The subject waved at the object." ; skos:example "Clara Jensen waved at Jonas Keller." ;
    nk:exampleTriple "Clara Jensen | wavedAt | Jonas Keller" .
"""
FRAME = "frames:\n- event: Waving\n  verbs: [wave]\n  roles: {agent: [subject], recipient: [at, on]}\n"


def folder(root: Path, terms: str = WAVED, wordings: str = FRAME) -> Folder:
    for name, text in (("terms/own.ttl", HEAD + terms), ("wordings/own.yaml", wordings)):
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Folder(root)


def faults(root: Path, terms: str = WAVED, wordings: str = FRAME) -> tuple[str, ...]:
    with pytest.raises(OntologyError) as caught:
        Ontology.load(folder(root, terms, wordings))
    return caught.value.faults


def test_a_folder_adds_a_relation_without_a_copy_of_ours(tmp_path: Path) -> None:
    ontology = Ontology.load(folder(tmp_path))
    assert ontology.readings("Waving") == ("wavedAt",)
    frame = ontology.frames("verbs", "wave")[0]
    assert (frame.place, dict(frame.roles)) == (
        "wordings/own.yaml:2",  # results name no path of this machine
        {"agent": ("subject",), "recipient": ("at", "on")},
    )


@pytest.mark.parametrize(
    ("wordings", "line", "what"),
    [
        ("frames:\n- {event: Wafting, verbs: [waft], roles: {agent: [subject]}}\n", 2, "unknown event class Wafting"),
        ("frames:\n- {event: Person, verbs: [waft], roles: {agent: [subject]}}\n", 2, "unknown event class Person"),
        ("frames:\n- {relation: wafts, verbs: [waft], roles: {subject: [subject]}}\n", 2, "unknown relation wafts"),
        ("frames:\n- {relation: met, verbs: [waft], roles: {subject: [subject]}}\n", 2, "word Meeting instead"),
        ("frames:\n- {verbs: [waft], roles: {agent: [subject]}}\n", 2, "of one event or of one relation"),
        ("frames:\n\n- {event: Waving, roles: {agent: [subject]}}\n", 3, "without verbs, nouns, titles or links"),
        ("frames:\n- {event: Waving, verbs: [waft]}\n", 2, "without roles"),
        ("frames:\n- {event: Waving, verbs: [waft], roles: {waver: [subject]}}\n", 2, "unknown role waver"),
        ("frames:\n- {relation: owns, verbs: [waft], roles: {agent: [subject]}}\n", 2, "unknown role agent"),
        ("frames:\n- {event: Waving, verbs: [waft], role: {}, roles: {agent: [subject]}}\n", 2, "unknown key 'role'"),
        ("frames:\n- {event: Waving, verbs: [Waft], roles: {agent: [subject]}}\n", 2, "not in lower case"),
        ("frames:\n- {event: Waving, verbs: [waft, waft], roles: {agent: [subject]}}\n", 2, "stands twice"),
        ("frames:\n- waft\n", 2, "a frame is a mapping"),
        ("frames: waft\n", 1, "frames is a list"),
        ("frames:\n- {event: [\n", 3, ""),
    ],
)
def test_a_fault_in_a_wording_has_its_line(tmp_path: Path, wordings: str, line: int, what: str) -> None:
    (fault,) = faults(tmp_path, wordings=wordings)
    assert fault.startswith(f"{tmp_path}/wordings/own.yaml:{line}: ")
    assert what in fault


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("where: {agent: [Waver]}", "unknown class Waver in where of agent"),
        ("where: {recipient: [Person]}", "where speaks of recipient"),
        ("heads: {recipient: [man]}", "heads speaks of recipient"),
        ("need: [recipient]", "need speaks of recipient"),
        ("where: [Person]", "where is a mapping"),
    ],
)
def test_a_guard_speaks_of_a_role_of_the_frame(tmp_path: Path, key: str, what: str) -> None:
    wordings = f"frames:\n- event: Waving\n  verbs: [waft]\n  roles: {{agent: [subject]}}\n  {key}\n"
    (fault,) = faults(tmp_path, wordings=wordings)
    assert what in fault


def test_the_same_wording_twice_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, wordings=FRAME + FRAME.removeprefix("frames:\n"))
    own = tmp_path / "wordings" / "own.yaml"
    assert fault == f"{own}:5: 'wave' says the same as at {own}:2"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("schema:domainIncludes nk:Actor ;", "", "nk:wavedAt has no schema:domainIncludes"),
        ("schema:rangeIncludes nk:Actor ;", "", "has no schema:rangeIncludes"),
        ("schema:rangeIncludes nk:Actor ;", "schema:rangeIncludes nk:Star ;", "unknown class Star"),
        ('skos:definition "The subject waved at the object." ;', "", "has no skos:definition"),
        ('skos:example "Clara Jensen waved at Jonas Keller." ;', "", "has no skos:example"),
        ('"Clara Jensen | wavedAt | Jonas Keller"', '"Clara Jensen wavedAt"', 'is not "subject | predicate | object"'),
        ('"Clara Jensen | wavedAt | Jonas Keller"', '"Clara | waved | Jonas"', "the unknown relation waved"),
        ("nk:ofEvent nk:Waving", "nk:ofEvent nk:Person", "event Person, which is no class below nk:Event"),
        ("nk:subjectRole nk:agent ;", "", "no nk:subjectRole"),
        ("nk:objectRole nk:recipient", "nk:objectRole nk:hand", "the unknown role hand"),
        ('rdfs:label "waving" ;', "", "nk:Waving has no rdfs:label"),
        ("rdfs:subClassOf nk:Event", "rdfs:subClassOf nk:Event, nk:Gesture", "below the unknown class Gesture"),
        ("rdfs:subClassOf nk:Event", "rdfs:subClassOf nk:Event, nk:Waving", "below itself"),
    ],
)
def test_a_fault_in_a_term_has_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in WAVED
    found = faults(tmp_path, terms=WAVED.replace(old, new))
    assert any(what in fault for fault in found)
    assert all(re.match(rf"{tmp_path}/(terms/own\.ttl:[67]|wordings/own\.yaml:2): ", fault) for fault in found)


def test_broken_turtle_has_its_line(tmp_path: Path) -> None:
    found = faults(tmp_path, terms="nk:Waving a owl:Class rdfs:label .\n", wordings="frames: []\n")
    assert found[0].startswith(f"{tmp_path}/terms/own.ttl:6: ")
    assert len(found) == 1  # and not all that is missing for it


def test_all_faults_are_reported_together(tmp_path: Path) -> None:
    terms = WAVED.replace("nk:subjectRole nk:agent ;", "").replace('rdfs:label "waved at" ;', "")
    wordings = (
        FRAME
        + "- {event: Wafting, verbs: [waft], roles: {agent: [subject]}}\n- {relation: owns, links: [of], roles: {theme: [of]}}\n"
    )
    found = faults(tmp_path, terms, wordings)
    assert len(found) == 4
    with pytest.raises(OntologyError, match=r"4 fault\(s\) in the ontology:\n.*ttl:.*\n.*ttl:.*\n.*wordings"):
        Ontology.load(Folder(tmp_path))


def test_a_property_of_an_event_must_be_a_relation(tmp_path: Path) -> None:
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "own.ttl").write_text(
        "@prefix nk: <https://w3id.org/newskg/ontology#> . nk:outbid nk:ofEvent nk:Visit .", encoding="utf-8"
    )
    with pytest.raises(OntologyError, match=r"own.ttl: nk:outbid has nk:ofEvent but is no nk:Relation"):
        Ontology.load(Folder(tmp_path))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("  roles: {agent: [subject], recipiant: [at]}", "unknown role recipiant (did you mean recipient?)"),
        ("  roles: {agent: [subjekt]}", "unknown grammatical role subjekt (did you mean subject?)"),
        ("  unless: {objekt: [flag]}\n  roles: {agent: [subject]}", "unknown grammatical role objekt"),
        ("  roles: {agent: [subject]}\n  verbs: [wag]", "the key 'verbs' stands twice"),
        (
            "  roles: {agent: [subject]}\n  where: {agent: [Persson]}",
            "unknown class Persson in where of agent (did you mean",
        ),
        ("  roles: {agent: [subject]}\n  needs: [agent]", "unknown key 'needs' (did you mean need?)"),
    ],
)
def test_a_fault_says_what_is_meant(tmp_path: Path, line: str, what: str) -> None:
    (fault,) = faults(tmp_path, wordings=f"frames:\n- event: Waving\n  verbs: [waft]\n{line}\n")
    assert what in fault


def test_a_fault_has_the_line_of_the_word_not_of_the_frame(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, wordings=FRAME + "  where:\n    agent: [Actor]\n    recipient: [Persson]\n")
    assert fault.startswith(f"{tmp_path}/wordings/own.yaml:7: ")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("more.yaml", "wordings go into the folder wordings/"),
        ("more.ttl", "terms go into the folder terms/"),
        ("wordings/more.yml", "let its name end in .yaml"),
        ("wordings/more.yaml", "has no list named frames"),
        ("confidence.yaml", "the same for every ontology"),
    ],
)
def test_what_would_be_passed_over_is_a_fault(tmp_path: Path, name: str, what: str) -> None:
    folder(tmp_path)
    (tmp_path / name).write_text("frame: []\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=f"{tmp_path / name}: .*{what}"):
        Ontology.load(Folder(tmp_path))


def test_a_term_of_another_namespace_is_a_fault(tmp_path: Path) -> None:
    terms = WAVED.replace("nk:Waving a owl:Class", "<https://example.org/Waving> a owl:Class")
    assert any(
        "https://example.org/Waving is not read: terms must be in the namespace" in one
        for one in faults(tmp_path, terms)
    )
