"""The ontology that travels with newskg is whole: every term explained, every relation worded, every wording known."""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.data import Folder, bundled
from kg.ontology import NK, OWL, RDF, RDFS, SKOS, Frame, Ontology

FROM_ELSEWHERE = {"said", "hasCount", "relatedTo"}  # attributions, quantities and open relations give these


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology.load(bundled())


def own_terms() -> dict[str, dict[str, list[str]]]:
    """Every term of the project's namespace that a Turtle file types, with its values."""
    terms: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(bundled().path("newskg.ttl").read_bytes(), format=ox.RdfFormat.TURTLE):
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        value = quad.object.value if not isinstance(quad.object, ox.Triple) else ""
        if subject.startswith(NK):
            terms.setdefault(subject.removeprefix(NK), {}).setdefault(quad.predicate.value, []).append(value)
    return terms


@pytest.mark.parametrize("about", [RDF + "type", RDFS + "label", SKOS + "definition", SKOS + "example"])
def test_every_term_is_explained(about: str) -> None:
    assert [name for name, facts in own_terms().items() if about not in facts] == []


def test_no_two_terms_share_a_definition() -> None:
    definitions = [facts[SKOS + "definition"][0] for facts in own_terms().values()]
    assert sorted({d for d in definitions if definitions.count(d) > 1}) == []


def test_every_term_has_one_label_without_a_language_tag() -> None:
    assert [name for name, facts in own_terms().items() if len(facts[RDFS + "label"]) != 1] == []


def test_the_ontology_names_its_version() -> None:
    store = ox.Store()
    store.load(bundled().path("newskg.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    found = store.quads_for_pattern(None, ox.NamedNode(OWL + "versionIRI"), None, None)
    assert [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)] == [NK.rstrip("#")]


def test_every_relation_is_worded(ontology: Ontology) -> None:
    worded = {frame.event or frame.relation for frame in ontology.all_frames}
    silent = [name for name, relation in ontology.relations.items() if (relation.event or name) not in worded]
    assert set(silent) == FROM_ELSEWHERE


def test_every_event_class_has_a_reading(ontology: Ontology) -> None:
    events = [name for name in ontology.classes if "Event" in ontology.ancestors(name)]
    assert [name for name in events if not ontology.readings(name)] == []


def test_every_wording_can_fill_both_ends_of_a_reading(ontology: Ontology) -> None:
    assert [frame.place for frame in ontology.all_frames if not _reads(ontology, frame)] == []


def _reads(ontology: Ontology, frame: Frame) -> bool:
    """Whether some relation finds a role for each end, or the frame tells of a patient alone: a count, or a killing by nobody."""
    if frame.relation:
        return set(frame.roles) == {"subject", "object"}
    readings = [ontology.relations[name] for name in ontology.readings(frame.event or "")]
    whole = any(r.subject_role in frame.roles and {*r.object_roles, "place"} & set(frame.roles) for r in readings)
    return whole or "patient" in frame.roles or "agent" in frame.roles


def test_nothing_is_both_wanted_and_blocked(ontology: Ontology) -> None:
    for frame in ontology.all_frames:
        wanted = {(g, head) for role, heads in frame.heads.items() for g in frame.roles[role] for head in heads}
        blocked = {(g, head) for g, heads in frame.unless.items() for head in heads}
        assert wanted & blocked == set(), frame.place


def test_frames_are_found_by_kind_and_lemma(ontology: Ontology) -> None:
    assert {f.event for f in ontology.frames("verbs", "deploy")} == {"Deployment"}
    assert ontology.frames("nouns", "deploy") == ()


@pytest.mark.parametrize(
    ("title", "leads"),
    [("president", True), ("culture minister", False), ("vice president", False), ("deputy prime minister", False)],
)
def test_who_leads_is_told_by_the_longest_known_title(ontology: Ontology, title: str, leads: bool) -> None:
    relations = {frame.relation for frame in ontology.frames("titles", title)}
    assert "holdsRole" in relations
    assert ("leads" in relations) is leads


def test_an_unknown_title_says_nothing(ontology: Ontology) -> None:
    assert ontology.frames("titles", "nightingale") == ()


def test_classes_know_all_above_them(ontology: Ontology) -> None:
    assert ontology.is_a("Country", "Actor")
    assert ontology.is_a("Country", "Place")
    assert ontology.is_a("IntelligenceAgency", "Organization")
    assert not ontology.is_a("Place", "Actor")
    assert ontology.fits("Person", ("Place", "Actor"))
    assert ontology.fits("Person", ())
    assert not ontology.fits("string", ("Actor",))


def test_a_count_of_the_killed_measures_the_killed(ontology: Ontology) -> None:
    assert ontology.measure("Killing") == "killed"
    assert ontology.measure("Meeting") is None


def test_loading_is_quick() -> None:
    began = time.perf_counter()
    Ontology.load(bundled())
    assert time.perf_counter() - began < 1.0


def test_the_digest_changes_with_a_wording(tmp_path: Path) -> None:
    (tmp_path / "wordings").mkdir()
    (tmp_path / "wordings" / "own.yaml").write_text(
        "frames:\n- {event: Praise, verbs: [adore], roles: {agent: [subject], recipient: [object]}}\n", encoding="utf-8"
    )
    extended = Ontology.load(Folder(tmp_path))
    assert extended.digest != Ontology.load(bundled()).digest
    assert extended.frames("verbs", "adore")[0].place == "wordings/own.yaml:2"
